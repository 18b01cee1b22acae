"""Choose from what to what productivity is measured: columns that were named, or what a study has of the usual ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.productivity.study_productivity import (
    RESEARCH_INPUTS,
    RESEARCH_OUTPUTS,
    USUAL,
    is_current_money,
    name_variable,
)
from regions.errors import MethodError
from regions.indicators.known_columns import split_header
from regions.messages import say
from regions.schema.suggest import suggest
from regions.study import Study
from regions.words import Words


@dataclass(frozen=True, slots=True)
class ProductivityVariables:
    """From what to what.

    Attributes
    ----------
    inputs, outputs
        Columns of the indicators.
    notes
        What of the usual set is left out, and why.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[Words, ...] = ()


def choose_variables(
    study: Study, inputs: Sequence[str] = (), outputs: Sequence[str] = (), *, deflator: str | None = None
) -> ProductivityVariables:
    """Find the inputs and outputs that were named; for a side that was not, what the study has of the research system.

    Parameters
    ----------
    study
        With indicators.
    inputs, outputs
        Columns, or their names in either language, with or without units; () for the usual ones. Of these the ones
        without a value, and without a deflator those at current prices, are left out, which a note tells. A side of
        which nothing is left stays whole, so that `measure_productivity` says what it needs.
    deflator
        Price index that there will be.

    Raises
    ------
    MethodError
        For names that are no column of numbers, all at once with what was probably meant, and for a column named twice.

    Examples
    --------
    >>> from regionet import regions
    >>> choose_variables(regions.load_study("china"), ["R&D人员全时当量"], ["patents_granted_invention"]).inputs
    ('rd_personnel',)
    """
    find_variables(study, [*inputs, *outputs])  # what neither side has is told at once
    usual, notes = _choose_usual(study, deflator, wanted=(not inputs, not outputs))
    taken, made = find_variables(study, inputs) or usual[0], find_variables(study, outputs) or usual[1]
    every = [*taken, *made]
    twice = [name_variable(study, name) for name in dict.fromkeys(every) if every.count(name) > 1]
    if twice:
        raise MethodError(say("productivity/twice", columns=twice))
    return ProductivityVariables(taken, made, tuple(notes))


def find_variables(study: Study, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of numbers that are called so; their own names go before their descriptions.

    Names with a comma inside may come in parts, as an option of the command line splits them.

    Raises
    ------
    MethodError
        For all names that are none, with what was probably meant and what there is.

    Examples
    --------
    >>> from regionet import regions
    >>> find_variables(regions.load_study("china"), ["gdp_deflator"])
    ('gdp_deflator',)
    """
    told = {column: study.describe_indicator(column)[0] for column in _list_numbers(study)}
    called = _list_called(told)
    found, unknown, left = [], [], list(names)
    while left:
        size = next((n for n in range(len(left), 0, -1) if _plain(",".join(left[:n])) in called), 0)
        if size:
            found.append(left[0] if size == 1 and left[0] in told else called[_plain(",".join(left[:size]))])
        else:
            unknown.append(left[0])
        left = left[size or 1 :]
    if unknown:
        known = {column: words.en if words.en != column else "" for column, words in told.items()}
        known |= {words.zh: "" for words in told.values()}
        asked = [_ask(name, suggest(name, known)) for name in unknown]
        raise MethodError(say("productivity/unknown", names=asked, known=_list_known(told)))
    return tuple(found)


def _list_called(told: dict[str, Words]) -> dict[str, str]:
    """Return plain name -> column: columns, then what they are in either language, then the usual short names."""
    called: dict[str, str] = {}
    short = {column: words for column, words in USUAL.items() if column in told}
    names = [(column, column) for column in told]
    names += [
        (text, column) for words in (told, short) for column, each in words.items() for text in (each.en, each.zh)
    ]
    for text, column in names:
        called.setdefault(_plain(text), column)
    return called


def _list_numbers(study: Study) -> list[str]:
    """Return the columns of numbers that have a value for the regions."""
    if study.indicators is None:
        return []
    rows = study.indicators[study.indicators["code"].isin(study.regions.index)]
    columns = [str(name) for name in rows if name not in {"code", "year"}]
    return [name for name in columns if pd.api.types.is_numeric_dtype(rows[name]) and rows[name].notna().any()]


def _list_known(told: dict[str, Words]) -> list[Words]:
    shown = [
        Words(
            column if words.en == column else f"{column} ({words.en})",
            column if words.zh == column else f"{column}（{words.zh}）",
        )
        for column, words in told.items()
    ]
    return shown or [Words("none", "无")]


def _ask(name: str, hint: Words) -> Words:
    return Words(f"'{name}' ({hint.en})", f"“{name}”（{hint.zh}）") if hint.en else Words(f"'{name}'", f"“{name}”")


def _plain(name: str) -> str:
    return split_header(name)[0].replace(" ", "").casefold()


def _choose_usual(
    study: Study, deflator: str | None, *, wanted: tuple[bool, bool]
) -> tuple[tuple[tuple[str, ...], ...], list[Words]]:
    """Return what is there of the usual inputs and outputs, and a note on the others of the sides that are wanted."""
    numbers, sides, absent, priced = _list_numbers(study), [], [], []
    for usual, needed in zip((RESEARCH_INPUTS, RESEARCH_OUTPUTS), wanted, strict=True):
        here = [name for name in usual if name in numbers]
        money = [name for name in here if deflator is None and is_current_money(study, name)]
        kept = tuple(name for name in here if name not in money)
        sides.append(kept or usual)
        if needed and kept:
            absent += [name_variable(study, name) for name in usual if name not in here]
            priced += [name_variable(study, name) for name in money]
    return tuple(sides), _tell_left_out(absent, priced)


def _tell_left_out(absent: list[Words], priced: list[Words]) -> list[Words]:
    notes = []
    if absent:
        notes.append(
            Words(
                f"Of the usual inputs and outputs of productivity the data lack {', '.join(w.en for w in absent)}: it "
                "is measured with the others.",
                f"生产率常用的投入产出中，数据没有{'、'.join(w.zh for w in absent)}，仅用其余变量计算。",
            )
        )
    if priced:
        notes.append(
            Words(
                f"Left out of productivity, at current prices without a price index: {', '.join(w.en for w in priced)}"
                " (--deflator names one).",
                f"为当年价金额且没有价格指数，未计入生产率：{'、'.join(w.zh for w in priced)}"
                "（可用 --deflator 指定）。",
            )
        )
    return notes
