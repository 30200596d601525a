"""The laboratories of page 03, one a module, and what they share."""
