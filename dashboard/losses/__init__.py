"""The laboratories of page 06, one a module, and what they share."""
