"""Forms in which people keep collaboration: matrices, pairs of units, lists in cells, long tables -> tables."""
