"""The laboratories of page 04, one a module, and what they share."""
