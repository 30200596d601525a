"""The laboratories of page 09: the architecture zoo."""
