"""The gap register of years, fields or synergy paths side by side."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

import analysis
import geodata
from analysis.barriers.barriers import PREFIX
from analysis.expectation.grades import GRADES
from analysis.expectation.gravity import GravityFit
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.size_control import fit_sized_expectation
from analysis.gaps.filters import correct_within, filter_gaps
from analysis.gaps.registers_side_by_side import By, GapRegisters, combine_registers, list_parts
from analysis.gaps.stability import Progress
from analysis.networks.synergy import build_path_network
from regionet.steps.gaps.gap_query import GapQuery
from regionet.steps.pipeline import Findings, add_reasons
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx

_MOVES = Words(
    "Opened, persistent and closed compare the grades of two years: 'closed' says that the year has no evidence of the "
    "gap, and a year of few links seldom has. The page tells moves beyond chance. "
    "Numbers of gaps do not compare between years either: the fewer links and regions a year has, the fewer gaps can "
    "be told, weak ones above all.",
    "“新出现”“持续”“消失”只比较两年的证据等级：“消失”表示该年没有证据，而联系少的年份往往没有证据。页面上的变化已排除偶然波动。"
    "各年缺口数也不宜相比：某年联系和地区越少，能识别的缺口（尤其是弱缺口）就越少，增减不是趋势。",
)
_NAMED = 5  # regions without links named for a year; the others are counted


def find_registers(
    study: Study, question: GapQuery, by: By, *, waiting: tuple[Words, ...] = (), progress: Progress | None = None
) -> tuple[Findings, pd.DataFrame]:
    """Find, explain and filter the gaps of every part; parameters, returns and errors as of `find_register`.

    ``waiting`` is said first of years: as of `describe_waiting_years`.
    """
    if question.path is not None and by == "path":
        raise MethodError(say("gaps/path-and-parts", by=by))
    if question.window > 1 and by != "year":
        raise MethodError(say("gaps/window"))
    options = GravityOptions(beside=question.covariates)
    distances = geodata.measure_distances(study)
    found: dict[int | str, analysis.GapRegister] = {}
    prices: dict[int | str, pd.DataFrame] = {}
    skipped: dict[str, str] = {}
    absent: dict[str, Words | None] = {}
    notes = []
    parts = list(list_parts(study, by, counting=question.counting, window=question.window, path=question.path))
    for done, (name, part, network) in enumerate(parts):
        if progress:
            progress(done, len(parts))
        try:
            sized = fit_sized_expectation(part, network, distances, size_control=question.size_control, options=options)
            register = analysis.build_gap_register(part, network, distances, options=options, fit=sized.fit)
            notes += [] if sized.note is None else [sized.note]
            gaps = register.table[register.table["grade"] != GRADES[-1]]
            found[name] = replace(register, table=add_reasons(part, register, shown=gaps))
            prices[name] = _price_part(sized.fit, register.model.regions)
            absent[str(name)] = _name_absent(part, network) if by == "year" else None
        except MethodError as error:  # one thin part must not hide the others
            skipped[str(name)] = str(error)
            notes.append(Words(f"{name} is left out: {error}.", f"未包含 {name}：{error.describe('zh')}。"))
    family = combine_registers(found, by, skipped=skipped)
    shown = filter_gaps(study, family.table, regions=question.regions, between=question.between)
    if question.is_part:
        shown = correct_within(shown)
    if shown.empty:
        raise MethodError(say("gaps/nothing-left"))
    network = _build_whole(study, question)
    told = [*(_tell(name, family, absent[name]) for name in family.models), *notes]
    if by == "year" and len(family.models) > 1:
        told = [*waiting, *told, _MOVES]
    scores = analysis.measure_centrality(network)
    return Findings(study, network, scores, shown, tuple(told), prices=stack_prices(by, prices)), shown


def _build_whole(study: Study, question: GapQuery) -> "nx.Graph":
    """Return the network of all parts together."""
    if question.path is None:
        return analysis.build_network(study, question.counting)
    return build_path_network(study, question.path, counting=question.counting)


def _price_part(fit: GravityFit, regions: int) -> pd.DataFrame:
    """Price the borders of one part; none where its model has no border, which is no reason to leave the part out."""
    if not any(name.startswith(PREFIX) for name in fit.covariates):
        return pd.DataFrame()
    return analysis.measure_barriers(fit).assign(regions=regions)


def stack_prices(by: By, prices: Mapping[int | str, pd.DataFrame]) -> pd.DataFrame:
    """Put the prices of borders of all parts under each other: column ``by``, then as `analysis.measure_barriers`.

    A part whose model has no border gives no row.
    """
    tables = [table.reset_index().assign(**{by: name}) for name, table in prices.items() if len(table)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _name_absent(study: Study, network: "nx.Graph") -> Words | None:
    """Count and name the regions that no link of the year reaches, so that its register lacks them."""
    missing = sorted(code for code in study.regions.index if code not in network or not network.degree[code])
    if not missing:
        return None
    more, count = len(missing) > _NAMED, len(missing)
    en, zh = ([study.names(lang)[code] for code in missing[:_NAMED]] for lang in ("en", "zh"))
    return Words(
        f" Without links this year and so not judged: {count:,} ({', '.join(en)}{' and others' if more else ''}).",
        f"该年没有跨地区合作记录、因而未作判断的地区 {count:,} 个：{'、'.join(zh)}{'等' if more else ''}。",
    )


def _tell(name: str, family: GapRegisters, absent: Words | None) -> Words:
    model, tests = family.models[name], len(family.table)
    assert model.tally is not None  # noqa: S101 - combine_registers has counted
    grades = model.tally.grades
    return Words(
        f"{name}: {model.pairs:,} pairs of {model.regions} regions, {grades['strong']} strong, "
        f"{grades['moderate']} moderate, {grades['weak']} weak gaps, corrected for all {tests:,} tests."
        f"{absent.en if absent else ''}",
        f"{name}：{model.regions} 个地区、{model.pairs:,} 对，缺口强 {grades['strong']}、中 {grades['moderate']}、"
        f"弱 {grades['weak']}，已按全部 {tests:,} 次检验校正。{absent.zh if absent else ''}",
    )
