"""The tables of industry chains as they leave the program: names beside codes, and what is shown beside a stage."""

from collections.abc import Sequence

import pandas as pd

from regionet.steps.chains.chain_findings import ChainFinding
from regionet.steps.chains.chain_partners import ChainPartners
from regionet.steps.chains.chain_scope import COUNTRY, GROUP, ChainScope
from regionet.steps.chains.chain_words import write_amount
from regions.schema.field_words import name_field
from regions.study import Study
from regions.words import Words

_SUBSTITUTES = 3
_PARTNERS_FOR = 12
"""With more regions nobody is proposed region by region."""

_NAMED = {"place": "place_name", "code": "name", "candidate": "candidate_name"}


def build_chain_tables(study: Study, scope: ChainScope, found: Sequence[ChainFinding]) -> dict[str, pd.DataFrame]:
    """Return ``stages``, ``breakpoints``, ``blockages`` and ``fill`` of all chains."""
    partners = ChainPartners(study)
    parts = {
        "stages": [list_stages(study, scope, each) for each in found],
        "breakpoints": [list_breakpoints(each) for each in found],
        "blockages": [list_blockages(study, each) for each in found],
        "fill": [list_fill(study, scope, each, partners) for each in found],
    }
    return {name: _name(study, scope, pd.concat(part, ignore_index=True)) for name, part in parts.items()}


def list_stages(study: Study, scope: ChainScope, each: ChainFinding) -> pd.DataFrame:
    """List every stage of every region of the scope, then of the group and of all regions."""
    table = each.presence.table.loc[list(scope.codes)].reset_index().rename(columns={"code": "place"})
    wide = [_sum_place(each, place, codes) for place, codes in scope.places.items() if place in {GROUP, COUNTRY}]
    rows = pd.concat([table, *wide], ignore_index=True)
    shown = list_beside(each)
    for column in ("beside", "beside_zh"):
        rows[column] = [
            shown.get((place, stage), {}).get(column, "")
            for place, stage in zip(rows["place"], rows["stage"], strict=True)
        ]
    columns = ["place", "stage", "state", "absent", "absent_zh", "actors", "strength", "value", "share", "lq", "linked"]
    del study
    return rows[[*columns, "herfindahl", "top_share", "beside", "beside_zh"]].assign(chain=each.chain.name)


def _sum_place(each: ChainFinding, place: str, codes: Sequence[str]) -> pd.DataFrame:
    """Put the regions of a place together: a stage is there where it is in one, absent where it is absent in all."""
    rows = each.members.table if place == COUNTRY else each.members.table[each.members.table["code"].isin(codes)]
    inside = each.presence.table[each.presence.table.index.get_level_values("code").isin(list(codes))]
    linked = set(each.members.links["source"]) | set(each.members.links["target"])
    found = []
    for stage in each.chain.stages:
        here, states = rows[rows["stage"] == stage], inside.xs(stage, level="stage")
        absent = bool(len(states)) and bool((states["state"] == "absent").all())
        value = states["value"].sum(min_count=1)
        there = len(here) > 0 or value > 0
        shares = here["strength"] / here["strength"].sum()
        told = states.iloc[0] if absent and not there else {"absent": "", "absent_zh": ""}
        found.append(
            {
                "place": place,
                "stage": stage,
                "state": "present" if there else "absent" if absent else "not covered",
                "absent": told["absent"],
                "absent_zh": told["absent_zh"],
                "actors": len(here),
                "strength": here["strength"].sum(),
                "value": value,
                "share": states["share"].sum() if place != COUNTRY else (1.0 if there else 0.0),
                "linked": int(here["actor"].isin(linked).sum()),
                "herfindahl": (shares**2).sum() if len(here) else float("nan"),
                "top_share": shares.max() if len(here) else float("nan"),
            }
        )
    return pd.DataFrame(found)


