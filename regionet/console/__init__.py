"""The terminal and the folder of a run: language, progress, messages, run.json."""
