"""Does a gap survive other models of the same data? A gap that only one specification sees is a weak lead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

import pandas as pd

from analysis.expectation.covariates import list_optional
from analysis.expectation.grades import find_short
from analysis.expectation.gravity import GravityFit
from analysis.expectation.gravity_options import Family, GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.networks.network import build_network
from regions.errors import MethodError
from regions.records.count_links import Counting
from regions.study import Study

if TYPE_CHECKING:
    import networkx as nx


_MOST_RECORDS = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """How pairs fared under several specifications.

    Attributes
    ----------
    share
        Index (source, target), in the order of the rows of ``fit``: in which share of the specifications the pair is a
        gap (less observed than expected, evidence at least weak). A pair that a specification cannot judge is no gap
        there.
    names
        The specifications that ran; the first is the one asked for.
    skipped
        Those the data did not allow.
    """

    share: "pd.Series[float]"
    names: tuple[str, ...]
    skipped: tuple[str, ...]


Progress = Callable[[int, int], None]
"""Told how many of how many fits are done."""


def measure_stability(
    study: Study,
    network: "nx.Graph",
    distances: pd.DataFrame,
    *,
    fit: GravityFit,
    grade: "pd.Series[str] | None" = None,
    progress: Progress | None = None,
) -> Stability:
    """Fit the model again with one choice changed at a time, and count in how many fits each gap survives.

    The changes: the other family; no contiguity; no borders; each further covariate the study could have (groups,
    fields, kinds of actors); the other ways of counting, when the network is the one that the records of the study
    give, and they are at most 50,000.

    Parameters
    ----------
    study, network, distances
        As in ``analysis.expectation.gravity.fit_gravity``.
    fit
        The fit that was asked for; it counts as one of the specifications.
    grade
        The grades of ``fit``, as `analysis.expectation.grades.measure_evidence` gives them; None measures them here.
    progress
        Told after every fit, the one that was asked for included.
    """
    tell = progress or (lambda *_: None)
    found, skipped = {"as asked": _find_gaps(fit, grade)}, []
    others = list(_list_specifications(study, network, fit))
    for done, (name, options, other) in enumerate(others, start=1):
        tell(done, len(others) + 1)
        try:
            found[name] = _find_gaps(fit_expectation(study, other, distances, options=options))
        except MethodError:  # a specification that the data do not allow says nothing against a gap
            skipped.append(name)
    tell(len(others) + 1, len(others) + 1)
    table = pd.DataFrame(found).reindex(found["as asked"].index)
    share: pd.Series[float] = (table == True).sum(axis=1) / len(found)  # noqa: E712 - absent is NaN, hence no gap
    return Stability(share, tuple(found), tuple(skipped))


def _find_gaps(fit: GravityFit, grade: "pd.Series[str] | None" = None) -> "pd.Series[bool]":
    return pd.Series(find_short(fit) if grade is None else grade.to_numpy() != "none", index=fit.table.index)


def _list_specifications(
    study: Study, network: "nx.Graph", fit: GravityFit
) -> Iterator[tuple[str, GravityOptions, "nx.Graph"]]:
    options, used = fit.options, tuple(name for name in fit.covariates if not name.startswith("ln_mass"))
    family: Family = "nb2" if options.family == "ppml" else "ppml"
    yield f"family {family}", replace(options, family=family), network
    borders = [name for name in used if name.startswith("different_")]
    for name, without in {"no contiguity": ["contiguous"], "no borders": borders}.items():
        rest = tuple(covariate for covariate in used if covariate not in without)
        if rest and len(rest) < len(used):
            yield name, replace(options, covariates=rest, beside=()), network
    for name in list_optional(study):
        if name not in used:
            yield f"with {name}", replace(options, covariates=(*used, name), beside=()), network
    for counting, other in _recount(study, network):
        yield f"counting {counting}", options, other


def _recount(study: Study, network: "nx.Graph") -> Iterator[tuple[str, "nx.Graph"]]:
    """Yield the network counted in other ways, if it is the study's own and not a part of it."""
    own = network.graph.get("counting")
    if study.records is None or own not in get_args(Counting) or len(study.records) > _MOST_RECORDS:
        return
    if _list_weights(build_network(study, own)) != _list_weights(network):
        return
    for counting in get_args(Counting):
        if counting != own:
            yield counting, build_network(study, counting)


def _list_weights(network: "nx.Graph") -> dict[frozenset[str], float]:
    return {frozenset((a, b)): weight for a, b, weight in network.edges(data="weight", default=1.0) if a != b}
