"""Spillover: who gives to whom by the spatial models, under every W; spaces, pools and paths."""
