"""What is asked of estimated spillover; imports nothing heavy."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SpilloverQuery:
    """What spills over, and how it is estimated.

    Attributes
    ----------
    column, explained
        Outcome and what explains it; None and empty: chosen from the study, in logarithms, x of the year before.
    weights
        Names of Ws; empty: all that the study allows.
    model
        Whose flows between regions and groups are told.
    effects
        Taken out; None: both, or none where there is one year.
    corrected
        Whether the correction of Lee and Yu is made.
    log
        Whether logarithms are taken; None: where columns are not named.
    lag
        Years from x to y; None: 1 where columns are not named, else 0.
    between
        Two groups or regions whose flows are told; None: the groupings of the study.
    by
        A grouping: a column of the regions or a named set; None: all that fit.
    draws, permutations, seed
        Of intervals, of labels and maps, of all random numbers.
    """

    column: str | None = None
    explained: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    model: Literal["ols", "slx", "sar", "sem", "sdm", "sdem"] = "sdm"
    effects: Literal["none", "region", "year", "both"] | None = None
    corrected: bool = True
    log: bool | None = None
    lag: int | None = None
    between: tuple[str, str] | None = None
    by: str | None = None
    draws: int = 2_000
    permutations: int = 999
    seed: int = 0
