"""The words of a reason: facts in, one sentence out, Chinese or English."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from regions.words import Words

LITTLE, MUCH = 0.25, 0.75
_LONGEST = 60
_BORDERS_ZH = {
    "parent": "上级地区",
    "province": "省份",
    "macro_region": "大区",
    "country": "国家",
    "region": "大区",
    "sector": "部门（科研或产业）",
    "ownership": "所有制",
}
_KINDS = {
    "enterprise": Words("enterprises", "企业"),
    "university": Words("universities", "高校"),
    "institute": Words("research institutes", "科研院所"),
    "government": Words("government bodies", "政府机构"),
    "platform": Words("platforms", "平台"),
}


def say_reason(row: Mapping[str, Any], facts: Mapping[str, Any], ends: Sequence[str], *, language: str) -> str:
    """Put the facts of a pair into one sentence.

    Parameters
    ----------
    row
        A row of the register: ``observed``, ``expected``, ``low``, ``high``, ``gap``, ``distance_km``.
    facts
        ``typical``; ``large``, ``small``: (end, factor) of the regions; ``raised``, ``lowered``: (covariate, factor,
        value); ``borders``: (covariate, percent) that the pair crosses; ``overlap``: (cosine, rank among the pairs),
        NaN when unknown; ``kinds``: leading (kind, share) of both ends, or None.
    ends
        Names of source and target.
    language
        ``zh`` or ``en``.
    """
    names = [clean_name(name) for name in ends]
    return _say_zh(row, facts, names) if language == "zh" else _say_en(row, facts, names)


def clean_name(name: str) -> str:
    """Return a name without control and direction characters, on one line, at most 60 characters long."""
    if not name.isprintable():  # as nearly all names are
        name = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in name)
    plain = " ".join(name.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def name_border(covariate: str, language: str) -> str:
    """Return what a covariate ``different_X`` compares, as a word: X with blanks, or its Chinese name if known."""
    border = covariate.removeprefix("different_")
    return _BORDERS_ZH.get(border, border.replace("_", " ")) if language == "zh" else border.replace("_", " ")


def format_count(value: float) -> str:
    """Return a weight as a reader wants it: whole numbers whole, large ones rounded, small ones with two digits."""
    if value == round(value) or abs(value) >= 100:  # noqa: PLR2004 - a tenth of 100 links tells nobody anything
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def _range(row: Mapping[str, Any], word: str) -> str:
    return f"{format_count(row['low'])}{word}{format_count(row['high'])}"


def _say_en(row: Mapping[str, Any], facts: Mapping[str, Any], names: Sequence[str]) -> str:
    seen, due = format_count(row["observed"]), format_count(row["expected"])
    if row["gap"] <= 0:
        return f"No shortfall: {seen} observed, {due} expected."
    raised = [*_large_en(facts["large"], names), *(_factor_en(each, row) for each in facts["raised"])]
    lowered = [*_small_en(facts["small"], names), *(_factor_en(each, row) for each in facts["lowered"])]
    lowered += [
        f"a different {name_border(name, 'en')} takes {-percent:.0f} % away" for name, percent in facts["borders"]
    ]
    why = f"mainly because {_join_en(raised)}" if raised else "as nothing sets the pair apart from others"
    typical = format_count(facts["typical"])
    parts = [f"Expected {due} (likely {_range(row, ' to ')}, a typical pair {typical}) {why}, observed {seen}"]
    if lowered:
        parts.append(f"the expectation already allows for this: {_join_en(lowered)}")
    return "; ".join([*parts, *_overlap_en(*facts["overlap"]), *_kinds_en(facts["kinds"], names)]) + "."


def _large_en(large: Sequence[tuple[int, float]], names: Sequence[str]) -> list[str]:
    said = " and ".join(f"{names[end]} ×{factor:.1f}" for end, factor in large)
    return [] if not large else [f"{'both regions have' if len(large) > 1 else 'one region has'} many links ({said})"]


def _small_en(small: Sequence[tuple[int, float]], names: Sequence[str]) -> list[str]:
    said = " and ".join(f"{names[end]} ×{factor:.1f}" for end, factor in small)
    return [] if not small else [f"{'both regions have' if len(small) > 1 else 'one region has'} few links ({said})"]


def _factor_en(fact: tuple[str, float, float], row: Mapping[str, Any]) -> str:
    name, factor, value = fact
    if name == "ln_distance":
        return f"they lie {'only ' if factor > 1 else ''}{row['distance_km']:,.0f} km apart (×{factor:.1f})"
    if name == "contiguous":
        return f"they {'share' if value else 'do not share'} a border (×{factor:.1f})"
    if name.startswith("different_"):
        return f"they lie in {'different' if value else 'the same'} {name_border(name, 'en')} (×{factor:.1f})"
    return f"their {name.replace('_', ' ')} is {value:.3g} (×{factor:.1f})"


def _join_en(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _overlap_en(cosine: float, rank: float) -> list[str]:
    if not cosine >= 0:
        return []
    word = "less than most" if rank <= LITTLE else ("more than most" if rank >= MUCH else "about as others")
    return [f"their fields overlap {word} (cosine {cosine:.2f})"]


def _kinds_en(kinds: tuple[tuple[str, float], tuple[str, float]] | None, names: Sequence[str]) -> list[str]:
    if kinds is None:
        return []
    said = [
        f"in {name} mostly {_KINDS.get(kind, (kind, kind))[0]} take part ({share:.0%})"
        for name, (kind, share) in zip(names, kinds, strict=True)
    ]
    return [", ".join(said)]


def _say_zh(row: Mapping[str, Any], facts: Mapping[str, Any], names: Sequence[str]) -> str:
    seen, due = format_count(row["observed"]), format_count(row["expected"])
    if row["gap"] <= 0:
        return f"没有不足：实际 {seen}，期望 {due}。"
    raised = [*_mass_zh(facts["large"], names, "多"), *(_factor_zh(each, row) for each in facts["raised"])]
    lowered = [*_mass_zh(facts["small"], names, "少"), *(_factor_zh(each, row) for each in facts["lowered"])]
    lowered += [f"不同{name_border(name, 'zh')}使其减少 {-percent:.0f}%" for name, percent in facts["borders"]]
    why = f"主要因为{'，'.join(raised)}" if raised else "这一对没有突出之处"
    parts = [
        f"期望 {due}（区间 {_range(row, ' 至 ')}，典型的两地 {format_count(facts['typical'])}），{why}，而实际 {seen}"
    ]
    if lowered:
        parts.append(f"期望已计入：{'，'.join(lowered)}")
    return "；".join([*parts, *_overlap_zh(*facts["overlap"]), *_kinds_zh(facts["kinds"], names)]) + "。"


def _mass_zh(ends: Sequence[tuple[int, float]], names: Sequence[str], word: str) -> list[str]:
    said = "、".join(f"{names[end]} ×{factor:.1f}" for end, factor in ends)
    return [] if not ends else [f"{'两地' if len(ends) > 1 else '一地'}联系{word}（{said}）"]


def _factor_zh(fact: tuple[str, float, float], row: Mapping[str, Any]) -> str:
    name, factor, value = fact
    if name == "ln_distance":
        return f"{'仅' if factor > 1 else ''}相距 {row['distance_km']:,.0f} 公里（×{factor:.1f}）"
    if name == "contiguous":
        return f"{'相邻' if value else '不相邻'}（×{factor:.1f}）"
    if name.startswith("different_"):
        return f"{'不同' if value else '同'}{name_border(name, 'zh')}（×{factor:.1f}）"
    return f"{name.replace('_', ' ')} 为 {value:.3g}（×{factor:.1f}）"


def _overlap_zh(cosine: float, rank: float) -> list[str]:
    if not cosine >= 0:
        return []
    word = "低于多数地区对" if rank <= LITTLE else ("高于多数地区对" if rank >= MUCH else "与典型的两地相当")
    return [f"领域重合度{word}（余弦 {cosine:.2f}）"]


def _kinds_zh(kinds: tuple[tuple[str, float], tuple[str, float]] | None, names: Sequence[str]) -> list[str]:
    if kinds is None:
        return []
    said = [
        f"{name}以{_KINDS.get(kind, (kind, kind))[1]}为主（{share:.0%}）"
        for name, (kind, share) in zip(names, kinds, strict=True)
    ]
    return ["，".join(said)]
