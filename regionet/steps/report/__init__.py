"""The steps of ``regionet report`` and ``regionet export``: gather what was found, draw, write."""
