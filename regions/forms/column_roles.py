"""What the columns of a table of collaboration are for: units, their places and kinds, counts, years, records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from regions.layouts.block import Block
from regions.layouts.cell_words import find_total
from regions.layouts.place_words import is_place
from regions.layouts.unit_words import is_unit
from regions.layouts.year_words import split_relative_year
from regions.schema.headers import match_headers
from regions.tables.weights import counts_nothing

_UNIT = re.compile(
    r"(?:单位|机构|企业|公司|院校|高校|学校|院所|主体|组织|申请人|专利权?人|权利人|参与[方者]|[甲乙丙丁买卖供需]方|(?:转让|受让|让与|出让|许可|被许可|投资)[方人]"
    r"|被投企业|承担方|委托方|受托方|合作[方者]|合作伙伴|伙伴|organi[sz]ations?|institut(?:ion|e)s?|compan(?:y|ies)|firms?|applicants?|assignees?"
    r"|partners?|participants?|actors?|owners?|units?|beneficiar(?:y|ies)|coordinators?|contractors?|universit(?:y|ies)|affiliations?)"
    r"(?:名称?|全称|[ _]names?|[ _]?\d+)?$"
)
_PLACE = re.compile(
    r"(?:所?在?(?:地区?|省份?|城市|省市|市县)|所属(?:地区|城市|省份)|注册地|地区|城市|地市|地级市|省份|省市|[省市县地]|区域|地址|国省代码|国省"
    r"|location|city|province|region|prefecture|county|country|place|address)(?:名称?|[ _]names?|[ _]?\d+)?$"
)
_KIND = re.compile(r"(?:性质|类型|类别|属性|kinds?|types?|sectors?|categor(?:y|ies))(?:[ _]?\d+)?$")
_OF_RECORD = re.compile(
    r"^(?:合作|专利|项目|技术|合同|论文|成果|文献|record|project|patent|document)[ _]?(?:性质|类型|类别|kind|type)$"
    r"|^(?:kind|type|类型|类别)$"
)
_RECORD = re.compile(
    r"^(?:申请号|专利号|申请（专利）号|申请\(专利\)号|公开号|公开\(公告\)号|公告号|授权号|登记号|论文编号|项目编号|项目号|合同编号|合同号|合同登记编号|成果编号|记录编号|入藏号|doi"
    r"|(?:patent|paper|project|publication|application|contract|record|grant|deal)[ _]?(?:id|no\.?|number)|record)$"
)
_RECORD_NAME = re.compile(
    r"^(?:项目|合同|专利|论文|成果)(?:名称)?$"
    r"|^(?:project|patent|paper|publication|contract|grant)(?:[ _]?(?:name|title))?$"
)
_FIELD = re.compile(
    r"^(?:领域|学科|行业|技术领域|产业|产业领域|主分类号|ipc主?分类号?|ipc|分类号|field|discipline|subject|industry)$"
)
_DATE = re.compile(r"日期?$|时间$|date$|年月$|年$|年份$|年度$|year$")
_FIRST_DATES = re.compile("^年|^year|申请|立项|签订|发表|application|filing|start")
_SECOND = re.compile(
    r"合作|共同|协作|对方|伙伴|参与|参加|其他|其余|^乙|受让|吸纳|买方|买入|需方|被|受托|partner|co-?appl|joint|second|other|target|destination|^to\b|目标|目的|终点"
    r"|迁入|流入|转入|输入|接收"
)
_NUMBERED = re.compile(r"第?([一二三四五六七八九]|\d{1,2})(?!\d)(?=$|[单机企公院高学主组申专权城地省])|[ _]?(\d{1,2})$")
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_LETTERED = re.compile(r"^([甲乙丙丁])|[ _]?([a-d])$")
_LETTERS = {letter: value for pair in ("甲乙丙丁", "abcd") for value, letter in enumerate(pair, start=1)}
_NAME = re.compile(r"(?:名称?|全称|[ _]names?)$")
_CLEAN_FIRST = ("地址", "address")


@dataclass(frozen=True, slots=True)
class Party:
    """The columns about one party to a collaboration, as positions in the block; None where there is none."""

    unit: int
    place: int | None = None
    kind: int | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """What the columns of a block are for, as positions.

    Attributes
    ----------
    parties
        In the order of the sides: 甲 before 乙, 单位 before 合作单位.
    places
        Columns of regions that belong to no unit, in the order of the sides.
    record, year, kind, field
        One column each, or None.
    counts
        Columns of numbers that may count, those with a usual name first.
    known
        How many of ``counts`` have a usual name.
    """

    parties: tuple[Party, ...] = ()
    places: tuple[int, ...] = ()
    record: int | None = None
    year: int | None = None
    kind: int | None = None
    field: int | None = None
    counts: tuple[int, ...] = ()
    known: int = 0

    def used(self) -> set[int]:
        """Return every position that has a role, the further counts left out."""
        parts = {position for party in self.parties for position in (party.unit, party.place, party.kind)}
        found = {*parts, *self.places, self.record, self.year, self.kind, self.field, *self.counts[:1]}
        return {position for position in found if position is not None}


def fold_name(name: str) -> str:
    """Return a header in lower case without blanks between Chinese characters or around marks."""
    return re.sub(r"\s+(?=[\u3400-\u9fff(（])|(?<=[\u3400-\u9fff])\s+", "", name).casefold().strip("* ")


def find_roles(block: Block) -> Roles:
    """Find what each column of a block is for, by its header first and by what stands in it.

    Examples
    --------
    >>> [find_side(name) for name in ("甲单位", "乙单位", "单位名称", "合作单位", "申请人2", "第三申请人", "目标地")]
    [1, 2, 1, 2, 2, 3, 2]
    """
    names = [fold_name(column.name or column.shown) for column in block.columns]
    axes = block.axes
    worded = {*axes.texts, *axes.regions, *axes.coarser}
    worded |= {place for place in axes.ignored if "国省" in names[place] or _names_units(block, place, names[place])}
    blank = {place for place in range(len(names)) if not any(cell != "" for cell in block.cells[place][:1000])}
    units = [place for place in sorted(worded - blank) if _is_unit(block, place, names[place])]
    regions = {*axes.regions, *axes.coarser}
    places = [place for place in sorted(worded - set(units)) if place in regions or _PLACE.search(names[place])]
    kinds = [place for place in sorted(worded - {*units, *places}) if _KIND.search(names[place])]
    record_kind = next((place for place in kinds if _OF_RECORD.search(names[place]) and len(kinds) > 0), None)
    if record_kind is not None and names[record_kind] in {"kind", "type", "类型", "类别"} and units and len(kinds) == 1:
        record_kind = None
    kinds = [place for place in kinds if place != record_kind]
    parties, free = _join_parties(names, units, (places, kinds), block)
    counts, known = _find_counts(block, names)
    record = _first(names, _RECORD)
    if record is None and len(parties) == 1:  # a row of one unit says who is together only by a name
        record = _first(names, _RECORD_NAME)
    return Roles(
        parties,
        tuple(sorted(free, key=lambda place: (find_side(names[place]), place))),
        record,
        _find_years(block, names),
        record_kind,
        _first(names, _FIELD),
        counts,
        known,
    )


def _is_unit(block: Block, place: int, name: str) -> bool:
    """Tell whether a column names units: by its header, unless its cells are regions or words for units of measure."""
    if not _UNIT.search(name) or place in {*block.axes.regions, *block.axes.coarser}:
        return False
    words = [cell for cell in dict.fromkeys(block.cells[place][:2000]) if isinstance(cell, str) and cell.strip()]
    return bool(words) and not all(map(is_unit, words))


def _names_units(block: Block, place: int, name: str) -> bool:
    """Tell whether a column 单位, which was taken for the unit of measure, names organisations."""
    words = [cell for cell in dict.fromkeys(block.texts(place)) if cell.strip()]
    return (
        name == "单位" and not block.columns[place].unit and not any(is_unit(word) or is_place(word) for word in words)
    )


def find_side(name: str) -> int:
    """Return which party a header is about: 1 for the first or only one, 2 for a partner, and so on by number."""
    lettered = _LETTERED.search(name)
    if lettered and (lettered.group(1) or name[: lettered.start()].strip()[-1:].isascii() is False):
        return _LETTERS[lettered.group(1) or lettered.group(2)]
    second = bool(_SECOND.search(name))
    numbered = _NUMBERED.search(name)
    if numbered:
        digit = numbered.group(1) or numbered.group(2)
        return (_DIGITS.get(digit) or int(digit)) + (1 if second else 0)
    return 2 if second else 1


def _join_parties(
    names: Sequence[str], units: list[int], about: tuple[list[int], list[int]], block: Block
) -> tuple[tuple[Party, ...], list[int]]:
    """Give every unit its place and its kind: the column whose header begins like its own, else that of its side."""
    chosen = _choose_units(names, units)
    stems = {unit: _NAME.sub("", names[unit]) for unit in chosen}
    found: dict[int, tuple[list[int], list[int]]] = {unit: ([], []) for unit in chosen}
    free = []
    for which, columns in enumerate(about):
        for column in columns:
            fitting = [unit for unit in chosen if stems[unit] and stems[unit] in names[column]]
            owner = max(fitting, key=lambda unit: len(stems[unit]), default=None)
            if owner is None:
                owner = next((unit for unit in chosen if find_side(names[unit]) == find_side(names[column])), None)
            if owner is not None:
                found[owner][which].append(column)
            elif which == 0:
                free.append(column)
    parties = [
        Party(unit, _pick_place(names, found[unit][0], block), next(iter(found[unit][1]), None)) for unit in chosen
    ]
    return tuple(parties), free


def _choose_units(names: Sequence[str], units: list[int]) -> list[int]:
    """Keep one column of units for each side; of several on the first side without a partner, take them in turn."""
    by_side: dict[int, list[int]] = {}
    for unit in units:
        by_side.setdefault(find_side(names[unit]), []).append(unit)
    if list(by_side) == [1] and len(units) == 2 and not any("人" in names[unit] for unit in units):  # noqa: PLR2004 - 企业, 高校
        return units
    return [by_side[side][0] for side in sorted(by_side)]


def _pick_place(names: Sequence[str], places: list[int], block: Block) -> int | None:
    """Choose among several columns about one place: a region of the finest level before a coarser one or an address."""
    order = {
        place: (place not in block.axes.regions, any(names[place].endswith(word) for word in _CLEAN_FIRST), place)
        for place in places
    }
    return min(places, key=lambda place: order[place], default=None)


def _first(names: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((place for place, name in enumerate(names) if pattern.search(name)), None)


def _find_years(block: Block, names: Sequence[str]) -> int | None:
    """Return the column of years: one named so, else the date that comes first in the life of what is counted."""
    dates = [place for place, name in enumerate(names) if _is_date(name) and place in _datable(block)]
    first = next((place for place in dates if _FIRST_DATES.search(names[place])), None)
    named = block.axes.years
    if named is not None and named not in dates:
        return named
    return first if first is not None else (named if named is not None else next(iter(dates), None))


def _is_date(name: str) -> bool:
    return bool(_DATE.search(name)) and split_relative_year(name) is None  # 本年 is a number of this year


def _datable(block: Block) -> set[int]:
    return {*block.axes.texts, *block.axes.numbers, *(() if block.axes.years is None else (block.axes.years,))}


def _find_counts(block: Block, names: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """Return the columns of numbers that may count, and how many of them have a usual name or are the total of others.

    Where a column names records, each row is one, and only a usual name makes a column a count.
    """
    numbers = [
        place
        for place in block.axes.numbers
        if not counts_nothing(names[place])
        and "%" not in block.columns[place].unit
        and not _is_date(names[place])
        and not _RECORD.search(names[place])
    ]
    known = [place for place in numbers if "weight" in match_headers("links", [names[place]])]
    known = known or [place for place in numbers if len(numbers) > 1 and find_total(block.columns[place].name)]
    if _first(names, _RECORD) is not None:
        numbers = known
    return (*known, *(place for place in numbers if place not in known)), len(known)


def find_column_unit(block: Block, place: int) -> str:
    """Return the unit of a column, else that of its table."""
    return block.columns[place].unit or block.unit


def find_year_counts(block: Block, roles: Roles) -> tuple[int, ...]:
    """Return the columns of numbers by year of a long table; empty where another column is its count.

    A total over the years says less than they do. Where several columns are of one year, their total is taken, or all
    of them where none is called so: patents and papers beside each other are kinds, not to be mixed with their sum.
    """
    counted = block.columns[roles.counts[0]].name if roles.counts else ""
    across = {block.columns[place].year for place in block.axes.years_across}
    if counted and not find_total(counted) and (roles.known or len(across) < 2):  # noqa: PLR2004 - 累计, 年均 beside years
        return ()
    years: dict[int | None, list[int]] = {}
    for place in block.axes.years_across:
        if not counts_nothing(block.columns[place].name):
            years.setdefault(block.columns[place].year, []).append(place)
    chosen = []
    for places in years.values():
        totals = [place for place in places if find_total(name_kind(block, place))]
        chosen += totals[:1] if totals and len(places) > 1 else places
    return tuple(chosen)


def name_kind(block: Block, place: int) -> str:
    """Return what a column counts: its header without the year."""
    column = block.columns[place]
    return re.sub(rf"{column.year}\s*年?度?" if column.year else "$^", "", column.name).strip(" _-")
