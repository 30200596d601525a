"""Page 01's second laboratory: networks that follow a curve, trained and built by hand."""
