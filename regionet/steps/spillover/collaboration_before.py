"""The collaboration that stood before an outcome, for a spatial W that does not answer to it."""

from typing import TYPE_CHECKING

import analysis
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


def take_collaboration_before(study: Study, years: tuple[int, int]) -> "tuple[nx.Graph | None, Words | None]":
    """Return the network of the years before an outcome, or all of it where there are none, and say which.

    Collaboration of the same or of later years answers to what the outcome answers to: it is endogenous.

    Parameters
    ----------
    years
        First and last year of the outcome.

    Returns
    -------
    network, note
        None and None where the study has no collaboration; the note names the years of the network.
    """
    known = _list_years(study)
    earlier = [year for year in known if year < years[0]]
    span = (earlier[0], earlier[-1]) if earlier else None
    try:
        network = analysis.build_network(study, years=span)
    except MethodError:
        return None, None
    if span is not None:
        return network, say("spillover/collaboration-before", years=_show(*span)).words
    if not known:
        return network, say("spillover/collaboration-undated").words
    key = "spillover/collaboration-later" if known[0] > years[1] else "spillover/collaboration-same"
    return network, say(key, years=_show(known[0], known[-1]), outcome=_show(*years)).words


def _list_years(study: Study) -> list[int]:
    table = study.links if study.links is not None else study.records
    if table is None or "year" not in table:
        return []
    return sorted({int(year) for year in table["year"].dropna()})


def _show(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
