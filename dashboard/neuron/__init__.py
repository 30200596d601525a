"""The three laboratories of page 02, and the points that the learner places in them."""
