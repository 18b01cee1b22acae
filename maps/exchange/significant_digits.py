"""Numbers without the digits that nobody needs: a table of millions of rows becomes half as large."""

from typing import Any

import numpy as np

DIGITS = 12
"""Significant digits of a number in a large table: read back, it differs by 5e-12 of itself at most."""

_POWERS = np.array([float(f"1e{power}") for power in range(309)])


def round_digits(values: "np.ndarray[Any, np.dtype[np.float64]]", *, digits: int = DIGITS) -> "np.ndarray[Any, Any]":
    """Return the values rounded to so many significant digits; the nearest number to the decimal one, where exact.

    Parameters
    ----------
    values
        Any shape.
    digits
        At least 1.

    Examples
    --------
    >>> round_digits(np.array([1 / 3, 12345.678]), digits=3).tolist()
    [0.333, 12300.0]
    """
    size = np.abs(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        places = digits - 1 - np.floor(np.log10(size))
    worth = np.isfinite(values) & (np.abs(places) < len(_POWERS) - 1) & (size > 1e-290)  # noqa: PLR2004 - see above
    power = np.where(worth, places, 0).astype(int)
    up, down = _POWERS[np.maximum(power, 0)], _POWERS[np.maximum(-power, 0)]
    with np.errstate(over="ignore", invalid="ignore"):
        rounded = np.rint(values * up / down) / up * down
    return np.where(worth & np.isfinite(rounded), rounded, values)
