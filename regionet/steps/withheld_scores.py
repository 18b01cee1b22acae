"""Give no score to regions of which nothing is known because rows were dropped: dropped is not zero."""

from typing import TYPE_CHECKING

import pandas as pd

from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx

    from regions.errors import Fault

_DROPPED = "W-DROPPED"
_ABOUT_NUMBERS = ("indicator", "指标")


def withhold_scores(study: Study, network: "nx.Graph", scores: pd.DataFrame) -> tuple[pd.DataFrame, list[Words]]:
    """Take away the scores of regions without any link that was kept, where links were dropped for unknown names.

    An unknown name may be an old code of one of these regions (IE02 before 2018): that nothing is left does not mean
    that nothing was there.

    Parameters
    ----------
    study
        ``warnings`` say what was dropped.
    network
        Of the links that were kept.
    scores
        Index ``code``.

    Returns
    -------
    scores, notes
        NaN (None in columns of words) for such regions; what was dropped, and how many regions have no value. Both as
        they were where nothing was dropped.
    """
    dropped = [fault for fault in study.warnings if fault.code == _DROPPED and not _is_about_numbers(fault)]
    if not dropped:
        return scores, []
    notes = [Words(fault.describe("en"), fault.describe("zh")) for fault in dropped]
    bare = [code for code, data in network.nodes(data=True) if network.degree(code) == 0 and not _has_weight(data)]
    if not bare:
        return scores, notes
    lost = scores.index.isin(bare)
    withheld = pd.DataFrame({column: cells.where(~lost) for column, cells in scores.items()}, index=scores.index)
    return withheld, [*notes, say("scores/withheld", count=len(bare), regions=len(scores)).words]


def _has_weight(data: dict[str, float]) -> bool:
    return bool(data.get("internal")) or bool(data.get("external"))


def _is_about_numbers(fault: "Fault") -> bool:
    return any(word in fault.file.casefold() for word in _ABOUT_NUMBERS)
