"""One choice against another, over many seeds trained together, and what they say."""
