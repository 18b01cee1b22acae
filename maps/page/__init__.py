"""The page: its data block, its element, its scripts, one file without a network."""
