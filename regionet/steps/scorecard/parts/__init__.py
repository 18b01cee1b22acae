"""The parts of a scorecard beside the index: growth, balance, conditions, and who is whose neighbour."""
