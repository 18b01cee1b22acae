"""The command ``mrqap``: what explains the links, tested by rearranging the regions."""

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    BoundariesOption,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import announce_study, start_run
from regions.messages import NOTHING, say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.inference.network_mrqap import NetworkMrqap
    from regions.messages import Message
    from regions.study import Study
    from regions.words import Words


class OutcomeName(StrEnum):
    """What is explained."""

    LN_WEIGHT = "ln_weight"
    WEIGHT = "weight"
    LINKED = "linked"


OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="NAME,NAME,...",
        help="Predictors: ln_distance, contiguous, same_X, different_X, a measure of the dyads or its ln_, "
        "ln_ratio_X and ln_product_X of an indicator X. By default distance, contiguity and borders.",
    ),
]
OutcomeOption = Annotated[
    OutcomeName, typer.Option("--outcome", help="What is explained: ln(1 + weight), the weight, or whether linked.")
]
PermutationsOption = Annotated[int, typer.Option("--permutations", min=1, help="Rearrangements of the regions.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Of the rearrangements.")]


def mrqap(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    on: OnOption = None,
    outcome: OutcomeOption = OutcomeName.LN_WEIGHT,
    permutations: PermutationsOption = 999,
    seed: SeedOption = 0,
    years: YearsOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    boundaries: BoundariesOption = None,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Regress the links on measures of pairs and test by rearranging the regions (MRQAP).

    Writes mrqap.csv (one row per predictor) and mrqap.xlsx. Pairs that a measure does not know are left out, counted.
    """
    from regionet.steps.worded_tables import write_worded

    with start_run(lang, out, "mrqap.csv", "mrqap.xlsx") as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown, boundaries=boundaries)
        tell(say("progress/pairs").text(lang))
        import geodata
        from analysis.inference.network_mrqap import measure_network_mrqap
        from analysis.networks.network import build_network
        from maps.words.pair_words import MRQAP
        from regions.study_parts.study_selection import select_study

        part = select_study(opened, years=years)
        names = [name.strip() for name in (on or "").replace("，", ",").split(",") if name.strip()]
        network, distances = build_network(part, counting.value), geodata.measure_distances(part)
        chosen = {"permutations": permutations, "seed": seed}
        found = measure_network_mrqap(part, network, distances, on=names, outcome=outcome.value, **chosen)
        table = label_predictors(found, opened)
        notes = [*describe_mrqap(found, outcome, lang), *explain_predictors(table, outcome, lang)]
        write_worded(run, opened, {"mrqap": table}, words=MRQAP, notes=notes, lang=lang, book="mrqap.xlsx")
        asked = {"on": names or list(found.table.index), "outcome": outcome.value, "permutations": permutations}
        more = {"seed": seed, "years": years, "counting": counting.value, "frame": frame, "on_unknown": on_unknown}
        run.finish("mrqap", opened, {**asked, **more, "lang": lang.value})
        if as_json:
            show_json(run, study=opened.name, mrqap=table, notes=notes)
            return
        show(f"\n{_lay_out(table, lang)}\n")
        show("\n".join([*notes, "", *map(str, run.outputs)]))


def label_predictors(found: "NetworkMrqap", study: "Study") -> "pd.DataFrame":
    """Return the table with what every predictor means, in both languages."""
    labels = [_name(str(name), study) for name in found.table.index]
    table = found.table.reset_index()
    table.insert(1, "label", [label[0] for label in labels])
    table.insert(2, "label_zh", [label[1] for label in labels])
    return table


def _name(predictor: str, study: "Study") -> tuple[str, str]:
    from maps.words.codebook import label_column

    for start, en, zh in (
        ("ln_ratio_", "Inequality of {} (|ln ratio|)", "{}差距（对数比绝对值）"),
        ("ln_product_", "Size by {} (ln product)", "{}规模（对数乘积）"),
        ("same_", "Same {}", "同属{}"),
        ("ln_", "ln of {}", "{}（对数）"),
    ):
        rest = predictor.removeprefix(start)
        if predictor.startswith(start) and predictor != "ln_distance":
            told = _name_border(rest) if start == "same_" else study.describe_indicator(rest)[0]
            return en.format(told.en), zh.format(told.zh)
    known = label_column(predictor).label
    known = study.describe_indicator(predictor)[0] if known.en == predictor else known
    return known.en, known.zh


def _name_border(border: str) -> "Words":
    from analysis.expectation.reason_sentences import name_border
    from regions.words import Words

    return Words(name_border(f"different_{border}", "en"), name_border(f"different_{border}", "zh"))


_CLEAR = 0.05
_OUTCOMES = {
    OutcomeName.LN_WEIGHT: "mrqap/ln-weight",
    OutcomeName.WEIGHT: "mrqap/weight",
    OutcomeName.LINKED: "mrqap/linked",
}


def describe_mrqap(found: "NetworkMrqap", outcome: OutcomeName, lang: Language) -> list[str]:
    """Return what was fitted, and what was left out."""
    fit = found.fit
    told = [
        say(
            "mrqap/fitted",
            outcome=say(_OUTCOMES[outcome]),
            regions=found.regions,
            pairs=fit.pairs,
            ordered=say("mrqap/ordered") if fit.directed else NOTHING,
            r_squared=fit.r_squared,
            constant=fit.constant,
            permutations=fit.permutations,
            least=1 / (1 + fit.permutations),
        ),
        say("mrqap/sizes"),
        *(say("mrqap/note", note=note) for note in found.notes),
    ]
    return [each.text(lang) for each in told]


def explain_predictors(table: "pd.DataFrame", outcome: OutcomeName, lang: Language) -> list[str]:
    """Say of each predictor in plain words what goes with it, or that it cannot be told from chance.

    Parameters
    ----------
    table
        As of `label_predictors`: ``predictor``, ``label``, ``label_zh``, ``estimate``, ``p``.
    outcome
        What is explained: of ln(1 + weight) the change is in percent, else in the unit of the outcome.
    """
    from regions.words import Words

    told = [say("mrqap/plain")]
    for row in table.to_dict("records"):
        p, (en, zh) = float(row["p"]), (str(row["label"]), str(row["label_zh"]))
        if str(row["predictor"]).startswith("ln_"):  # the sentence speaks of the thing, and not of its logarithm
            en, zh = en.removeprefix("ln of ").removeprefix("ln "), zh.removesuffix("（对数）").removesuffix("对数")
        label = Words(en[:1].upper() + en[1:], zh)
        if p >= _CLEAR:
            told.append(say("mrqap/unclear", label=label, p=p))
            continue
        how = _say_step(str(row["predictor"]))
        change = _say_change(str(row["predictor"]), float(row["estimate"]), outcome)
        told.append(say("mrqap/clear", label=label, how=how, change=change, p=p))
    return [each.text(lang) for each in told]


def _say_step(predictor: str) -> "Message":
    if predictor.startswith("ln_"):
        return say("mrqap/twice")
    return say("mrqap/where" if _is_either_or(predictor) else "mrqap/one-more")


def _is_either_or(predictor: str) -> bool:
    return predictor == "contiguous" or predictor.startswith(("same_", "different_"))


def _say_change(predictor: str, estimate: float, outcome: OutcomeName) -> "Message":
    """Say what the step of `_say_step` goes with: a logarithm doubles, others grow by one."""
    step = estimate * (math.log(2) if predictor.startswith("ln_") else 1.0)
    if outcome is OutcomeName.LN_WEIGHT:
        change = math.expm1(step)
        return say("mrqap/percent-more" if change > 0 else "mrqap/percent-less", amount=abs(change))
    if outcome is OutcomeName.LINKED:
        return say("mrqap/points-more" if step > 0 else "mrqap/points-less", amount=100 * abs(step))
    return say("mrqap/weight-more" if step > 0 else "mrqap/weight-less", amount=abs(step))


def _lay_out(table: "pd.DataFrame", lang: Language) -> str:
    from maps.words.pair_words import MRQAP
    from regionet.steps.worded_tables import lay_out_worded

    columns = ["predictor", "label", "label_zh", "estimate", "standardised", "t", "p", "correlation", "correlation_p"]
    return lay_out_worded(table[columns], MRQAP, lang)
