"""What regions do beside their chains: tiers of industry and complexity, where the study allows them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from analysis.complexity.complexity_table import TableWithNotes, tabulate_complexity, tabulate_tiers
from maps.words.column_words import ColumnWords
from maps.words.columns.complexity_columns import COMPLEXITY, FILL_BACKTEST, TIER_SHARES
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

EXTRA: Mapping[str, tuple[Callable[[Study], TableWithNotes], Mapping[str, ColumnWords]]] = MappingProxyType(
    {"tiers": (tabulate_tiers, TIER_SHARES), "complexity": (tabulate_complexity, COMPLEXITY)}
)
"""Table -> what makes it of a study, and the words of its columns."""


TABLE_WORDS: Mapping[str, Mapping[str, ColumnWords]] = MappingProxyType(
    {name: words for name, (_, words) in EXTRA.items()} | {"fill_backtest": FILL_BACKTEST}
)
"""Table -> the words of its columns, where they are not those of chains."""


def build_extras(study: Study) -> tuple[dict[str, pd.DataFrame], list[Words]]:
    """Return the tables that the study allows, with the names of regions, and what is to be said of them.

    A table that the data do not allow is left out, with the reason.
    """
    tables, notes = {}, []
    for name, (build, _) in EXTRA.items():
        try:
            found = build(study)
        except MethodError as error:
            reason = Words(str(error), error.describe("zh"))
            notes.append(say("chains/left-out", table=f"{name}.csv", reason=reason).words)
            continue
        tables[name] = _name(study, found.table)
        notes += found.notes
    return tables, notes


def _name(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    plain = table.reset_index() if table.index.names != [None] else table
    names = study.regions[["name", "name_zh"]]
    front = {
        "code": plain["code"],
        "name": plain["code"].map(names["name"]),
        "name_zh": plain["code"].map(names["name_zh"]),
    }
    return pd.DataFrame({**front, **{str(column): plain[column] for column in plain if column not in front}})
