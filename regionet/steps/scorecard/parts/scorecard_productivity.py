"""The productivity of a scorecard: from what to what, at which prices, and the change from year to year."""

from analysis.productivity.study_productivity import Productivity, list_price_indices, measure_productivity
from analysis.productivity.variable_choice import choose_variables
from regionet.steps.scorecard.scorecard_result import Scorecard, put_region_names
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

_DEFLATORS = ("gdp_deflator", "deflator", "price_index")
_AS_BEFORE = Words("ratio; 1: as the year before", "比值，1 为与上年持平")


def check_deflator(study: Study, deflator: str | None) -> None:
    """Refuse a price index that the study does not have.

    Raises
    ------
    MethodError
        With the price indices that there are.
    """
    known = [] if study.indicators is None else [str(name) for name in study.indicators]
    if deflator is not None and deflator not in known:
        indices = list_price_indices(study, [name for name in known if name not in {"code", "year"}])
        raise MethodError(say("productivity/deflator", deflator=deflator, known=indices))


def find_productivity(card: Scorecard) -> None:
    """Measure productivity with the variables that were asked for, or what the study has of the usual ones."""
    query = card.query
    known = [] if card.study.indicators is None else list(card.study.indicators)
    deflator = query.deflator or next((name for name in _DEFLATORS if name in known), None)
    chosen = choose_variables(card.study, query.inputs, query.outputs, deflator=deflator)
    found = measure_productivity(
        card.study,
        inputs=chosen.inputs,
        outputs=chosen.outputs,
        deflator=deflator,
        draws=query.bootstrap,
        seed=query.seed,
    )
    table = put_region_names(card, found.table.reset_index())
    unit = {"unit": _AS_BEFORE.en, "unit_zh": _AS_BEFORE.zh}
    card.tables["productivity"] = table.assign(**unit)
    card.tables["productivity_means"] = found.means.reset_index().assign(**unit)
    card.notes += [_tell_system(card.study, found), *chosen.notes, *found.notes]


def _tell_system(study: Study, found: Productivity) -> Words:
    """Say from what to what productivity is measured."""
    parts = [[study.describe_indicator(column)[0] for column in columns] for columns in (found.inputs, found.outputs)]
    en, zh = ([mark.join(w.text(lang) for w in part) for part in parts] for lang, mark in (("en", ", "), ("zh", "、")))
    return Words(
        f"Productivity (Malmquist) from {en[0]} to {en[1]}.", f"生产率（Malmquist）：投入为{zh[0]}，产出为{zh[1]}。"
    )
