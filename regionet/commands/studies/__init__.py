"""Commands that make, read and check a study."""
