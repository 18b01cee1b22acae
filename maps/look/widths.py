"""How wide links are drawn."""

from regions.messages import Message, say

WIDTHS = (0.7, 6.3)
"""Pixels of the weakest and of the strongest link that there can be, on a map of 900 pixels or more."""

WIDEST = 40


def list_width_faults(widths: tuple[float, float]) -> list[Message]:
    """Say what is wrong with the widths of the weakest and the strongest link; an empty list when nothing is."""
    thin, wide = widths
    return [] if 0 < thin <= wide <= WIDEST else [say("map/widths", thin=thin, wide=wide, most=WIDEST)]
