"""Balance between regions: inequality and its parts, convergence, transitions between classes."""
