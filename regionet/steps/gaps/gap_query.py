"""Which gaps are asked for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.gaps.filters import find_members, find_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analysis.expectation.size_control import SizeControl
    from analysis.gaps.registers_side_by_side import By
    from analysis.networks.synergy import Path
    from regions.records.count_links import Counting
    from regions.study import Study


@dataclass(frozen=True, slots=True)
class GapQuery:
    """Which gaps are asked for.

    Attributes
    ----------
    counting
        ``full``, ``newman`` or ``pair``.
    path
        ``science``, ``industry`` or ``science-industry``: only links on it are counted; None counts all.
    field, years
        Only what is of this field, or of these years (first and last).
    regions, between
        See `analysis.gaps.filters.filter_gaps`.
    by
        ``year``, ``field`` or ``path``: one register over all of them; None one model of all.
    window
        Years that one network covers, by year.
    covariates
        Measures of pairs (``study.dyads``) that the model takes beside the usual ones.
    size_control
        ``effects``, ``mass`` or ``auto``, see `analysis.expectation.size_control.fit_sized_expectation`.
    """

    counting: "Counting" = "full"
    path: "Path | None" = None
    field: str | None = None
    years: tuple[int, int] | None = None
    regions: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    by: "By | None" = None
    window: int = 1

    @property
    def is_part(self) -> bool:
        """Whether it is about some pairs only, named before the register is seen."""
        return bool(self.regions) or self.between is not None

    covariates: tuple[str, ...] = ()
    size_control: "SizeControl" = "auto"


def check_names(study: "Study", question: GapQuery, *, regions: "Iterable[str]" = ()) -> None:
    """Look up every region and group that a question names, before any model is fitted.

    Parameters
    ----------
    regions
        Further regions that must be known, such as those of a what-if.

    Raises
    ------
    MethodError
        With what was probably meant.
    """
    for name in (*question.regions, *regions):
        find_unit(study, name)
    for group in question.between or ():
        find_members(study, group)
