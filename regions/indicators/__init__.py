"""Any statistical table -> indicators: series of blocks, joined by region and year; lists of regions -> groups."""
