"""Which specification foresees new links best? Candidates are listed here before any test year is scored.

    python benchmarks/foresight.py choose       # scores the candidates on the years that choices may see
    python benchmarks/foresight.py test         # scores the chosen one, once, on years that no choice has seen

Choices see France up to 2014 (fitted) and 2015-2017 (scored). Tests: France <= 2017 -> 2018-2020, France <= 2020 ->
2021, Europe <= 2018 -> 2019-2020, China 2011 -> 2017 and 2019. The measure is the AUC of pairs of regions without an
early link, both of which had links. A candidate is a score of such a pair, from the early years alone.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from analysis.expectation.auc import measure_auc

import geodata
from analysis.expectation.gravity_options import GravityOptions
from analysis.gaps.gap_backtest import Backtest, backtest_gaps
from regions import Study, load_study
from regions.study_parts.study_selection import select_study

Score = npt.NDArray[np.float64]
CHOICE = ("france", 2010, 2014, 2017)
TESTS = (
    ("france", 2010, 2017, 2020),
    ("france", 2010, 2020, 2021),
    ("europe", 2014, 2018, 2020),
    ("china", 2011, 2011, 2019),
)
CHOSEN = "expectation, newman counting"
"""Filled in after `choose`, before `test`."""


@dataclass(frozen=True, slots=True)
class Window:
    """Years of a study: fitted from ``first`` to ``split``, scored to ``last``."""

    study: Study
    first: int
    split: int
    last: int

    def test(self, *, first: int | None = None, counting: str = "full", **options: tuple[str, ...]) -> Backtest:
        """Back-test with a gravity model of these options, fitted from ``first`` on."""
        part = select_study(self.study, years=(first or self.first, self.last))
        choices = GravityOptions(**options)  # type: ignore[arg-type]
        distances = geodata.measure_distances(part)
        return backtest_gaps(part, distances, split=self.split, counting=counting, options=choices)  # type: ignore[arg-type]


def _rank(values: "pd.Series[float]") -> Score:
    return np.asarray(values.rank(pct=True), dtype=float)


def _expect(window: Window, **options: tuple[str, ...]) -> "pd.Series[float]":
    return _take(window.test(**options), "gravity")


def _take(found: Backtest, column: str) -> "pd.Series[float]":
    return found.pairs.set_index(["source", "target"])[column]


def _remember(window: Window) -> "pd.Series[float]":
    """Fit on the last three years alone; pairs that were linked before then are not judged anew."""
    recent = window.test(first=max(window.first, window.split - 2))
    return _take(recent, "gravity")


def _mix(*parts: "pd.Series[float]") -> "pd.Series[float]":
    """Add the shares of ranks; a pair that one part does not judge takes the middle there."""
    ranks = [pd.Series(_rank(part), index=part.index).reindex(parts[0].index).fillna(0.5) for part in parts]
    return pd.concat(ranks, axis=1).sum(axis=1)


CANDIDATES: dict[str, Callable[[Window], "pd.Series[float]"]] = {
    "expectation": _expect,
    "expectation, newman counting": lambda window: _take(window.test(counting="newman"), "gravity"),
    "expectation with fields": lambda window: _expect(window, beside=("technological_distance",)),
    "expectation with kinds": lambda window: _expect(window, beside=("actor_mix_distance",)),
    "expectation with fields and kinds": lambda window: _expect(
        window, beside=("technological_distance", "actor_mix_distance")
    ),
    "memory: expectation of the last three years": _remember,
    "trend: expectation and memory, ranks added": lambda window: _mix(_expect(window), _remember(window)),
    "expectation and Adamic-Adar, ranks added": lambda window: _mix(
        _expect(window), _take(window.test(), "adamic_adar")
    ),
    "product of partners": lambda window: _take(window.test(), "degree_product"),
}
"""All that will ever be tried here; the order is that of ties."""


def score(window: Window, name: str) -> tuple[float, float, int, int]:
    """Return AUC, its standard error, pairs, and pairs that formed a link, of one candidate."""
    base = window.test().pairs.set_index(["source", "target"])
    base = base[base["group"] == "known"]
    values = CANDIDATES[name](window).reindex(base.index)
    values = values.fillna(values.median())
    formed = base["formed"].to_numpy(dtype=bool)
    auc, error = measure_auc(values.to_numpy(dtype=float), formed)
    return auc, error, len(base), int(formed.sum())


def main(what: str) -> None:
    windows = [CHOICE] if what == "choose" else list(TESTS)
    names = list(CANDIDATES) if what == "choose" else list(dict.fromkeys(["expectation", CHOSEN]))
    for study, first, split, last in windows:
        window = Window(load_study(study), first, split, last)
        print(f"{study}: fitted {first}-{split}, scored to {last}")
        for name in names:
            auc, error, pairs, formed = score(window, name)
            print(f"  {auc:.4f} +- {1.96 * error:.4f}  {formed:4} of {pairs:5}  {name}")


if __name__ == "__main__":
    main(sys.argv[1])
