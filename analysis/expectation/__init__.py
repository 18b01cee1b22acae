"""Expectation: the gravity model, how sure it is, and what borders cost."""
