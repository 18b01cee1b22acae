"""What the lines above a table, the names of its sheet and its file say: indicator, unit, year, region."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from regions.layouts.block import YearFrom
from regions.layouts.cell_words import drop_english, drop_marks, has_chinese, is_note, normalise_cell
from regions.layouts.place_words import is_place
from regions.layouts.unit_words import find_unit_line, is_unit, split_unit
from regions.layouts.word_lists import any_of, list_keyed
from regions.layouts.year_words import find_year, split_year, years_within

_NUMBER = re.compile(
    r"^(?:(?:附?表|table|tab\.?)\s*)?(?:\d{1,3}|[A-Z])(?:\s*[-－–—.]\s*\d{1,3})+(?:\s*[-.]\d+)*\s*"
    r"|^(?:附?表|table)\s*[\d一二三四五六七八九十]{1,3}\s*[:：.、]?\s*",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"[(（]?\s*(?:续表|续)\s*\d*\s*[)）]?|^\s*continued\s*$|\(continued\)", re.IGNORECASE)
_KEYS = {kind: list_keyed(kind) for kind in ("indicator", "time", "place", "other")}
_KEYED = re.compile(rf"({'|'.join(word for words in _KEYS.values() for word in words)})\s*[:：]\s*(.*)$", re.IGNORECASE)
_AROUND = re.compile(f"^{any_of('before_name')}")
_ENDINGS = re.compile(f"{any_of('after_name')}$", re.IGNORECASE)
_GENERIC = re.compile(rf"(?:{any_of('generic')}|新建.*|raw[\s_-]*data)[\s_\-(（]*\d*[\s)）]*", re.IGNORECASE)
_COPY = re.compile(r"\s*(?:[(（]\d{1,3}[)）]|-\s*副本|_copy|copy)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What is known about a whole table.

    Attributes
    ----------
    indicator, unit
        "" where nothing says it.
    year, year_from
        The year and what said it.
    places
        Regions named, the nearest first.
    described
        The line that names the table, as it stands.
    """

    indicator: str = ""
    unit: str = ""
    year: int | None = None
    year_from: YearFrom = ""
    places: tuple[str, ...] = ()
    described: str = ""


def read_titles(lines: Sequence[str], sheet: str, stem: str) -> TitleFacts:
    """Return what titles, the name of the sheet and of the file say, each asked only for what those before leave open.

    Examples
    --------
    >>> facts = read_titles(["8-34 各地区R&D经费内部支出(2022年)", "单位：亿元"], "Sheet1", "raw")
    >>> facts.indicator, facts.unit, facts.year, facts.year_from
    ('R&D经费内部支出', '亿元', 2022, 'title')
    """
    titles = [text for text in map(normalise_cell, lines) if text]
    named: list[tuple[str, YearFrom]] = [(line, "title") for line in titles]
    named += [(sheet, "sheet"), (clean_stem(stem), "file")]
    nothing: tuple[int | None, YearFrom] = (None, "")
    year, year_from = next(_find_years(named), nothing)
    indicator, unit, described = next(_find_names(named), ("", "", ""))
    units = (find_unit_line(part) for line in titles for part in _cells_of(line))
    bracketed = (text.strip("()[]") for text in titles if text.startswith(("(", "[")) and is_unit(text))
    places = dict.fromkeys(place for line, _ in named for place in _find_places(line))
    return TitleFacts(
        indicator, unit or next((u for u in (*units, *bracketed) if u), ""), year, year_from, tuple(places), described
    )  # fmt: skip


def _cells_of(line: str) -> Iterator[str]:
    yield line
    yield from line.split()


def clean_stem(stem: str) -> str:
    """Return the name of a file without what programs add to it: (1), - 副本."""
    text = normalise_cell(stem)
    return _COPY.sub("", _COPY.sub("", text)).strip(" _-")


def _read_key(line: str) -> tuple[str, str]:
    """Return what kind of line 指标：… is, and what follows the colon; ("", "") for any other line."""
    found = _KEYED.match(line)
    word = found.group(1).lower() if found else ""
    return next((kind for kind, words in _KEYS.items() if word in words), ""), found.group(2).strip() if found else ""


def _find_years(named: Iterable[tuple[str, YearFrom]]) -> Iterator[tuple[int, YearFrom]]:
    """Yield the year of every line that names exactly one."""
    for line, where in named:
        kind, said = _read_key(line)
        text = said if kind == "time" else _NUMBER.sub("", line)
        if kind in {"place", "other"}:
            continue
        years = years_within(text)
        whole = find_year(text)
        if whole is not None or len(years) == 1:
            yield whole or years[0], where


def _find_names(named: Iterable[tuple[str, YearFrom]]) -> Iterator[tuple[str, str, str]]:
    """Yield indicator, unit and line of every line that names one; a line 指标：… comes first."""
    listed = list(named)
    for line, _ in listed:
        kind, said = _read_key(line)
        if kind == "indicator":
            yield *split_unit(drop_marks(said)), line
    chinese = any(has_chinese(line) for line, where in listed if where == "title")
    for line, where in listed:
        english = where == "title" and chinese and not has_chinese(line)
        bare = _NUMBER.sub("", line)
        remark = _KEYED.match(line) or find_unit_line(line) or is_note(bare) or ":" in bare
        if not english and not remark:
            name, unit = clean_title(line)
            if name and not is_place(name):
                yield name, unit, line


def clean_title(line: str) -> tuple[str, str]:
    """Return the indicator that a title names, and its unit; ("", unit) when the title is a general one.

    Examples
    --------
    >>> clean_title("3-6 各地区主要农业机械年末拥有量"), clean_title("分省年度数据 (1)")
    (('主要农业机械年末拥有量', ''), ('', ''))
    >>> clean_title("2022年各市GDP（亿元）")
    ('GDP', '亿元')
    """
    text = _COPY.sub("", _CONTINUED.sub("", _NUMBER.sub("", drop_english(normalise_cell(line))))).strip()
    text, unit = split_unit(text)
    years = years_within(text)
    text = (
        split_year(text)[0]
        if len(years) == 1
        else re.sub(r"[(（]?(?:19|20)\d\d年?\s*[-—–~～至、]\s*(?:19|20)\d\d\s*年?[)）]?", "", text)
    )
    if not unit:
        text, unit = split_unit(text)
    text = text.strip(" _-—·,，:：.")
    for pattern in (_AROUND, _ENDINGS, _AROUND):
        if not _GENERIC.fullmatch(text):
            text = pattern.sub("", text).strip(" _-—的")
    return ("" if not text or text.isdecimal() or _GENERIC.fullmatch(text) else text), unit


def _find_places(line: str) -> Iterator[str]:
    """Yield the region that a line is, begins with, or names after 地区：."""
    kind, word = _read_key(line)
    if kind:
        if kind == "place" and is_place(word):
            yield word
        return
    text = split_year(_NUMBER.sub("", line))[0].strip(" _-()（）")
    if is_place(text):
        yield text
        return
    found = [text[:length] for length in range(2, 12) if length < len(text) and is_place(text[:length])]
    if found and len(found[-1]) > 1:
        yield found[-1]
