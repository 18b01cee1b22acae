"""Spatial: what regions have to do with their neighbours' outcomes, estimated; autocorrelation, models, spillover."""
