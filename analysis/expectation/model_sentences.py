"""The findings of a gravity model in plain words, Chinese and English."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pandas as pd

from analysis.expectation.reason_sentences import name_border
from regions.words import Words


class _FittedModel(Protocol):
    """What is told of a model, as `analysis.expectation.model.GravityModel` has it."""

    @property
    def directed(self) -> bool: ...
    @property
    def family(self) -> str: ...
    @property
    def effects(self) -> str: ...
    @property
    def pairs(self) -> int: ...
    @property
    def regions(self) -> int: ...
    @property
    def coefficients(self) -> pd.DataFrame: ...
    @property
    def dispersion(self) -> float: ...
    @property
    def pseudo_r2(self) -> float: ...
    @property
    def dropped(self) -> Sequence[Any]: ...
    @property
    def notes(self) -> Sequence[Words]: ...
    @property
    def tally(self) -> Any: ...  # noqa: ANN401 - a tally, or None


_NAMED = 5
_EFFECTS_EN = {"region": "one effect per region", "mass": "masses of the regions"}
_EFFECTS_ZH = {"region": "每个地区一个效应", "mass": "以地区规模为引力模型的规模变量"}
_LABELS_EN = {
    "ln_distance": "elasticity of distance",
    "contiguous": "sharing a border",
    "ln_mass": "elasticity of mass",
    "ln_mass_source": "elasticity of the mass of the source",
    "ln_mass_target": "elasticity of the mass of the target",
    "technological_distance": "distance between fields",
    "actor_mix_distance": "distance between kinds of actors",
}
_LABELS_ZH = {
    "ln_distance": "距离弹性",
    "contiguous": "相邻",
    "ln_mass": "规模弹性",
    "ln_mass_source": "来源地规模弹性",
    "ln_mass_target": "目的地规模弹性",
    "different_group": "不同组",
    "technological_distance": "技术领域距离",
    "actor_mix_distance": "主体构成差异",
}
_HARDLY = 0.005  # less is 0.00 in print


def describe_model(model: _FittedModel, language: str) -> str:
    """Return data, coefficients, dispersion and what was dropped, in one run of sentences."""
    return _model_zh(model) if language == "zh" else _model_en(model)


def describe_gaps(model: _FittedModel, language: str) -> str:
    """Return how many pairs are significant, and what the grades then mean; empty before gaps are ranked."""
    if model.tally is None:
        return ""
    return _gaps_zh(model) if language == "zh" else _gaps_en(model)


def _model_en(model: _FittedModel) -> str:
    kind = "ordered" if model.directed else "unordered"
    form = f"{model.family.upper()}, {_EFFECTS_EN[model.effects]}"
    first = (
        f"Gravity model ({form}) of {model.pairs:,} {kind} pairs of {model.regions} regions"
        f"{_list_coefficients(model, _name_en, (': ', '; '))}."
    )
    chance = _describe_chance(model.dispersion, "en")
    notes = [f"{note.en[0].upper()}{note.en[1:]}." for note in model.notes]
    return " ".join([first, chance, f"Pseudo R² {model.pseudo_r2:.2f}.", *_list_dropped(model, "en"), *notes])


def _model_zh(model: _FittedModel) -> str:
    kind = "有向" if model.directed else "无向"
    form = f"{model.family.upper()}，{_EFFECTS_ZH[model.effects]}"
    first = (
        f"引力模型（{form}），{model.regions} 个地区、{model.pairs:,} 个{kind}地区对"
        f"{_list_coefficients(model, _name_zh, ('：', '；'))}。"
    )
    chance = _describe_chance(model.dispersion, "zh")
    notes = [f"{note.zh}。" for note in model.notes]
    return "".join([first, chance, f"伪 R² 为 {model.pseudo_r2:.2f}。", *_list_dropped(model, "zh"), *notes])


def _describe_chance(dispersion: float, language: str) -> str:
    """Say whether counts scatter more than chance; a dispersion that would be printed as 0.00 is hardly more."""
    zh = language == "zh"
    if dispersion == 0:
        return "计数的波动不超过随机水平（泊松）。" if zh else "The counts vary no more than chance (Poisson)."
    if dispersion < _HARDLY:
        hardly = f"The counts vary hardly more than chance (NB2 dispersion below {_HARDLY})."
        return f"计数的波动几乎不超过随机水平（NB2 离散参数小于 {_HARDLY}）。" if zh else hardly
    more = f"The counts vary more than chance alone (NB2 dispersion {dispersion:.2f})."
    return f"计数的波动大于随机水平（NB2 离散参数 {dispersion:.2f}）。" if zh else more


def _list_coefficients(model: _FittedModel, label: Callable[[str], str], marks: tuple[str, str]) -> str:
    """Say elasticities as such and dummies also as percentages."""
    rows = model.coefficients[["estimate", "error", "percent"]].itertuples()
    said = [
        f"{label(name)} {b:.2f} ± {error:.2f}" + ("" if name.startswith("ln_") else f" ({percent:+.0f} %)")
        for name, b, error, percent in rows
    ]
    return marks[0] + marks[1].join(said) if said else ""


def _name_en(covariate: str) -> str:
    return _LABELS_EN.get(covariate, covariate.replace("_", " "))


def _name_zh(covariate: str) -> str:
    if covariate not in _LABELS_ZH and covariate.startswith("different_"):
        return f"不同{name_border(covariate, 'zh')}"
    return _LABELS_ZH.get(covariate, covariate)


def _list_dropped(model: _FittedModel, language: str) -> list[str]:
    """One sentence per reason, with the first few names."""
    groups: dict[str, list[str]] = {}
    for item in model.dropped:
        groups.setdefault(item.reason.text(language), []).append(item.name.text(language))
    say = _dropped_zh if language == "zh" else _dropped_en
    return [say(reason, names) for reason, names in groups.items()]


def _dropped_en(reason: str, names: list[str]) -> str:
    more = ", ..." if len(names) > _NAMED else ""
    return f"Left out: {len(names)} regions with {reason} ({', '.join(names[:_NAMED])}{more})."


def _dropped_zh(reason: str, names: list[str]) -> str:
    more = "等" if len(names) > _NAMED else ""
    return f"未纳入 {len(names)} 个地区（{reason}）：{'、'.join(names[:_NAMED])}{more}。"


def _gaps_en(model: _FittedModel) -> str:
    if model.tally is None:
        return ""
    tally = model.tally
    found = (
        f"{tally.significant} significant after correcting for {model.pairs:,} tests (q < .05)."
        if tally.significant
        else f"None is significant after correcting for {model.pairs:,} tests (q < .05): "
        "the ranking gives leads, not proof."
    )
    return (
        f"{tally.below:,} pairs collaborate less than expected, {tally.suggestive} of them at p < .05. {found} "
        f"Evidence: {tally.grades['strong']} strong, {tally.grades['moderate']} moderate, {tally.grades['weak']} weak."
    )


def _gaps_zh(model: _FittedModel) -> str:
    if model.tally is None:
        return ""
    tally = model.tally
    found = (
        f"经 {model.pairs:,} 次检验校正后，{tally.significant} 对显著（q < 0.05）。"
        if tally.significant
        else f"经 {model.pairs:,} 次检验校正后，没有一对显著（q < 0.05）：排序给出的是线索，不是定论。"
    )
    return (
        f"{tally.below:,} 对地区的合作少于期望，其中 {tally.suggestive} 对 p < 0.05。{found}"
        f"证据分级：强 {tally.grades['strong']}，中 {tally.grades['moderate']}，弱 {tally.grades['weak']}。"
    )
