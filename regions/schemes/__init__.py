"""Schemes of a scorecard: which indicators stand for which pillar, in which direction, with which weight."""
