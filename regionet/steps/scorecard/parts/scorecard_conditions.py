"""The conditions of a scorecard: peers of like structure, what is scarce beside them, what goes with which outcome."""

from collections.abc import Iterable

import pandas as pd

from analysis.development.collaboration_effects import COLLABORATION, associate_collaboration
from analysis.development.condition_effects import ConditionEffects, associate_conditions
from analysis.development.constant_prices import choose_real_column
from analysis.development.peers import STRUCTURE, find_peers, measure_scarcity
from regionet.steps.scorecard.figure_units import find_figure_units
from regionet.steps.scorecard.scorecard_result import Scorecard, put_indicator_names, put_region_names
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import Scheme, read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.words import Words

INVENTIONS = ("patents_granted_invention", "epo_patents")
PRODUCT = ("gdp", "grp")
NAMES = {
    COLLABORATION: Words("collaboration", "协作"),
    "product": Words("real product", "实际产出"),
    "inventions": Words("inventions", "发明专利"),
}
"""Outcomes that conditions are associated with."""


def compare_peers(card: Scorecard) -> None:
    """Find peers by structure and the scarcest conditions beside them."""
    card.peers = find_peers(card.study)
    named = [each.name for each in read_scheme(STRUCTURE).indicators if each.key in card.peers.columns]
    card.notes.append(
        Words(
            f"Peers are alike in structure, {card.peers.year}: {', '.join(words.en for words in named)}; not in rank.",
            f"可比地区按 {card.peers.year} 年结构相近选取：{'、'.join(words.zh for words in named)}；不按位次。",
        )
    )
    card.notes += card.peers.notes
    near = card.peers.table.reset_index()
    near["peer_name"] = near["peer"].map(card.study.regions["name"])
    near["peer_name_zh"] = near["peer"].map(card.study.regions["name_zh"])
    card.tables["peers"] = put_region_names(card, near)
    scheme = read_scheme("conditions")
    try:
        scarcity = measure_scarcity(card.study, card.peers)
    except MethodError as error:  # peers stand without conditions
        card.notes.append(Words(f"Not told, conditions: {error.words.en}.", f"未给出条件：{error.words.zh}。"))
        return
    table = _put_units(card, put_region_names(card, scarcity))
    card.tables["conditions"] = put_indicator_names(table, _name_all(scheme), scheme.pillars)


def _name_all(scheme: Scheme) -> dict[str, Words]:
    return {each.key: each.name for each in scheme.indicators}


def _put_units(card: Scorecard, table: pd.DataFrame) -> pd.DataFrame:
    """Give conditions the units that are read: 0.9 km per 10,000 people instead of 0.00009."""
    values = compute_indicators(card.study, read_scheme("conditions"))
    units = find_figure_units(card.study, values)
    shown = [units[str(key)] for key in table["indicator"]]
    factors = [each.factor for each in shown]
    table = table.assign(value=table["value"] * factors, peers=table["peers"] * factors)
    table.insert(list(table).index("peers") + 1, "unit", [each.unit.en for each in shown])
    table.insert(list(table).index("unit") + 1, "unit_zh", [each.unit.zh for each in shown])
    return table


def associate_all(card: Scorecard) -> None:
    """Associate the conditions with collaboration, real product and inventions; what cannot be is told.

    Raises
    ------
    MethodError
        Where none of them can be.
    """
    if "conditions" not in card.tables and card.peers is not None:
        raise MethodError(say("scorecard/no-conditions"))
    refused: list[Words] = []
    for key, name in NAMES.items():
        try:
            card.effects[key] = _associate(card, key)
        except MethodError as error:
            why = error.words
            refused.append(Words(f"conditions and {name.en}: {why.en}", f"条件与{name.zh}的相关：{why.zh}"))
    if not card.effects:
        why = Words("; ".join(each.en for each in refused), "；".join(each.zh for each in refused))
        raise MethodError(say("scorecard/no-association", why=why))
    card.notes += [Words(f"Not told, {each.en}.", f"未给出{each.zh}。") for each in refused]
    card.tables["associations"] = _tabulate(card.effects)
    for key, found in card.effects.items():
        card.notes += _tell(key, found)
        card.notes += _tell_networks(card) if key == COLLABORATION else []
    card.notes += _tell_limits(card)


