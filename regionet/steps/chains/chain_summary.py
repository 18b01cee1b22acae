"""Many chains in short: how often they break and clog, and where most."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.chains.breakpoints import NO_ACTOR, NO_LINK
from regionet.steps.chains.chain_findings import ChainFinding
from regionet.steps.chains.chain_scope import COUNTRY, GROUP, ChainScope
from regionet.steps.chains.chain_words import name_in_sentence
from regions.schema.field_words import name_field
from regions.words import Words

FULL = 3
"""So many chains are told in full."""


@dataclass(frozen=True, slots=True, eq=False)
class ChainSummary:
    """What is printed of many chains: counts, `rank_chains`, and what must be known of all of them."""

    counts: Words
    ranked: pd.DataFrame
    notes: tuple[Words, ...]


def summarise_chains(scope: ChainScope, found: Sequence[ChainFinding], notes: Sequence[Words]) -> ChainSummary:
    """Say how many chains there are, how many breakpoints and blockages they have, and where most."""
    rows = [_count(scope, each) for each in found]
    alone, apart, single = (sum(len(row[name]) for row in rows) for name in ("absent", "unlinked", "single"))
    clogged = sum(len(row["clogs"]) for row in rows)
    modelled = sum(each.observed.get(_find_whole(scope), 0.0) == 0 and bool(each.chain.arcs) for each in found)
    place = scope.names[_find_whole(scope)]
    counts = Words(
        f"{len(found)} chains; {place.en}: {alone + apart} breakpoints ({alone} without an actor, {apart} without a "
        f"link to the next stage), {clogged} stages at which flow clogs; observed links lead through to the last stage "
        f"in {len(found) - modelled} chains. In single regions: {single:,} breakpoints.",
        f"共 {len(found)} 条产业链；{place.zh}：断点 {alone + apart} 处（缺主体 {alone} 处、缺衔接 {apart} 处），"
        f"堵点环节 {clogged} 个，实际联系贯通到末端的有 {len(found) - modelled} 条。分地区断点共 {single:,} 处。",
    )
    return ChainSummary(counts, rank_chains(scope, found), tuple(notes))


def rank_chains(scope: ChainScope, found: Sequence[ChainFinding]) -> pd.DataFrame:
    """Return the chains, those with most breakpoints first: those of all together count before those of single regions.

    Returns
    -------
    DataFrame
        ``chain`` (`Words`), ``absent``, ``unlinked`` and ``clogs`` (lists of `Words`), ``single`` (count).
    """
    rows = [_count(scope, each) for each in found]
    rows.sort(key=lambda row: (-len(row["absent"]) - len(row["unlinked"]), -len(row["single"])))
    columns = ["chain", "absent", "unlinked", "clogs", "single"]
    return pd.DataFrame([{**row, "single": len(row["single"])} for row in rows], columns=columns)


def tabulate_ranked(ranked: pd.DataFrame, language: str) -> tuple[list[str], list[list[str]]]:
    """Return headers and rows of `rank_chains` in one language."""
    headers = Words("Chain|In no region|No link to next|Clogs at|In regions", "产业链|各地均无|缺衔接|堵在|分地区断点")
    mark = Words(", ", "、").text(language)
    rows = [
        [
            row["chain"].text(language),
            *(
                mark.join(words.text(language) for words in row[name]) or "-"
                for name in ("absent", "unlinked", "clogs")
            ),
            str(row["single"]),
        ]
        for row in ranked.to_dict("records")
    ]
    return headers.text(language).split("|"), rows


def _find_whole(scope: ChainScope) -> str:
    return GROUP if GROUP in scope.places else COUNTRY


def _count(scope: ChainScope, each: ChainFinding) -> dict[str, list[Words] | Words]:
    whole, codes = _find_whole(scope), set(scope.codes)
    breaks = list(each.breakpoints[["place", "stage", "next", "code"]].itertuples(index=False, name=None))
    steps = [(name_field(a), name_field(b)) for place, a, b, code in breaks if (place, code) == (whole, NO_LINK)]
    flow = each.blockages.get(whole)
    columns = ["what", "stage", "in_cut"]
    rows = () if flow is None else flow.table[columns].itertuples(index=False, name=None)
    return {
        "chain": name_in_sentence(each.chain.words),
        "absent": [name_field(stage) for place, stage, _, code in breaks if (place, code) == (whole, NO_ACTOR)],
        "unlinked": [Words(f"{a.en} to {b.en}", f"{a.zh}→{b.zh}") for a, b in steps],
        "single": [name_field(stage) for place, stage, _, _ in breaks if place in codes],
        "clogs": [name_field(stage) for what, stage, in_cut in rows if what == "stage" and in_cut],
    }
