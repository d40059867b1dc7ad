"""What the studio needs to know of a scheme being written: its files, its merging, what may be typed at a place."""
