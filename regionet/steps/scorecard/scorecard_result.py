"""What was measured of a study: the scorecard, and how its tables name regions and indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.composite.composite_index import CompositeIndex
from analysis.development.condition_effects import ConditionEffects
from analysis.development.momentum import Momentum
from analysis.development.peers import Peers
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regions.schemes.indicator_scheme import Scheme
from regions.study import Study
from regions.words import Words

PART_NAMES: dict[str, Words] = {
    "coupling": Words("coupling", "耦合协调"),
    "obstacles": Words("obstacles", "障碍度"),
    "momentum": Words("momentum", "动能"),
    "received": Words("growth received", "所获增长"),
    "pattern": Words("spatial pattern", "空间格局"),
    "productivity": Words("productivity", "生产率"),
    "balance": Words("convergence", "收敛"),
    "densities": Words("densities", "核密度"),
    "peers": Words("peers and conditions", "可比地区与条件"),
    "associations": Words("associations of conditions", "条件的相关"),
}
"""Parts of a scorecard beside the index, in their order."""


@dataclass(slots=True, eq=False)
class Scorecard:
    """What was measured of a study.

    Attributes
    ----------
    study, query
        What was asked.
    index
        The composite index.
    tables
        Name -> table; columns ``code`` and ``year`` are columns, not an index.
    momentum, peers
        Where the data bear them.
    effects
        Outcome -> how conditions go with it.
    notes
        Sentences by part, refusals among them; first those of the index.
    begins
        Key of a part -> place in ``notes`` at which its sentences begin.
    paragraphs
        Code -> what is told of the region, once it was asked for.
    """

    study: Study
    query: ScorecardQuery
    index: CompositeIndex
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    momentum: Momentum | None = None
    peers: Peers | None = None
    effects: dict[str, ConditionEffects] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)
    begins: dict[str, int] = field(default_factory=dict)
    paragraphs: dict[str, Words] = field(default_factory=dict)

    @property
    def scheme(self) -> Scheme:
        """Pillars and indicators that were asked for."""
        return self.index.computed.scheme


def put_region_names(card: Scorecard, table: pd.DataFrame) -> pd.DataFrame:
    """Put the names of regions behind their codes."""
    named = table.copy()
    place = list(named.columns).index("code") + 1
    for column in ("name_zh", "name"):
        named.insert(place, column, named["code"].map(card.study.regions[column]))
    return named


def put_indicator_names(
    table: pd.DataFrame, names: Mapping[str, Words], pillars: Mapping[str, Words] | None = None
) -> pd.DataFrame:
    """Put the names of indicators, and of pillars, behind their keys: ``indicator_name``, ``indicator_name_zh`` ..."""
    named = table.copy()
    for column, words in (("indicator", names), ("pillar", pillars or {})):
        if column not in named or f"{column}_name" in named or not words:
            continue
        told = [words.get(str(key), Words(str(key), str(key))) for key in named[column]]
        place = list(named.columns).index(column) + 1
        named.insert(place, f"{column}_name", [each.en for each in told])
        named.insert(place + 1, f"{column}_name_zh", [each.zh for each in told])
    return named
