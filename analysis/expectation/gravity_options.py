"""Which gravity model: the choices that several specifications of one study differ in."""

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from regions.errors import MethodError

Family = Literal["ppml", "nb2"]
Effects = Literal["region", "mass"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GravityOptions:
    """How collaboration is expected.

    Attributes
    ----------
    family
        ``ppml``: Poisson pseudo-maximum likelihood, right whenever the mean is, and the totals of all regions are
        kept. ``nb2``: NB2 maximum likelihood, which weighs large pairs less.
    effects
        ``region``: one effect per region (two when directed) holds all that is special to it. ``mass``: the
        logarithm of a mass instead, with a constant; the model then says nothing about what else a region has.
    mass
        Column of the study's indicators, its latest year for which most regions are known, or a Series of masses
        > 0 by region code; only with ``effects="mass"``. None takes ``study.indicator``.
    covariates
        Names, see ``analysis.expectation.covariates``. None takes distance, contiguity, the borders of the study and
        all of ``dyadic``.
    beside
        Covariates on top of those, such as ``ln_rail_minutes`` of a study that has ``rail_minutes`` in its dyads. Pairs
        for which it is not known are left out of the model and counted in its notes.
    dyadic
        Facts about pairs of regions: ``source``, ``target`` (codes) and one number per column, each a covariate by
        its name. A table that names each pair once holds for both directions.
    out_of_fold
        Expect each pair from the other pairs alone (leave-one-out, see ``analysis.loglinear.leave_one_out``). With
        False a pair takes part in its own expectation, which hides part of its gap, and expectations keep the totals
        of all regions.
    resistant
        Whether ``find_gaps`` sets proven gaps aside, so that they sway neither the expectations of the others nor the
        dispersion (``analysis.expectation.robust_fit``). With False both come from all pairs.
    centre
        The one region whose links are known: only its pairs are fitted, those without a link included; with masses
        only. None: the links of all regions are known.
    stability
        Whether ``find_gaps`` also fits other specifications, and says in how many of them each gap survives.
    """

    family: Family = "ppml"
    effects: Effects = "region"
    mass: "str | pd.Series[float] | None" = None
    covariates: tuple[str, ...] | None = None
    beside: tuple[str, ...] = ()
    dyadic: "pd.DataFrame | None" = None
    out_of_fold: bool = True
    resistant: bool = True
    stability: bool = True
    centre: str | None = None

    def __post_init__(self) -> None:
        """Refuse choices that do not exist."""
        for name, allowed in {"family": get_args(Family), "effects": get_args(Effects)}.items():
            if getattr(self, name) not in allowed:
                raise MethodError(f"{name} must be one of {', '.join(allowed)}; got {getattr(self, name)!r}")
        if isinstance(self.covariates, str):
            raise MethodError(f"covariates must be a sequence of names; got the text {self.covariates!r}")
        if isinstance(self.beside, str):
            raise MethodError(f"beside must be a sequence of names; got the text {self.beside!r}")
        if self.centre is not None and self.effects != "mass":
            raise MethodError('a centre needs effects="mass": its partners stand in one pair each')
        if self.mass is not None and self.effects != "mass":
            raise MethodError('a mass needs effects="mass": region effects hold the masses already')
