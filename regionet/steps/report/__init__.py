"""The steps of ``regionet report``: gather what was found, draw, write."""
