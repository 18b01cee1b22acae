"""The sentences of the brief, word for word as the page says them: the headline, three gaps, how sure.

The page makes them in ``maps/static/scripts/model/answers.js``, for any language and year; a test in the browser holds
both alike.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.expectation.reason_sentences import name_border
from analysis.gaps.reasons import NOTABLE
from maps.page.plain_values import cut_name, tidy
from maps.page.short_names import shorten_names
from maps.words.answer_text import ANSWERS
from maps.words.number_words import write_count, write_due, write_number
from regions.schema.field_words import name_field
from regions.study import Study
from regions.words import Words

GAPS_TOLD = 3
CALLED = 2
_SIGNIFICANT = 0.05
_SENTENCE = re.compile(r"^.*?(?:。|[.](?=\s|$))", re.DOTALL)
_LEVELS = ("province", "city")


@dataclass(frozen=True, slots=True)
class ToldGap:
    """One gap of the brief in words.

    Attributes
    ----------
    source, target
        Short names of both regions.
    place
        Place in the register, from 1.
    grade
        ``strong``, ``moderate``, ``weak`` or ``none``.
    times, sure, why, todo
        Actual and due; how sure; why it is a gap, or that it is within chance; what to do.
    call
        Whom to call, a pair of actors each; a single sentence where nobody can be named.
    """

    source: Words
    target: Words
    place: int
    grade: str
    times: Words
    sure: Words
    why: Words
    todo: Words
    call: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What the brief says.

    Attributes
    ----------
    headline, due, certainty
        One sentence; what is meant by due; how sure, ending with the first limit of the data.
    gaps
        Up to three.
    """

    headline: Words
    due: Words
    certainty: Words
    gaps: tuple[ToldGap, ...]


def tell_brief(
    study: Study, gaps: pd.DataFrame, *, names: Mapping[str, Words], partners: pd.DataFrame, counting: str
) -> Brief:
    """Say the brief of a register, in both languages, word for word as the page does.

    Parameters
    ----------
    study
        Its level names the regions; its first limit ends the certainty.
    gaps
        The whole register in its order, with ``factor_...`` and ``shared_fields`` for the rows that are told.
    names
        Code -> short names.
    partners
        Pairs of actors, the best first; may be empty.
    counting
        Of the network; only full counts are times.
    """
    rows = choose_told(gaps)
    teller = _Teller(gaps, names, partners, counting)
    supported = len(rows) > 0 and str(rows["grade"].iloc[0]) != "none"
    return Brief(
        _say_headline(teller, rows, study, supported=supported),
        ANSWERS["brief_due"],
        _say_certainty(gaps, rows, study, supported=supported),
        tuple(teller.tell(index) for index in rows.index),
    )


