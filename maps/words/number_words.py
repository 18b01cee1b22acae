"""Numbers as the page, the report and the tables for papers write them."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

_WHOLE_FROM = 5
_LARGE = 10_000


def write_number(value: float | None, decimals: int) -> str:
    """Write a number: grouped, rounded half up, a true minus; a dash where there is none.

    Examples
    --------
    >>> write_number(12345.25, 1), write_number(-2.5, 0), write_number(None, 1)
    ('12,345.3', '−3', '–')
    """
    if value is None or not isfinite(value):
        return "–"
    rounded = Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,}".replace("-", "−")


def write_count(value: float | None) -> str:
    """Write a number of links: whole ones without decimals, others with one.

    Examples
    --------
    >>> write_count(3.0), write_count(3.26), write_count(None)
    ('3', '3.3', '–')
    """
    whole = value is not None and float(value).is_integer()
    return write_number(value, 0 if whole or abs(value or 0) >= _LARGE else 1)


def write_due(value: float | None) -> str:
    """Write a number of links due: tenths only where they can matter.

    Examples
    --------
    >>> write_due(13.4), write_due(4.25), write_due(5.0)
    ('13', '4.3', '5')
    """
    return write_number(value, 0 if (value or 0) >= _WHOLE_FROM else 1)


def choose_decimals(values: list[float]) -> int:
    """Return how many decimals a column of finite numbers takes: none for whole ones, three up to 1, else one.

    Examples
    --------
    >>> choose_decimals([1, 2]), choose_decimals([0.5]), choose_decimals([10.5]), choose_decimals([])
    (0, 3, 1, 0)
    """
    if all(float(value).is_integer() for value in values):
        return 0
    return 3 if max(map(abs, values)) <= 1 else 1
