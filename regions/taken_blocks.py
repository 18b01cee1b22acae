"""Say how the blocks of a file were taken: what became of each column, and which rows were left out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from regions.layouts.block import Block, Layout
from regions.messages import say
from regions.understood import Understood
from regions.words import Words

_SHOWN = 4
_KINDS = {
    "total": "left-out/total",
    "subtotal": "left-out/subtotal",
    "note": "left-out/note",
    "section": "left-out/section",
    "rank": "left-out/rank",
    "data": "left-out/data",
}
"""Rows that somebody might miss: blank ones, titles and headers are none."""


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
    for kind, texts in kinds.items():
        yield say(_KINDS[kind]).words, len(texts), tuple(dict.fromkeys(texts))[:_SHOWN]
