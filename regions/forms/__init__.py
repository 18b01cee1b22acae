"""Forms in which people keep collaboration: matrices, pairs of units, several names in a cell, long tables -> tables."""
