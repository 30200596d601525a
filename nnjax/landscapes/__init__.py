"""The loss as a landscape: bowls, planes through it, and how sharply it curves."""
