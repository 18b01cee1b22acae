"""The page of industry chains: stages by region beside the map, and who could fill what is lacking."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from maps import Page, PageOptions, RegionClasses, build_page
from maps.page.layers import Flows, Layer
from maps.page.stories.chain_story import ChainCell, ChainFill, ChainSheet
from regionet.steps.chains.chain_findings import ChainFinding
from regionet.steps.chains.chain_scope import COUNTRY, GROUP, ChainScope
from regionet.steps.page_layers import take_network
from regions.schema.field_words import name_field
from regions.study import Study
from regions.words import Words

FILE = "page.html"
MOST_CHAINS = 12
"""Chains on one page; with more, the first that were asked for."""


def build_chain_page(
    study: Study,
    scope: ChainScope,
    found: Sequence[ChainFinding],
    *,
    tables: dict[str, pd.DataFrame],
    sentences: Sequence[Words],
    language: str,
) -> Page:
    """Build the page; it opens with the tab on chains and the stages that each region has of the first."""
    shown = found[:MOST_CHAINS]
    stages, fill = tables["stages"], tables["fill"]
    sheets = tuple(
        build_chain_sheet(scope, each, stages[stages["chain"] == each.chain.name], fill, (said, _name_layer(number)))
        for number, (each, said) in enumerate(zip(shown, sentences, strict=False))
    )
    layers = tuple(layer for number, each in enumerate(shown) for layer in _build_layers(each, number))
    name = shown[0].chain.words
    title = Words(f"Industry chains: {name.en}", f"产业链：{name.zh}")
    if len(shown) > 1:
        title = Words(f"Industry chains: {name.en} and {len(shown) - 1} more", f"产业链：{name.zh}等 {len(shown)} 条")
    options = PageOptions(title=title, layers=layers, layer=layers[0].key, chains=sheets, links_shown=0)
    return build_page(study, take_network(study), language=language, options=options)


def build_chain_sheet(
    scope: ChainScope, each: ChainFinding, stages: pd.DataFrame, fill: pd.DataFrame, told: tuple[Words, str]
) -> ChainSheet:
    """Lay out one chain: a row for each region of the scope, and one for all of them together.

    ``told`` holds the paragraph about it and the key of its layer.
    """
    whole = GROUP if GROUP in scope.places else COUNTRY
    of_place: dict[str, list[dict[Hashable, Any]]] = {}
    for row in stages.to_dict("records"):
        of_place.setdefault(row["place"], []).append(row)
    rows = [
        ("" if place == whole else place, scope.names[place], _list_cells(each, of_place.get(place, []), place))
        for place in (*scope.codes, whole)
    ]
    places = {stage: number for number, stage in enumerate(each.chain.stages)}
    wanted = fill[(fill["chain"] == each.chain.name) & (fill["measure"] == "fill")] if len(fill) else fill
    candidates = tuple(
        ChainFill(
            row["code"],
            places[row["stage"]],
            row["candidate"],
            row["probability"],
            row["low"],
            row["high"],
            tied=bool(row["tied"]) and row["rank"] > 1,
            pair=_say_pair(row),
        )
        for row in wanted.to_dict("records")
    )
    return ChainSheet(each.chain.words, tuple(map(name_field, each.chain.stages)), rows, told[:1], candidates, told[1])


def _name_layer(number: int) -> str:
    return f"chain_{chr(97 + number)}"


def _say_pair(row: dict[object, object]) -> Words:
    names = [row.get(name) for name in ("actor_name", "partner_name", "actor_name_zh", "partner_name_zh")]
    if not all(isinstance(name, str) and name for name in names):
        return Words("", "")
    return Words(f"bring together {names[0]} and {names[1]}", f"建议{names[2]}与{names[3]}对接")


def _list_cells(each: ChainFinding, stages: Sequence[Mapping[Hashable, Any]], place: str) -> tuple[ChainCell, ...]:
    flow = each.blockages.get(place)
    columns = ["what", "stage", "in_cut"]
    rows = () if flow is None else flow.table[columns].itertuples(index=False, name=None)
    full = {stage for what, stage, in_cut in rows if what == "stage" and in_cut}
    cells = []
    for row in stages:
        parts = [Words(row[one], row[f"{one}_zh"]) for one in ("absent", "beside") if row[one]]
        said = Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))
        cells.append(ChainCell(row["state"], int(row["actors"]), row["stage"] in full, said))
    return tuple(cells)


def _build_layers(each: ChainFinding, number: int) -> list[Layer]:
    """Return how many stages each region has, and the most likely links that would fill what is lacking."""
    states = each.presence.table["state"]
    name, total = each.chain.words, len(each.chain.stages)
    counts = (states == "present").groupby(level="code").sum()
    seen = (states != "not covered").groupby(level="code").any()
    steps = sorted({int(count) for count in counts[counts > 0]}, reverse=True)
    names = [Words(f"{step} of {total} stages", f"{total} 个环节中有 {step} 个") for step in steps]
    names.append(Words("none", "没有"))
    members = {
        str(code): steps.index(int(count)) if count else len(steps)
        for code, count in counts.items()
        if count or seen[str(code)]
    }
    layers: list[Layer] = [
        RegionClasses(
            _name_layer(number),
            Words(f"{name.en}: stages present", f"{name.zh}：具备的环节数"),
            tuple(names),
            members,
            note=Words(
                "Absent among what the sources could see; a region that they do not cover is not judged.",
                "“没有”仅指资料可见范围内；资料未覆盖的地区不判断。",
            ),
            meaning="order",
        )
    ]
    first = each.fill[each.fill["rank"] == 1] if len(each.fill) else each.fill
    if len(first):
        best = first.sort_values("probability", ascending=False).drop_duplicates(["candidate", "code"])
        flows = pd.DataFrame({"source": best["candidate"], "target": best["code"]})
        for column, values in (("value", "probability"), ("low", "low"), ("high", "high")):
            flows[column] = best[values] * 100
        layers.append(
            Flows(
                f"fill_{chr(97 + number)}",
                Words(f"{name.en}: who could fill a lacking stage", f"{name.zh}：谁可以补链"),
                flows[flows["value"] > 0],
                Words("probability of a link, percent", "建立联系的概率（%）"),
                note=Words(
                    "From the best candidate of a stage to the region lacking it, by the gravity model of links.",
                    "由某环节的首位候选地区指向缺少该环节的地区；按期望联系的引力模型推算。",
                ),
            )
        )
    return layers
