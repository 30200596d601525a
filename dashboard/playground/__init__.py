"""Page 08's laboratories: the playground and the run behind it, the loop, the bowl."""
