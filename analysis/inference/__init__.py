"""Inference: whether it is more than chance, and how sure a score is."""