def list_beside(each: ChainFinding) -> dict[tuple[str, str], dict[str, str]]:
    """Say what is known beside each stage of a region: what, of which year, how much."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    columns = ["code", "stage", "industry", "year", "value"]
    for code, stage, industry, year, value in each.members.beside[columns].itertuples(index=False):
        named = Words(industry.partition(": ")[0], name_field(industry).zh.partition("：")[0])
        of_year = ("", "") if pd.isna(year) else (f" ({year})", f"（{year} 年）")
        cells = found.setdefault((code, stage), {"beside": "", "beside_zh": ""})
        cells["beside"] += ("; " if cells["beside"] else "") + f"{named.en}{of_year[0]}: {write_amount(value)}"
        cells["beside_zh"] += ("；" if cells["beside_zh"] else "") + f"{named.zh}{of_year[1]}：{write_amount(value)}"
    return found


def list_breakpoints(each: ChainFinding) -> pd.DataFrame:
    """List the breakpoints of every place, with what is known beside the stage."""
    table = each.breakpoints.rename(columns={"code": "breakpoint"})
    shown = list_beside(each)
    at = list(zip(table["place"], table["stage"], strict=True))
    for column in ("beside", "beside_zh"):
        table[column] = [shown.get(key, {}).get(column, "") for key in at]
    for column in ("absent", "absent_zh"):
        said = each.presence.table[column].to_dict()
        table[column] = [said.get(key, "") for key in at]
    return table.assign(chain=each.chain.name)


def list_blockages(study: Study, each: ChainFinding) -> pd.DataFrame:
    """List flow, cut and losses of every place, and who else has the stage."""
    parts = [
        found.table.assign(place=place, flow=found.flow, origin="observed" if found.observed else "modelled")
        for place, found in each.blockages.items()
        if len(found.table)
    ]
    if not parts:
        return pd.DataFrame(columns=["place", "what", "stage", "next", "code", "actor", "partner", "flow", "origin"])
    table = pd.concat(parts, ignore_index=True)
    names = study.regions[["name", "name_zh"]]
    holders = {stage: _list_holders(each, names, stage) for stage in each.chain.stages}
    told = [
        _find_substitutes(holders[stage], code) if stage and code else Words("", "")
        for stage, code in zip(table["stage"], table["code"], strict=True)
    ]
    table["substitutes"], table["substitutes_zh"] = [each.en for each in told], [each.zh for each in told]
    return table.assign(chain=each.chain.name)


def _list_holders(each: ChainFinding, names: pd.DataFrame, stage: str) -> list[tuple[str, Words]]:
    """Return the regions that hold most of a stage, and how they are shown."""
    strength = each.presence.table["strength"].xs(stage, level="stage")
    first = strength[strength > 0].sort_values(ascending=False, kind="stable").head(_SUBSTITUTES + 1)
    return [
        (
            code,
            Words(
                f"{names['name'][code]} ({write_amount(value)})", f"{names['name_zh'][code]}（{write_amount(value)}）"
            ),
        )
        for code, value in zip(map(str, first.index), first, strict=True)
    ]


def _find_substitutes(holders: Sequence[tuple[str, Words]], code: str) -> Words:
    shown = [words for other, words in holders if other != code][:_SUBSTITUTES]
    return Words(", ".join(each.en for each in shown), "、".join(each.zh for each in shown))


def list_fill(study: Study, scope: ChainScope, each: ChainFinding, partners: ChainPartners) -> pd.DataFrame:
    """List the candidates for lacking stages, whom to bring together for the first, and the links that add flow."""
    fill = each.fill.rename(columns={"linked": "joint"}).assign(measure="fill")
    if len(fill) and len(scope.codes) <= _PARTNERS_FOR:
        fill = fill.join(partners.propose(fill[fill["rank"] == 1], each.members))
    parts = [fill] if len(fill) else []
    for place, links in each.new_links.items():
        renamed = links.rename(
            columns={"source": "actor", "target": "partner", "source_code": "code", "target_code": "candidate"}
        )
        if len(renamed):
            parts.append(renamed.assign(place=place, measure="strengthen", rank=range(1, len(renamed) + 1)))
    del study
    columns = ["measure", "place", "code", "stage", "next", "rank", "candidate", "score", "probability", "low", "high"]
    columns += ["expected", "capability", "relatedness", "own_relatedness", "joint", "tied", "actor", "partner"]
    columns += ["gain", "most", "reason", "reason_zh"]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return joined.reindex(columns=columns).assign(chain=each.chain.name)


def _name(study: Study, scope: ChainScope, table: pd.DataFrame) -> pd.DataFrame:
    """Put names in both languages beside codes and ids, chains and stages first."""
    known = {
        **{
            code: Words(*pair)
            for code, pair in zip(study.regions.index, study.regions[["name", "name_zh"]].to_numpy(), strict=True)
        },
        **scope.names,
    }
    known |= {
        code: Words(*pair)
        for code, pair in zip(study.surroundings.index, study.surroundings[["name", "name_zh"]].to_numpy(), strict=True)
    }
    actors = (
        {}
        if study.actors is None
        else {
            a: Words(*pair)
            for a, pair in zip(study.actors.index, study.actors[["name", "name_zh"]].to_numpy(), strict=True)
        }
    )
    columns: dict[str, object] = {}
    order = ["chain", *[name for name in table.columns if name != "chain"]]
    for name in order:
        cells = table[name]
        columns[name] = cells
        if name in {"chain", "stage", "next"}:
            columns[f"{name}_zh"] = [name_field(cell).zh if isinstance(cell, str) else "" for cell in cells]
        label = _NAMED.get(name) or (f"{name}_name" if name in {"actor", "partner"} else None)
        if label:
            words = [(actors if name in {"actor", "partner"} else known).get(cell, Words("", "")) for cell in cells]
            columns[label], columns[f"{label}_zh"] = [each.en for each in words], [each.zh for each in words]
    return pd.DataFrame(columns)
