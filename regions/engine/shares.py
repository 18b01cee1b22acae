r"""Shares of a record as whole numbers, so that their sums do not depend on the order of the rows.

A record with :math:`n` actors adds :math:`1/d` to each of its pairs: :math:`d = n - 1` (``newman``) or
:math:`d = n(n-1)/2` (``pair``). :math:`\lfloor 2^{78}/d \rfloor` is written in three digits of 26 bits. Digits are
summed as integers, which is exact in any order, and made a float once, at the end. What is cut off is below
:math:`d \cdot 2^{-78}` of a share: nothing that a float can hold for records of up to 8,000 actors.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.engine.plan import Counting

BITS = 26
DIGITS = ("share_1", "share_2", "share_3")

Integers = npt.NDArray[np.int64]


def divide_share(sizes: Integers, counting: Counting) -> list[Integers]:
    """Return the three digits of the share of a record of each size; no digits for ``full``.

    Parameters
    ----------
    sizes
        Actors of each record; at least 2.
    counting
        ``full``, ``newman`` or ``pair``.
    """
    if counting == "full":
        return []
    divisor = sizes - 1 if counting == "newman" else sizes * (sizes - 1) // 2
    digits, rest = [], np.ones_like(divisor)
    for _ in DIGITS:
        rest = rest << BITS
        digits.append(rest // divisor)
        rest = rest % divisor
    return digits


def join_shares(table: pd.DataFrame) -> "pd.Series[float]":
    """Return the weight of every row: its summed digits as one float, else (``full``) its count.

    Parameters
    ----------
    table
        ``count``, and for fractional counting the sums of the three digits (int64).
    """
    if DIGITS[0] not in table:
        return table["count"].astype(float)
    return pd.Series(join_digits([table[name].to_numpy(dtype=np.int64) for name in DIGITS]), index=table.index)


def join_digits(digits: list[Integers]) -> npt.NDArray[np.float64]:
    """Return the sums of the three digits as floats."""
    high, middle, low = digits
    middle, low = middle + (low >> BITS), low & (2**BITS - 1)
    high, middle = high + (middle >> BITS), middle & (2**BITS - 1)
    # The lower two digits fit in a float exactly; so does the upper one up to a weight of 2^27: one rounding.
    fraction = (middle << BITS) + low
    weight: npt.NDArray[np.float64] = high.astype(float) / 2.0**BITS + fraction.astype(float) / 2.0 ** (3 * BITS)
    return weight


def arrange(table: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Turn summed pairs, in any order, into the canonical table: ``source <= target``, weight, sorted.

    Parameters
    ----------
    table
        ``by``, ``source``, ``target`` (text, each unordered pair once), ``count``, ``records``, digits.
    """
    source, target = table["source"].to_numpy(dtype=object), table["target"].to_numpy(dtype=object)
    swap = source > target
    if swap.any():
        table = table.assign(source=np.where(swap, target, source), target=np.where(swap, source, target))
    return form_table(table, by).sort_values([*by, "source", "target"], ignore_index=True)


def form_table(table: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Turn summed pairs, sorted already, into the canonical table; see `arrange`. A weight that is there is kept."""
    table = table if "weight" in table else table.assign(weight=join_shares(table))
    table = table[[*by, "source", "target", "weight", "count", "records"]]
    kinds = {name: "Int64" if name == "year" else "str" for name in by}
    return table.astype({**kinds, "source": "str", "target": "str", "count": "int64", "records": "int64"})
