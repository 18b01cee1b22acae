"""The classes of a choropleth: quantiles, equal widths, natural breaks, or the map maker's own limits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import Message, say
from regions.words import Words

CLASSES = 5
METHODS = ("quantile", "equal", "natural")
MOST = 9
"""More classes of one hue cannot be told apart."""

_MANY_ZEROS = 0.2
_MOST_DISTINCT = 1500
"""Natural breaks compare every pair of distinct values: of more than so many, evenly spread ones stand for all."""

_SAME = 1e-9
_METHOD = Words("method of classes", "分级方法")


@dataclass(frozen=True, slots=True)
class Classes:
    """How the values of a score are put into classes.

    Attributes
    ----------
    number
        At most so many classes, 1 to 9; of values with a sign half of them below zero, half above.
    method
        ``quantile``: equally many regions in each; ``equal``: equally wide; ``natural``: the values of a class are
        as alike as they can be (Fisher 1958, Jenks 1977).
    breaks
        Lower limits of your own, ascending; number and method do not count then. What lies below the first is in a
        class of its own, and zero becomes a limit where values have both signs.

    Examples
    --------
    >>> Classes(method="natural", number=3).find([1, 2, 3, 50, 51, 900])
    (1.0, 50.0, 900.0)
    >>> Classes(breaks=(10, 100)).find([1, 2, 3, 50, 51, 900])
    (1.0, 10.0, 100.0)
    """

    number: int = CLASSES
    method: str = "quantile"
    breaks: tuple[float, ...] = ()

    def list_faults(self) -> list[Message]:
        """Say all that is wrong with the choice; an empty list when nothing is."""
        faults = []
        if not 1 <= self.number <= MOST:
            faults.append(say("map/classes-number", number=self.number, most=MOST))
        if self.method not in METHODS:
            faults.append(say("map/unknown-choice", what=_METHOD, given=self.method, allowed=METHODS))
        steps = np.asarray(self.breaks, dtype=float)
        if not np.isfinite(steps).all() or (np.diff(steps) <= 0).any():
            faults.append(say("map/breaks-order", breaks=", ".join(map(str, self.breaks))))
        if len(self.breaks) > MOST:
            faults.append(say("map/classes-number", number=len(self.breaks), most=MOST))
        return faults

    def find(self, values: Iterable[float]) -> tuple[float, ...]:
        """Return the lower limits of the classes of these values, as of `find_breaks` or `find_signed_breaks`."""
        known = [value for value in values if value is not None and np.isfinite(value)]
        if self.breaks:
            return _fit_own(known, self.breaks)
        if min(known, default=0) < 0:
            return find_signed_breaks(known, classes=max(2, self.number + self.number % 2), method=self.method)
        return find_breaks(known, classes=self.number, method=self.method)


def _fit_own(known: list[float], breaks: tuple[float, ...]) -> tuple[float, ...]:
    if not known:
        return ()
    limits = {float(limit) for limit in breaks}
    least = min(known)
    if least < 0 < max(known):
        limits.add(0.0)  # no class holds values of both signs
    if least < min(limits):
        limits.add(float(least))
    return tuple(sorted(limits))


def find_breaks(
    values: Iterable[float],
    *,
    classes: int = CLASSES,
    method: str = "quantile",
) -> tuple[float, ...]:
    """Find the lower limits of the classes of a choropleth.

    Parameters
    ----------
    values
        One number per region; NaN means no value and is left out.
    classes
        At most so many classes, at least 1.
    method
        ``quantile``: equally many regions in each class, as far as ties allow; ``equal``: equally wide classes;
        ``natural``: the sum of squares within classes is the least there is.

    Returns
    -------
    tuple of float
        Ascending. Class ``i`` holds the values from ``breaks[i]`` up to but not including ``breaks[i + 1]``; the last
        one has no upper limit. Under ``quantile`` and ``natural`` every break is one of the values and can be printed
        as it is. Empty when there is no value. One break when all values are equal; one class for each distinct value
        when there are no more distinct values than classes. When more than a fifth of the values are zero, and zero
        is the least, zero has a class of its own under ``quantile``: absence of links is not few links.

    Raises
    ------
    MethodError
        ``classes`` is below 1 or the method is unknown.
    """
    if classes < 1:
        raise MethodError(f"A map needs at least one class; got classes={classes}.")
    known = np.sort(np.asarray([value for value in values if np.isfinite(value)], dtype=float))
    distinct = np.unique(known)
    if distinct.size <= classes:
        return tuple(distinct.tolist())
    if method == "equal":
        return tuple(np.linspace(distinct[0], distinct[-1], classes + 1)[:-1].tolist())
    if method == "natural":
        return _find_natural(known, distinct, classes)
    if method not in METHODS:
        raise MethodError(say("map/unknown-choice", what=_METHOD, given=method, allowed=METHODS))
    if classes > 1 and distinct[0] == 0 and np.mean(known == 0) > _MANY_ZEROS:
        return (0.0, *_find_quantiles(known[known > 0], classes - 1))
    return _find_quantiles(known, classes)


def find_signed_breaks(
    values: Iterable[float], *, classes: int = CLASSES + 1, method: str = "quantile"
) -> tuple[float, ...]:
    """Find the lower limits of the classes of values with a sign: no class holds values of both signs.

    Parameters
    ----------
    values
        One number per region; NaN means no value and is left out.
    classes
        At most so many classes, at least 2: half of them below zero, half above.
    method
        As of `find_breaks`.

    Returns
    -------
    tuple of float
        As of ``find_breaks``, for the values below zero and then for those above. Exactly zero is in no class: it
        has a colour of its own, and nothing of either sign is told of it.

    Examples
    --------
    >>> find_signed_breaks([-30, -20, -10, -1, 2, 4])
    (-30.0, -20.0, -10.0, 2.0, 4.0)
    """
    known = [value for value in values if np.isfinite(value)]
    below, above = [value for value in known if value < 0], [value for value in known if value > 0]
    return sum((find_breaks(side, classes=classes // 2, method=method) for side in (below, above)), ())


def _find_quantiles(known: Floats, classes: int) -> tuple[float, ...]:
    shares = np.arange(classes) / classes
    return tuple(np.unique(np.quantile(known, shares, method="higher")).tolist())


def _find_natural(known: Floats, distinct: Floats, classes: int) -> tuple[float, ...]:
    """Fisher's exact partition, by dynamic programming over the distinct values with their counts."""
    if distinct.size > _MOST_DISTINCT:
        distinct = distinct[np.unique(np.linspace(0, distinct.size - 1, _MOST_DISTINCT).astype(int))]
    places = np.searchsorted(distinct, known, side="right") - 1
    counts = np.bincount(places, minlength=distinct.size).astype(float)
    spread = _measure_spread(distinct, counts)
    best, starts = spread[0], []
    for _ in range(1, classes):
        best, first = _add_class(best, spread)
        starts.append(first)
    limits, end = [], distinct.size - 1
    for first in reversed(starts):
        limits.append(distinct[first[end]])
        end = first[end] - 1
    return tuple(float(limit) for limit in (distinct[0], *reversed(limits)))


def _measure_spread(distinct: Floats, counts: Floats) -> Any:  # noqa: ANN401 - a square array
    """Return the sum of squares about the mean of the values from each place to each later one; elsewhere infinity."""
    centred = distinct - np.average(distinct, weights=counts)  # large means would drown the differences
    sums = [np.concatenate([[0.0], np.cumsum(counts * centred**power)]) for power in (0, 1, 2)]
    n, first, second = (total[None, 1:] - total[:-1, None] for total in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.maximum(second - first**2 / n, 0.0)
    return np.where(np.tri(distinct.size, k=-1, dtype=bool), np.inf, spread)


def _add_class(best: Floats, spread: Any) -> tuple[Floats, Integers]:  # noqa: ANN401
    """Return the least sum of squares up to each place with one class more, and where its last class begins."""
    before = np.concatenate([[np.inf], best[:-1]])
    sums = before[:, None] + spread
    least = sums.min(axis=0)
    room = _SAME * spread[0, -1]  # equal partitions must not be told apart by rounding: the earliest is taken
    return least, np.argmax(sums <= least[None, :] + room, axis=0)
