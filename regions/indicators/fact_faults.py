"""Say what was found odd in tables of statistics: cells, rows, totals, facts that stand twice, names."""

from collections.abc import Iterable, Iterator, Sequence

from regions.errors import Fault
from regions.indicators.joined_facts import Joined
from regions.indicators.series import Series
from regions.indicators.total_rows import check_totals
from regions.layouts.block import Block, Layout
from regions.layouts.number_cells import tell_own_units
from regions.layouts.title_lines import clean_stem
from regions.messages import Message, say

_SHOWN = 5


def label(layout: Layout, used: frozenset[int]) -> str:
    """Return what several blocks are called together: their sheet, file or folder."""
    labels = list(dict.fromkeys(layout.blocks[position].label for position in sorted(used)))
    files = list(dict.fromkeys(layout.blocks[position].file for position in sorted(used)))
    return labels[0] if len(labels) == 1 else files[0] if len(files) == 1 else layout.path.name


def judge_cells(block: Block, found: Sequence[Series]) -> Iterator[Fault]:
    """Name cells that are no plain numbers: bounds, … for what is below the unit, texts, units of another kind."""
    for part in found:
        column = part.column or part.name
        if part.bounds:
            yield Fault.of(
                block.label,
                say("W-BOUND", count=len(part.bounds), cells=_show(part.bounds.values())),
                row=min(part.bounds),
                column=column,
            )
        told = tell_own_units(part.sized, part.unit) if part.sized is not None else None
        if told is not None:
            yield Fault.of(block.label, told, column=column)
        if part.strange_units:
            yield Fault.of(block.label, say("E-UNITS", unit=part.unit, others=part.strange_units), column=part.name)
        lines: dict[str, list[int]] = {}
        for line, text in part.texts.items():
            lines.setdefault(text, []).append(line)
        for text, rows in lines.items():
            yield Fault.of(
                block.label, say("E-NUMBER/cells", count=len(rows), value=text[:60]), row=rows[0], column=column
            )
    small = sum(part.small for part in found)
    if small:
        yield Fault.of(block.label, say("W-SMALL", count=small))


def _show(texts: Iterable[str]) -> list[str]:
    listed = list(dict.fromkeys(texts))
    return [text[:40] for text in listed[:_SHOWN]]


def judge_rows(block: Block, lost: Sequence[tuple[int, int]], *, dated: bool) -> Iterator[Fault]:
    """Name values that have no region or no year, and columns of parts of a year.

    They are left out where the block has other values (``dated``); where it has none, it is asked.
    """
    outside, undated = (sum(column) for column in zip(*lost, strict=True)) if lost else (0, 0)
    if undated:
        yield Fault.of(block.label, say("W-NOYEAR" if dated else "E-NOYEAR", count=undated))
    if outside:
        yield Fault.of(block.label, say("W-NOREGION", count=outside))
    periods = [column.shown for column in block.columns if column.period]
    if periods:
        key = "W-PERIODS" if dated else "E-PERIODS"
        yield Fault.of(block.label, say(key, count=len(periods), columns=periods[:_SHOWN]))


def judge_totals(layout: Layout, used: Sequence[int]) -> Iterator[Fault]:
    """Say where totals differ from the sums of the regions, one line a block."""
    for position in used:
        agreed, differing = check_totals(layout.blocks[position])
        if differing:
            worst = max(differing, key=lambda each: abs(each.total - each.summed))
            message = say(
                "W-TOTAL",
                count=len(differing),
                all=agreed + len(differing),
                word=worst.word,
                total=f"{worst.total:,.10g}",
                summed=f"{worst.summed:,.10g}",
            )
            yield Fault.of(layout.blocks[position].label, message, row=worst.line, column=worst.column)


def judge_twice(layout: Layout, joined: Joined) -> Iterator[Fault]:
    """Report facts that stand twice; in one block a difference is an error, as nothing says which is meant."""
    for (used, other), seen in joined.twice.items():
        block, first = layout.blocks[other], layout.blocks[used]
        if seen.largest is None:
            if used != other:
                yield Fault.of(block.label, say("W-TWICE/equal", count=seen.equal, other=first.label))
            continue
        name, region, year, value, another = seen.largest
        facts = {"region": region, "year": year, "value": f"{value:,.10g}", "another": f"{another:,.10g}"}
        counts = {"count": seen.different, "all": seen.equal + seen.different}
        message: Message
        if used == other:
            message = say("E-TWICE", count=seen.different, **facts)
        else:
            message = say("W-TWICE/different", other=first.label, **counts, **facts)
        yield Fault.of(block.label, message, row=min(seen.lines), column=name)


def judge_names(layout: Layout, joined: Joined, series: Sequence[tuple[int, Series]]) -> Iterator[Fault]:
    """Ask for the name of an indicator that only the name of the file stands for; say which units were converted."""
    stems = {position: clean_stem(layout.blocks[position].file.rpartition(".")[0]) for position, _ in series}
    asked = dict.fromkeys(
        (layout.blocks[position].file, part.name)
        for position, part in series
        if not part.named and not layout.blocks[position].indicator and part.name == stems[position]
    )
    for file, name in asked:
        yield Fault.of(file, say("W-UNNAMED", name=name))
    for name, units in joined.converted.items():
        yield Fault.of(
            label(layout, frozenset(joined.origins[name])),
            say("W-CONVERTED", units=units, unit=joined.units[name]),
            column=name,
        )
    for word, count in joined.absorbed.items():
        yield Fault.of(label(layout, frozenset(stems)), say("W-ABSORBED", region=word, count=count))
