"""The findings of a gravity model in plain words, Chinese and English."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.gravity import GravityModel

_NAMED = 5


def describe_model(model: "GravityModel", language: str) -> str:
    """Return data, coefficients, dispersion and what was dropped, in one run of sentences."""
    return _model_zh(model) if language == "zh" else _model_en(model)


def describe_gaps(model: "GravityModel", language: str) -> str:
    """Return how many pairs are significant, and what the grades then mean."""
    return _gaps_zh(model) if language == "zh" else _gaps_en(model)


def _model_en(model: "GravityModel") -> str:
    kind = "ordered" if model.directed else "unordered"
    return (
        f"Gravity model (PPML, one effect per region) of {model.pairs:,} {kind} pairs of {model.regions} regions: "
        f"{_coefficients(model, '; ')}. {_dispersion_en(model)} Pseudo R2 {model.pseudo_r2:.2f}.{_dropped_en(model)}"
        + "".join(f" {note.en[0].upper()}{note.en[1:]}." for note in model.notes)
    )


def _model_zh(model: "GravityModel") -> str:
    kind = "有向" if model.directed else "无向"
    return (
        f"引力模型（PPML，每个地区一个效应），{model.regions} 个地区、{model.pairs:,} 个{kind}地区对："
        f"{_coefficients(model, '；')}。{_dispersion_zh(model)}伪 R² 为 {model.pseudo_r2:.2f}。{_dropped_zh(model)}"
        + "".join(f"{note.zh}。" for note in model.notes)
    )


def _coefficients(model: "GravityModel", comma: str) -> str:
    rows = model.coefficients[["estimate", "error"]].itertuples()
    return comma.join(f"{name} {b:.3f} ± {error:.3f}" for name, b, error in rows)


def _dispersion_en(model: "GravityModel") -> str:
    if model.dispersion == 0:
        return "The counts vary no more than chance (Poisson)."
    return f"The counts vary more than chance alone (NB2 dispersion {model.dispersion:.3f})."


def _dispersion_zh(model: "GravityModel") -> str:
    if model.dispersion == 0:
        return "计数的波动不超过随机水平（泊松）。"
    return f"计数的波动大于随机水平（NB2 离散参数 {model.dispersion:.3f}）。"


def _dropped_en(model: "GravityModel") -> str:
    if not model.dropped:
        return ""
    names = ", ".join(f"{item.name.en} ({item.reason.en})" for item in model.dropped[:_NAMED])
    rest = f" and {len(model.dropped) - _NAMED} more" if len(model.dropped) > _NAMED else ""
    return f" {len(model.dropped)} regions are left out: {names}{rest}."


def _dropped_zh(model: "GravityModel") -> str:
    if not model.dropped:
        return ""
    names = "、".join(f"{item.name.zh}（{item.reason.zh}）" for item in model.dropped[:_NAMED])
    rest = f"等 {len(model.dropped)} 个" if len(model.dropped) > _NAMED else ""
    return f"未纳入 {len(model.dropped)} 个地区：{names}{rest}。"


def _gaps_en(model: "GravityModel") -> str:
    if model.tally is None:
        return ""
    tally = model.tally
    found = (
        f"{tally.significant} of them are significant after correcting for {model.pairs:,} tests (q < .05)."
        if tally.significant
        else f"None is significant after correcting for {model.pairs:,} tests (q < .05): the register ranks "
        "hints, not proofs."
    )
    return (
        f"{tally.below:,} pairs collaborate less than expected, {tally.suggestive} of them at p < .05. {found} "
        f"Evidence: {tally.grades['strong']} strong, {tally.grades['moderate']} moderate, {tally.grades['weak']} weak."
    )


def _gaps_zh(model: "GravityModel") -> str:
    if model.tally is None:
        return ""
    tally = model.tally
    found = (
        f"经 {model.pairs:,} 次检验校正后，{tally.significant} 对显著（q < 0.05）。"
        if tally.significant
        else f"经 {model.pairs:,} 次检验校正后，没有一对显著（q < 0.05）：下表排列的是线索，不是定论。"
    )
    return (
        f"{tally.below:,} 对地区的合作少于期望，其中 {tally.suggestive} 对 p < 0.05。{found}"
        f"证据分级：强 {tally.grades['strong']}，中 {tally.grades['moderate']}，弱 {tally.grades['weak']}。"
    )
