"""Page 08: experiments with many runs of the playground's network."""
