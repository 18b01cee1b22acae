"""Read files that are not in our own form, as people keep them: workbooks, exports, panels."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regions.errors import Fault, StudyError
from regions.foreign.taken_blocks import describe_blocks, warn_passed
from regions.forms.read_forms import read_forms
from regions.forms.wide_matrix import Missing
from regions.indicators.fact_faults import judge_totals
from regions.indicators.group_tables import read_groups
from regions.indicators.indicator_tables import read_indicators
from regions.layouts.block import Layout
from regions.layouts.understand import read_layout
from regions.messages import say
from regions.study_frame import COUNTY
from regions.tables.checked_table import CheckedTable
from regions.understood import Total, Understood

if TYPE_CHECKING:
    from regions.workbooks.workbook import Workbook

_MOSTLY = 0.6
_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class Foreign:
    """What files of any form hold.

    Attributes
    ----------
    tables
        Canonical tables, checked; regions are words as they stand.
    files
        Table name -> the file that most of it comes from.
    faults
        Warnings: whatever was not read is named with its rows.
    directed
        Whether words such as 迁入 say that links have a direction; None when none does.
    understood, totals
        How each table was taken, and what it sums to.
    """

    tables: dict[str, CheckedTable]
    files: dict[str, Path]
    faults: tuple[Fault, ...] = field(default=())
    directed: bool | None = None
    understood: tuple[Understood, ...] = ()
    totals: tuple[Total, ...] = ()


def read_foreign(
    files: Sequence[Path],
    path: Path,
    *,
    directed: bool = False,
    workbook: "Workbook | None" = None,
    sheets: Collection[str] | None = None,
    missing: Missing | None = None,
) -> Foreign:
    """Read files as tables of links or of indicators.

    Parameters
    ----------
    files
        The files, which are read together: a file per year, say.
    path
        The file or folder that they stand for.
    directed
        Whether the study says that links have a direction.
    workbook
        The only file, where it is open already.
    sheets
        Only these sheets; None: all.
    missing
        What cells of a matrix without a number are: ``zero`` or ``na``; None: a blank is zero, a dash not available.

    Raises
    ------
    StudyError
        Every fault that was found; ``E-NOTHING``: none of the tables could be understood.
    """
    layout = read_layout(files, path, workbook=workbook)
    if sheets is not None:
        layout = _keep_sheets(layout, sheets)
    forms = read_forms(layout, directed=directed, missing=missing)
    rest = [position for position in range(len(layout.blocks)) if position not in forms.used]
    indicators = read_indicators(layout, rest)
    groups = read_groups(layout, [position for position in rest if position not in indicators.used])
    tables = {**forms.tables, **indicators.tables, **groups.tables}
    faults = [
        *layout.faults,
        *forms.faults,
        *judge_totals(layout, sorted(forms.used)),
        *indicators.faults,
        *groups.faults,
    ]
    errors = [fault for fault in faults if fault.is_error]
    passed = list(_name_unread(layout, forms.used | indicators.used | groups.used))
    if not tables and not errors:
        counties = _find_counties(layout)
        if counties:
            raise StudyError(
                Fault.of(path.name, say("E-FOLDER/counties", shown=counties[:_SHOWN], count=len(counties)))
            )
        raise StudyError(Fault.of(path.name, say("E-NOTHING", sheets=[fault.file for fault in passed][:_SHOWN])))
    if errors:
        raise StudyError(errors)
    sources = {name: _find_file(files, table) for name, table in tables.items()}
    taken = tuple(describe_blocks(layout, forms.taken, indicators.used))
    warnings = (*faults, *passed, *warn_passed(taken))
    return Foreign(tables, sources, warnings, forms.directed, taken, forms.totals)


def _find_counties(layout: Layout) -> list[str]:
    """Return the names of counties that the first column of texts of a block holds, where it has no other regions."""
    for block in [block for block in layout.blocks if block.axes.texts and not block.axes.regions]:
        names = list(dict.fromkeys(filter(None, map(str.strip, block.texts(block.axes.texts[0])))))
        counties = [name for name in names if COUNTY.search(name)]
        if len(counties) > 1 and len(counties) > _MOSTLY * len(names):
            return counties
    return []


def _keep_sheets(layout: Layout, sheets: Collection[str]) -> Layout:
    labels = {block.label for block in layout.blocks if block.sheet not in sheets}
    blocks = tuple(block for block in layout.blocks if block.sheet in sheets)
    hidden = say("sheet/hidden").words
    wanted = tuple(f"[{name}]" for name in sheets)
    passed = tuple(sheet for sheet in layout.passed_over if sheet.why == hidden or sheet.label.endswith(wanted))
    faults = tuple(fault for fault in layout.faults if fault.file not in labels)
    return replace(layout, blocks=blocks, passed_over=passed, faults=faults)


def _find_file(files: Sequence[Path], table: CheckedTable) -> Path:
    name = table.file.partition("[")[0]
    return next((file for file in files if file.name == name), files[0])


def _name_unread(layout: Layout, used: Iterable[int]) -> Iterator[Fault]:
    """Name every sheet and table that nothing took, with its rows."""
    taken = set(used)
    for sheet in layout.passed_over:
        yield Fault.of(sheet.label, say("W-SHEET/passed", rows=sheet.rows, why=sheet.why))
    for position, block in enumerate(layout.blocks):
        if position not in taken:
            shown = [column.shown[:40] for column in block.columns if column.shown][:_SHOWN]
            yield Fault.of(block.label, say("W-SHEET/unknown", rows=len(block.lines), columns=shown))
