"""Where the names on a figure stand, so that none covers another."""

from collections.abc import Sequence

Box = tuple[float, float, float, float]
LETTER = 7.8
"""Points of a letter."""

IN_PLACE: tuple[tuple[float, float], ...] = ((0, 0),)
BESIDE: tuple[tuple[float, float], ...] = ((0, 1.1), (0, -1.1), (0.6, 0.6), (-0.6, 0.6), (0.6, -0.6), (-0.6, -0.6))
FARTHER: tuple[tuple[float, float], ...] = ((0, 2.2), (0, -2.2))
_FIRST_CHINESE = 0x2E80
_LATIN = 0.56  # of the width of a Chinese character
_LINE = 1.35


def bound_text(place: tuple[float, float], text: str, inch: tuple[float, float], aside: tuple[float, float]) -> Box:
    """Bound a label that stands so many of its own widths and heights aside of its place.

    Parameters
    ----------
    place
        In the units of the drawing.
    text
        The label.
    inch
        Units of the drawing in an inch, across and upward.
    aside
        Widths and heights.

    Examples
    --------
    >>> [round(end, 3) for end in bound_text((0, 0), "北京", (72, 72), (0, 1))]
    [-7.8, 5.265, 7.8, 15.795]
    """
    letters = sum(1.0 if ord(letter) >= _FIRST_CHINESE else _LATIN for letter in text)
    wide, tall = letters * LETTER / 72 * inch[0], _LINE * LETTER / 72 * inch[1]
    x, y = place[0] + aside[0] * wide, place[1] + aside[1] * tall
    return (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def find_room(tried: Sequence[Box], taken: Sequence[Box]) -> Box | None:
    """Return the first box that covers none of those taken; None when every one does.

    Examples
    --------
    >>> find_room([(0, 0, 2, 1), (0, 3, 2, 4)], [(1, 0, 3, 1)])
    (0, 3, 2, 4)
    """
    return next((box for box in tried if not any(_overlap(box, other) for other in taken)), None)


def find_middle(box: Box) -> tuple[float, float]:
    """Return the middle of a box."""
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
