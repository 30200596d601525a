"""Page 05: one pass forward, by hand, on real inputs, and as the compiler sees it."""
