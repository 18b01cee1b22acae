"""Exit codes of the command line beside 0 (good), 1 (the data are wrong) and 2 (wrong usage)."""

INTERRUPTED = 130
"""After Ctrl-C, as shells have it."""