def _associate(card: Scorecard, key: str) -> ConditionEffects:
    if key == COLLABORATION:
        return associate_collaboration(card.study)
    known = [] if card.study.indicators is None else list(card.study.indicators)
    column = choose_real_column(card.study) if key == "product" else next((n for n in INVENTIONS if n in known), "")
    if not column:
        raise MethodError(say("scorecard/no-inventions", names=[Words("inventions granted", "发明专利授权量")]))
    return associate_conditions(card.study, column)


def _tabulate(effects: dict[str, ConditionEffects]) -> pd.DataFrame:
    scheme = read_scheme("conditions")
    parts = []
    for key, found in effects.items():
        table = found.table.rename(columns={"within": "variance_within"}).reset_index()
        table.insert(0, "outcome", key)
        table.insert(1, "outcome_name", NAMES[key].en)
        table.insert(2, "outcome_name_zh", NAMES[key].zh)
        span = {"regions": len(found.codes), "first": found.years[0], "last": found.years[-1]}
        parts.append(table.assign(design=found.design, years=len(found.years), **span))
    return put_indicator_names(pd.concat(parts, ignore_index=True), _name_all(scheme))


def _tell(key: str, found: ConditionEffects) -> Iterable[Words]:
    """Tell which conditions go with an outcome, by intervals without 0, and what stands against it."""
    names, outcome = _name_all(read_scheme("conditions")), NAMES[key]
    sure = found.table[(found.table["low"] > 0) | (found.table["high"] < 0)]
    rows = [(names[str(name)], row) for name, row in sure.iterrows()]
    span = f"{found.years[0]}-{found.years[-1]}" if len(found.years) > 1 else str(found.years[0])
    listed = [
        [f"{w.text(lang)} {row['estimate']:+.2f} [{row['low']:.2f}, {row['high']:.2f}]" for w, row in rows]
        for lang in ("en", "zh")
    ]
    where = Words("within regions and years", "地区内、剔除共同年份波动")
    if found.design == "between":
        where = Words("between regions", "地区之间横向比较")
    none = Words("with none of the conditions is it established", "没有一项条件的相关可以确认")
    yield Words(
        f"Conditions and {outcome.en} ({where.en}, {len(found.codes)} regions, {span}; percent for one percent more): "
        f"{'; '.join(listed[0]) or none.en}.",
        f"条件与{outcome.zh}（{where.zh}，{len(found.codes)} 个地区，{span} 年；条件每高 1% 对应的百分比）："
        f"{'；'.join(listed[1]) or none.zh}。",
    )
    yield from found.notes


def _tell_networks(card: Scorecard) -> list[Words]:
    """Say what the networks cannot bear, beside what was read from them."""
    aside = sorted({int(year) for table in card.study.other_years.values() for year in table["year"].dropna()})
    told = []
    if aside:
        years = [f"{mark}".join(map(str, aside)) for mark in (", ", "、")]
        told.append(
            Words(
                f"The study sets {years[0]} aside, for they are no state of the network: that its years differ is weak "
                "evidence of anything.",
                f"数据集已将 {years[1]} 年另列，因其不代表网络全貌：据这些年份之间的差异得出的相关，证据很弱。",
            )
        )
    return [*told, *(limit.words for limit in card.study.limits if limit.about in {"records", "links"})]


def _tell_limits(card: Scorecard) -> Iterable[Words]:
    count = sum(len(found.table) for found in card.effects.values())
    level = next(iter(card.effects.values())).level
    yield Words(
        f"Of {count} associations {count * (1 - level):.1f} would have an interval of {level:.0%} without 0 by chance. "
        "They are no causes: outcomes move conditions too.",
        f"共 {count} 项相关，仅凭偶然也会有约 {count * (1 - level):.1f} 项的 {level:.0%} 区间不含 0。相关不是因果："
        "结果也会反过来影响条件。",
    )
    made_of = compute_indicators(card.study, read_scheme("conditions")).made_of
    shares = [name for name, made in made_of.items() if made.partition(" / ")[2] in PRODUCT]
    told = [_name_all(read_scheme("conditions"))[name] for name in shares]
    if told and "product" in card.effects:
        yield Words(
            f"Divided by product, so that part of their association with product is arithmetic: "
            f"{', '.join(words.en for words in told)}.",
            f"以产出为分母、与产出的相关有一部分出自算术关系的条件：{'、'.join(words.zh for words in told)}。",
        )
