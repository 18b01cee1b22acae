"""Total factor productivity: distances to a frontier by linear programmes, the Malmquist index and its parts."""
