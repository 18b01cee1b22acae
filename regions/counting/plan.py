"""What to count, and what it was counted from: the options that every engine shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from regions.errors import MethodError
from regions.messages import say

Counting = Literal["full", "newman", "pair"]
By = Literal["year", "kind", "field"]

COUNTINGS: Sequence[str] = get_args(Counting)
BYS: Sequence[str] = get_args(By)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to count.

    Attributes
    ----------
    counting
        ``full``, ``newman`` or ``pair``; see `regions.records.count_links.count_actor_links`.
    by
        Columns of the records to count apart: any of ``year``, ``kind``, ``field``. A record whose rows differ in
        them is a record of its own in each group.
    max_actors
        Records with more actors than this are left out and counted in `Totals`; None leaves out nothing.

    Raises
    ------
    MethodError
        When an option is not one of the allowed ones.
    """

    counting: Counting = "full"
    by: tuple[str, ...] = ()
    max_actors: int | None = None

    def __post_init__(self) -> None:
        check_option("counting", self.counting, COUNTINGS)
        for name in self.by:
            check_option("by", name, BYS)
        if len(set(self.by)) < len(self.by):
            raise MethodError(say("counting/by-twice", columns=self.by))
        if self.max_actors is not None and self.max_actors < 2:  # noqa: PLR2004 - a link takes two
            raise MethodError(say("counting/max-actors", number=self.max_actors))


@dataclass(frozen=True, slots=True)
class Totals:
    """What the links were counted from.

    Attributes
    ----------
    n_records, n_participations
        Distinct records, and distinct pairs of record and actor, before anything is left out.
    n_single
        Records with one actor only: they give no link.
    n_capped, n_capped_participations
        Records with more than ``max_actors`` actors, and their participations: they were left out.
    """

    n_records: int = 0
    n_participations: int = 0
    n_single: int = 0
    n_capped: int = 0
    n_capped_participations: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, name) + getattr(other, name) for name in Totals.__slots__))


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A table of pairs and what it was counted from.

    Attributes
    ----------
    table
        The columns of ``by``, then ``source``, ``target`` (text, ``source <= target``), ``weight`` (float),
        ``count``, ``records`` (int64), sorted by all but the last three; a missing group comes last.
    totals
        What it was counted from.
    """

    table: pd.DataFrame
    totals: Totals


def check_option(name: str, value: str, allowed: Sequence[str]) -> None:
    """Raise MethodError naming the allowed values when ``value`` is not one of them."""
    if value not in allowed:
        raise MethodError(say("counting/choice", name=name, allowed=allowed, value=value))


def check_columns(columns: Sequence[str], plan: Plan) -> None:
    """Raise MethodError when the records cannot be counted apart as the plan asks."""
    missing = [name for name in plan.by if name not in columns]
    if missing:
        raise MethodError(say("counting/no-by-column", columns=", ".join(missing)))


def form_table(table: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Give a table of sums the columns of `Counted`, and their types."""
    kinds = {name: "Int64" if name == "year" else "str" for name in plan.by}
    kinds |= {"source": "str", "target": "str", "weight": "float64", "count": "int64", "records": "int64"}
    changed = {name: kind for name, kind in kinds.items() if table[name].dtype != kind}  # a cast copies, needed or not
    return table[list(kinds)].astype(changed)
