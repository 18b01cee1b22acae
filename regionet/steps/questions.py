"""Which questions the data of a study can answer, and what is missing for the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regions.messages import NOTHING, say
from regions.words import Words

if TYPE_CHECKING:
    import pandas as pd

    from regions.study import Study

_FEWEST_REGIONS = 6
_YEARS = 2
_PILLARS = 2
_SCHEME = "five-news"


@dataclass(frozen=True, slots=True)
class Question:
    """One question and whether it can be answered.

    Attributes
    ----------
    what
        The question, as a noun.
    answer
        Whether the data are there; the model may still refuse them.
    why
        What is missing; empty where nothing is.
    """

    what: Words
    answer: bool
    why: Words = NOTHING


def list_questions(study: "Study") -> list[Question]:
    """Return the questions in the order in which a planner asks them: of the network, then of the scorecard.

    Nothing is fitted: it is only looked at what is there. Gaps with region effects need at least six linked regions,
    more linked pairs than regions, and links that do not all pass one region.
    """
    pairs = _list_pairs(study)
    scores = Question(say("question/scores").words, not pairs.empty, NOTHING if len(pairs) else say("lack/links").words)
    return [
        scores,
        _ask_effects(study, pairs),
        _ask_masses(study, pairs),
        _ask_partners(study),
        _ask_years(study),
        _ask_spillover(study, pairs),
        *_ask_scorecard(study),
    ]


def _list_pairs(study: "Study") -> "pd.DataFrame":
    """Return the linked pairs of units, each once."""
    import pandas as pd

    from regions.records.count_links import count_region_links

    if study.links is None and study.records is None:
        return pd.DataFrame({"source": [], "target": []}, dtype="str")
    table = count_region_links(study).table
    here = table[["source", "target"]].isin(study.regions.index).all(axis=1) & (table["source"] != table["target"])
    ends = table.loc[here, ["source", "target"]]
    return pd.DataFrame({"source": ends.min(axis=1), "target": ends.max(axis=1)}).drop_duplicates()


def _ask_effects(study: "Study", pairs: "pd.DataFrame") -> Question:
    what = say("question/effects").words
    linked = set(pairs["source"]) | set(pairs["target"])
    if len(linked) < _FEWEST_REGIONS:
        return Question(what, answer=False, why=say("lack/regions", count=len(linked), needed=_FEWEST_REGIONS).words)
    hub = _find_hub(pairs)
    if hub is not None:
        name = Words(study.regions["name"][hub], study.regions["name_zh"][hub])
        return Question(what, answer=False, why=say("lack/one-region", region=name).words)
    if len(pairs) <= len(linked):
        return Question(what, answer=False, why=say("lack/pairs", pairs=len(pairs), regions=len(linked)).words)
    return Question(what, answer=True)


def _find_hub(pairs: "pd.DataFrame") -> str | None:
    """Return the region through which every link passes, None where there is none."""
    ends = [set(pair) for pair in pairs.itertuples(index=False, name=None)]
    shared = set.intersection(*ends) if ends else set()
    return min(shared) if shared else None


def _ask_masses(study: "Study", pairs: "pd.DataFrame") -> Question:
    """Masses are an indicator that most of the regions have; distances are needed in any case."""
    from regions.errors import MethodError
    from regions.study_parts.study_masses import find_mass

    what = say("question/masses").words
    if pairs.empty:
        return Question(what, answer=False, why=say("lack/links").words)
    linked = sorted(set(pairs["source"]) | set(pairs["target"]))
    try:
        find_mass(study, linked)
    except MethodError:
        return Question(what, answer=False, why=say("lack/mass").words)
    placed = study.points().reindex(linked).notna().all(axis=1)
    if not placed.all() and study.maps.boundaries is None:
        return Question(what, answer=False, why=say("lack/points", count=int((~placed).sum())).words)
    return Question(what, answer=True)


def _ask_partners(study: "Study") -> Question:
    what = say("question/partners").words
    if study.actors is None or study.records is None:
        return Question(what, answer=False, why=say("lack/actors").words)
    return Question(what, answer=True)


def _ask_years(study: "Study") -> Question:
    table = study.links if study.links is not None else study.records
    years = int(table["year"].nunique()) if table is not None and "year" in table else 0
    undated = say("lack/years", count=years) if years else say("lack/year")
    waiting = sorted({int(year) for rows in study.other_years.values() for year in rows["year"].dropna()})
    if years and waiting:
        undated = say(
            "lack/years-compare", count=years, others=Words(", ".join(map(str, waiting)), "、".join(map(str, waiting)))
        )
    lack = say("lack/links") if table is None else undated
    why = NOTHING if years >= _YEARS else lack.words
    return Question(say("question/years").words, years >= _YEARS, why)


def _ask_spillover(study: "Study", pairs: "pd.DataFrame") -> Question:
    what = say("question/spillover").words
    if pairs.empty:
        return Question(what, answer=False, why=say("lack/links").words)
    table = study.indicators
    if table is None or not table["code"].isin(study.regions.index).any():
        return Question(what, answer=False, why=say("lack/indicator").words)
    chosen = Question(what, answer=True)
    return chosen if study.indicator is not None else _look_for_whole(study, chosen)


def _look_for_whole(study: "Study", question: Question) -> Question:
    """Where the study names no indicator, one that every region has may be asked for."""
    table = study.indicators
    assert table is not None  # noqa: S101 - the caller has looked
    here = table[table["code"].isin(study.regions.index)]
    whole = here.groupby("year").count().max() >= len(study.regions)
    names = [str(name) for name in whole.index[whole] if name not in {"code", "year"}]
    if names:
        return question
    return Question(question.what, answer=False, why=say("lack/whole-indicator").words)


def _ask_scorecard(study: "Study") -> Iterator[Question]:
    """Ask what ``index`` and ``profile`` answer; one question where the regions have no indicator at all."""
    from regions.indicators.known_columns import recognise_columns

    table = study.indicators
    if table is None or not table["code"].isin(study.regions.index).any():
        yield Question(say("question/scorecard").words, answer=False, why=say("lack/indicator").words)
        return
    known, _ = recognise_columns(study)
    yield from _ask_index(known)
    yield _ask_growth(known)
    yield _ask_inequality(known)
    yield _ask_productivity(known)


def _ask_index(study: "Study") -> Iterator[Question]:
    """Ask for the index and the coupling of pillars, by the scheme that is taken when none is named."""
    from regions.errors import MethodError
    from regions.schemes.indicator_scheme import read_scheme
    from regions.schemes.indicator_values import compute_indicators

    scheme = read_scheme(_SCHEME)
    try:
        found = compute_indicators(study, scheme)
    except MethodError:
        why = say("lack/scheme", wanted=[each.name for each in scheme.indicators]).words
        yield Question(say("question/index").words, answer=False, why=why)
        return
    held = [name for key, name in scheme.pillars.items() if key not in found.empty_pillars]
    of = {"count": len(found.indicators), "pillars": held}
    yield Question(say("question/index-of", **of).words, answer=True)
    enough = len(held) >= _PILLARS
    yield Question(say("question/coupling").words, enough, NOTHING if enough else say("lack/pillars", held=held).words)


def _ask_growth(study: "Study") -> Question:
    from analysis.development.constant_prices import choose_real_column
    from regions.errors import MethodError

    what, table = say("question/growth").words, study.indicators
    assert table is not None  # noqa: S101 - the caller has looked
    try:
        column = choose_real_column(study)
    except MethodError as error:
        return Question(what, answer=False, why=error.words)
    years = int(table.loc[table["code"].isin(study.regions.index) & table[column].notna(), "year"].nunique())
    return Question(what, years >= _YEARS, NOTHING if years >= _YEARS else say("lack/years", count=years).words)


def _ask_inequality(study: "Study") -> Question:
    from regionet.steps.scorecard.parts.scorecard_balance import take_per_head
    from regions.errors import MethodError

    what = say("question/inequality").words
    try:
        values, _, _ = take_per_head(study)
    except MethodError as error:
        return Question(what, answer=False, why=error.words)
    return Question(what, not values.empty, say("lack/per-head").words if values.empty else NOTHING)


def _ask_productivity(study: "Study") -> Question:
    from analysis.productivity.study_productivity import USUAL

    table = study.indicators
    assert table is not None  # noqa: S101 - the caller has looked
    lacking = [name for column, name in USUAL.items() if column not in table]
    why = say("lack/columns", lacking=lacking).words if lacking else NOTHING
    return Question(say("question/productivity").words, not lacking, why)
