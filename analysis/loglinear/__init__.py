"""Log-linear models with region effects: fits, dispersion, prediction. They know nothing of studies."""
