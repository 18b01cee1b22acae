"""How the tables of chains are shown: in one language, in words; and what the reader must know of all chains."""

from collections.abc import Iterator, Sequence

import pandas as pd

from maps.words.columns.chain_columns import CHAIN_VALUES
from regionet.steps.chains.chain_findings import ChainFinding
from regionet.steps.chains.chain_scope import COUNTRY, GROUP
from regions.study import Study
from regions.words import Words

_FIRST = ["chain", "chain_zh", "place_name", "place_name_zh", "stage", "stage_zh", "state", "absent", "absent_zh"]
_FIRST += ["actors", "lq", "beside", "beside_zh"]


def name_chain_values(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table with its twin columns in one language, and codes of values as words; empty columns go."""
    twins = [column for column in table if f"{column}_zh" in table]
    shown = table.drop(columns=twins if language == "zh" else [f"{column}_zh" for column in twins])
    for column, names in CHAIN_VALUES.items():
        if column in shown:
            cells = [names[cell].text(language) if cell in names else cell for cell in shown[column]]
            shown[column] = pd.Series(cells, index=shown.index, dtype=object).where(lambda cells: cells.notna(), "")
    return shown


def pick_shown(stages: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the stages to print: of a group and its regions, else of all regions together."""
    group = (stages["place"] == GROUP).any()
    rows = stages[(stages["place"] != COUNTRY) if group else (stages["place"] == COUNTRY)]
    return rows[[column for column in _FIRST if column in rows]]


def describe_all(study: Study, found: Sequence[ChainFinding]) -> Iterator[Words]:
    """Say which chains are empty, what absence means, where flows are modelled, and how losses are to be read."""
    empty = [each.chain.words for each in found if each.members.table.empty and each.members.regional.empty]
    if empty:
        shown = empty[:8]
        yield Words(
            f"{len(empty)} chain(s) without any actor or activity: {', '.join(name.en for name in shown)}.",
            f"{len(empty)} 条产业链没有任何主体或活动：{'、'.join(name.zh for name in shown)}。",
        )
    if study.coverage is None:
        yield Words(
            "What the sources could have seen is not declared: a stage without an actor is 'not covered', never absent "
            "and no breakpoint. Declare it in the table 'coverage', or with --absent.",
            "未声明资料覆盖范围：没有主体的环节记为“未覆盖”，不算没有，也不算断点。"
            "请在“覆盖范围”表中声明，或使用 --absent。",
        )
    if any(not flow.observed for each in found for flow in each.blockages.values()):
        yield Words(
            "Flows marked modelled take every actor of a stage to supply every actor of the next in the place; none "
            "was observed.",
            "标为“推算”的流量假定同一范围内各主体可供给下一环节的任一主体，并非观测。",
        )
    yield Words(
        "Losses are lower bounds: what one first stage lacks another may give. Strength counts records, not output.",
        "损失为下限：各最初环节的投入按可相互替代计算。实力按记录数计，不是产出。",
    )
