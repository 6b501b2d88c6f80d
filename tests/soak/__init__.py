"""Real processes under real load, while they are killed, frozen and cut off: what `make soak` runs."""
