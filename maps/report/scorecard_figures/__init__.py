"""Figures of the scorecard: ranks, densities, Lorenz curves, transitions, sigma."""
