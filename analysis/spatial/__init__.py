"""Spatial: models of regions that look to their neighbours, fitted by maximum likelihood, and their average impacts."""
