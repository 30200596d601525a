"""Networks written out one by one: each with its own way to share weights over its input."""