def choose_told(gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the brief: up to three with evidence, else the largest shortfalls there are."""
    below = gaps[gaps["gap"] > 0]
    supported = below[below["grade"] != "none"]
    if len(supported):
        return supported.head(GAPS_TOLD)
    return below.sort_values("gap", ascending=False, kind="stable").head(GAPS_TOLD)


def name_regions(study: Study, codes: Sequence[str]) -> dict[str, Words]:
    """Return code -> short names, as they stand on the map; ``codes`` are all regions drawn."""
    every = pd.concat([study.regions, study.surroundings]) if len(study.surroundings) else study.regions
    table = every.reindex(list(codes))
    short = [shorten_names(table[column].fillna("").astype(str).tolist()) for column in ("name", "name_zh")]
    return {code: Words(en, zh) for code, en, zh in zip(codes, *short, strict=True)}


def fill(key: str, **values: Words | str) -> Words:
    """Return the words of the catalogue with their blanks filled in."""
    said = []
    for language in ("en", "zh"):
        plain = {name: value.text(language) if isinstance(value, Words) else value for name, value in values.items()}
        said.append(ANSWERS[key].text(language).format(**plain))
    return Words(*said)


def cut_sentence(words: str) -> str:
    """Return the first sentence."""
    found = _SENTENCE.match(words)
    return found.group(0) if found else words


@dataclass(frozen=True, slots=True)
class _Teller:
    """What is needed to word a gap."""

    gaps: pd.DataFrame
    names: Mapping[str, Words]
    partners: pd.DataFrame
    counting: str

    def tell(self, index: Any) -> ToldGap:  # noqa: ANN401 - a label of the register, whatever it is
        row = self.gaps.loc[index].to_dict()
        ends = (self.names[row["source"]], self.names[row["target"]])
        grade = str(row["grade"])
        words = {"observed": _count(row["observed"]), "expected": _due(row["expected"])}
        return ToldGap(
            *ends,
            self.gaps.index.tolist().index(index) + 1,
            grade,
            fill("times_full" if self.counting == "full" else "times", **words),
            ANSWERS[f"sure_{grade}"],
            _say_why(row, ends) if grade != "none" else _say_chance(row, ends),
            _say_todo(row),
            self._call(row),
        )

    def _call(self, row: Mapping[str, Any]) -> tuple[Words, ...]:
        table = self.partners
        if table.empty:
            return (ANSWERS["call_nobody"],)
        found = table[(table["source"] == row["source"]) & (table["target"] == row["target"])].head(CALLED)
        called = [
            Words(f"{one['source_name']} ↔ {one['target_name']}", f"{one['source_name_zh']} ↔ {one['target_name_zh']}")
            for one in found.to_dict("records")
        ]
        return tuple(called) or (ANSWERS["call_nobody"],)


def _count(value: float) -> str:
    return write_count(tidy([value])[0])


def _due(value: float) -> str:
    return write_due(tidy([value])[0])


def _join(parts: Sequence[Words], glue: Words) -> Words:
    return Words(glue.en.join(part.en for part in parts), glue.zh.join(part.zh for part in parts))


_COMMA, _SENTENCES = Words(", ", "，"), Words(" ", "")


def _say_headline(teller: _Teller, rows: pd.DataFrame, study: Study, *, supported: bool) -> Words:
    if rows.empty:
        return ANSWERS["brief_no_pair"]
    first = rows.iloc[0]
    ends = {"a": teller.names[first["source"]], "b": teller.names[first["target"]]}
    if not supported:
        return fill("brief_none", **ends)
    alike = int((rows["grade"] == first["grade"]).sum())
    levels = set(study.regions["level"].fillna("").astype(str)) if "level" in study.regions else set()
    level = levels.pop() if len(levels) == 1 else ""
    regions = ANSWERS[f"of_{level if level in _LEVELS else 'region'}"]
    return fill(
        "brief_head", n=ANSWERS[f"count_{alike}"], regions=regions, verb=ANSWERS[f"below_{first['grade']}"], **ends
    )


def _say_certainty(gaps: pd.DataFrame, rows: pd.DataFrame, study: Study, *, supported: bool) -> Words:
    counted = write_number(len(gaps), 0)
    significant = int((gaps["q"] < _SIGNIFICANT).sum()) if "q" in gaps else 0
    if not supported:
        said = fill("certain_chance", all=counted)
    elif significant:
        said = fill("certain_some", all=counted, n=write_number(significant, 0))
    else:
        said = fill("certain_none", all=counted, alone=ANSWERS[f"alone_{rows['grade'].iloc[0]}"])
    limits = [limit.words for limit in study.limits[:1]]
    first = [Words(cut_sentence(limit.en), cut_sentence(limit.zh)) for limit in limits]
    return _join([said, *first, ANSWERS["certain_use"]], _SENTENCES)


def _find_factors(row: Mapping[str, Any], ends: tuple[Words, Words]) -> tuple[list[Words], list[Words]]:
    """Say what raises and what lowers the expectation of a pair, against the typical pair."""
    masses = [_factor(row, name) for name in ("source", "target")]
    many = [name for name, mass in zip(ends, masses, strict=True) if mass >= NOTABLE]
    both = [ANSWERS["why_both_many"]]
    raised = both if len(many) == len(ends) else [fill("why_one_many", name=name) for name in many]
    raised = list(raised)
    few = [name for name, mass in zip(ends, masses, strict=True) if mass <= 1 / NOTABLE]
    lowered = [fill("why_one_few", name=name) for name in few]
    known = [str(name).removeprefix("factor_") for name in row if str(name).startswith("factor_")]
    for name in [each for each in known if each in row and each not in {"source", "target", "typical"}]:
        factor = _factor(row, name)
        if 1 / NOTABLE < factor < NOTABLE:
            continue
        (raised if factor > 1 else lowered).append(_say_factor(row, name, factor))
    return raised, lowered


def _factor(row: Mapping[str, Any], name: str) -> float:
    found = tidy([row.get(f"factor_{name}")], digits=3)[0]
    return 1.0 if found is None else found


def _say_factor(row: Mapping[str, Any], name: str, factor: float) -> Words:
    if name == "ln_distance":
        away = write_number(tidy([row["distance_km"]])[0], 0)
        return fill("why_near" if factor > 1 else "why_far", n=away)
    if name == "contiguous":
        return ANSWERS["why_touch" if row[name] else "why_apart"]
    border = Words(name_border(name, "en"), name_border(name, "zh"))
    if name.startswith("different_"):
        return fill("why_different" if row[name] else "why_same", border=border)
    return fill("why_other", name=border)


def _say_why(row: Mapping[str, Any], ends: tuple[Words, Words]) -> Words:
    raised, _ = _find_factors(row, ends)
    little = "why_little" if row["observed"] < row["expected"] / 2 else "why_less"
    key = little if row["observed"] else "why_no_record"
    said = _join([*(raised[:2] or [ANSWERS["why_plain"]]), ANSWERS[key]], _COMMA)
    return Words(said.en[0].upper() + said.en[1:], said.zh)


def _say_chance(row: Mapping[str, Any], ends: tuple[Words, Words]) -> Words:
    """Say what an unsupported gap is made of; nothing here reads as a reason for a gap."""
    figures = {"observed": _count(row["observed"]), "expected": _due(row["expected"])}
    bare = pd.isna(row.get("low")) or pd.isna(row.get("high"))
    likely = {} if bare else {"low": _count(row["low"]), "high": _count(row["high"])}
    said = [fill("why_chance_bare" if bare else "why_chance", **figures, **likely)]
    raised, lowered = _find_factors(row, ends)
    said += [fill("why_made_of", parts=_join(raised, _COMMA))] if raised else []
    said += [fill("why_allowed", parts=_join(lowered, _COMMA))] if lowered else []
    return _join(said, _SENTENCES)


def _say_todo(row: Mapping[str, Any]) -> Words:
    shared = row.get("shared_fields")
    fields = [name_field(cut_name(name)) for name in shared.split("\n") if name] if isinstance(shared, str) else []
    if fields:
        return fill("do_fields", fields=_join(fields, Words(", ", "、")))
    overlap = row.get("field_overlap")
    return ANSWERS["do_unknown" if overlap is None or pd.isna(overlap) else "do_closest"]
