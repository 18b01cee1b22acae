"""Say how the blocks of a file were taken: what became of each column, and which rows were left out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from regions.errors import Fault
from regions.layouts.block import Block, Layout
from regions.messages import say
from regions.understood import Understood
from regions.words import Words

_SHOWN, _MOST_COLUMNS, _LONGEST = 4, 20, 40
_KINDS = {
    "total": "left-out/total",
    "subtotal": "left-out/subtotal",
    "note": "left-out/note",
    "section": "left-out/section",
    "rank": "left-out/rank",
    "data": "left-out/data",
}
"""Rows that somebody might miss: blank ones and headers are none, titles are counted beside."""


def describe_blocks(layout: Layout, forms: Iterable[Understood], used: Iterable[int]) -> Iterator[Understood]:
    """Iterate over the tables of a file as they were taken, with the rows that were left out.

    Parameters
    ----------
    forms
        The blocks that hold links or records, as the reader of forms took them.
    used
        Positions of the blocks that hold indicators.
    """
    left_out = {block.label: tuple(_count_left_out(block)) for block in layout.blocks}
    for taken in forms:
        yield replace(taken, left_out=left_out.get(taken.label, ()))
    for position in sorted(used):
        block = layout.blocks[position]
        form = say("form/indicators").words
        yield Understood(block.label, form, len(block.lines), tuple(_name_columns(block)), left_out[block.label])


def warn_passed(taken: Sequence[Understood]) -> Iterator[Fault]:
    """Count the rows and the columns of understood tables that are not used, one line for each file.

    Yields
    ------
    Fault
        ``W-PASSED``: rows by their reason; columns by header, with the number of tables that have them.
    """
    unused = (say("taken/unused").words.en, say("taken/coarser").words.en, say("taken/ignored", why="").words.en)
    for file in dict.fromkeys(table.label.partition("[")[0] for table in taken):
        tables = [table for table in taken if table.label.partition("[")[0] == file]
        rows: Counter[Words] = Counter()
        for table in tables:
            rows.update({why: count for why, count, _ in table.left_out})
        if rows:
            said = Words(", ".join(f"{why.en} {count:,}" for why, count in rows.items()), _list_zh(rows))
            yield Fault.of(file, say("W-PASSED/rows", rows=sum(rows.values()), words=said))
        headers = Counter(
            shown[:_LONGEST] or f"#{place}"
            for table in tables
            for place, (shown, meaning) in enumerate(table.columns, 1)
            if meaning.en.startswith(unused)
        )
        if headers:
            yield Fault.of(file, say("W-PASSED/columns", count=len(headers), columns=[*headers][:_MOST_COLUMNS]))


def _list_zh(rows: Counter[Words]) -> str:
    return "、".join(f"{why.zh} {count:,}" for why, count in rows.items())


def _name_columns(block: Block) -> Iterator[tuple[str, Words]]:
    """Name what each column of a table of statistics was taken as."""
    axes = block.axes
    for place, column in enumerate(block.columns):
        shown = column.shown or column.name
        if place in axes.regions:
            yield shown, say("taken/region").words
        elif place == axes.years:
            yield shown, say("taken/year").words
        elif place in axes.ignored:
            yield shown, say("taken/ignored", why=axes.ignored[place]).words
        elif place in axes.coarser:
            yield shown, say("taken/coarser").words
        elif place in axes.across:
            yield shown, say("taken/across").words
        elif place in {*axes.numbers, *axes.years_across}:
            name = " ".join(filter(None, (column.name or block.indicator, str(column.year or ""))))
            yield shown, say("taken/indicator", name=name or shown, unit=column.unit or block.unit or "-").words


def _count_left_out(block: Block) -> Iterator[tuple[Words, int, tuple[str, ...]]]:
    kinds: dict[str, list[str]] = {}
    for row in block.left_out:
        if row.kind in _KINDS:
            kinds.setdefault(row.kind, []).append(row.text.strip()[:30])
    if block.titles:
        yield say("left-out/title").words, len(block.titles), tuple(title[:30] for title in block.titles[:_SHOWN])
    for kind, texts in kinds.items():
        yield say(_KINDS[kind]).words, len(texts), tuple(dict.fromkeys(texts))[:_SHOWN]
