"""Write an empty workbook for a study: a sheet per table, explanations, drop-down lists."""

from pathlib import Path
from typing import Any

from maps.exchange.table_files import create_workbook
from regions.catalog import list_studies
from regions.messages import say
from regions.schema.tables import GUIDE, KINDS, LEVELS, SETTINGS, SHEETS, TABLES, TableColumn

_LAST_ROW = 10_000
_WIDTH = 18
_WIDE = 60
_YEARS = (1500, 2099)


def write_template(path: str | Path, *, language: str = "zh") -> Path:
    """Write an empty workbook that ``regions.read_study`` reads once it is filled in.

    Parameters
    ----------
    path
        The .xlsx file to write; replaced in one step.
    language
        ``zh`` or ``en``: names of sheets and columns, explanations and lists.

    Returns
    -------
    Path
        The file written.
    """
    target = Path(path)
    with create_workbook(target) as book:
        styles = _Styles(book)
        _write_guide(book, styles, language)
        _write_settings(book, styles, language)
        for name in TABLES:
            _write_table(book, styles, name, language)
    return target


class _Styles:
    """The cell formats of a workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.header = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "num_format": "@"})
        self.needed = book.add_format({"bold": True, "bg_color": "#F8CBAD", "border": 1, "num_format": "@"})
        self.text = book.add_format({"num_format": "@"})
        self.plain = book.add_format({})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})


def _write_guide(book: Any, styles: _Styles, language: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet(SHEETS["guide"].text(language))
    sheet.set_column(0, 1, _WIDTH)
    sheet.set_column(2, 2, _WIDE + 20)
    row = 0
    for sentence in GUIDE:
        sheet.write_string(row, 0, sentence.text(language))
        row += 1
    row += 1
    for place, head in enumerate(say("template/headers").text(language).split("|")):
        sheet.write_string(row, place, head, styles.header)
    for name in TABLES:
        for column in _list_offered(name).values():
            row += 1
            sheet.write_string(row, 0, SHEETS[name].text(language))
            sheet.write_string(row, 1, _header(column, language))
            sheet.write_string(row, 2, column.meaning.text(language), styles.wrapped)


def _write_settings(book: Any, styles: _Styles, language: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet(SHEETS["settings"].text(language))
    sheet.set_column(0, 1, _WIDTH, styles.text)
    sheet.set_column(2, 2, _WIDE)
    for column, head in enumerate(say("template/setting-headers").text(language).split("|")):
        sheet.write_string(0, column, head, styles.header)
    offered = {key: setting for key, setting in SETTINGS.items() if setting.offered}
    for row, (key, setting) in enumerate(offered.items(), 1):
        sheet.write_string(row, 0, setting.label.text(language), styles.text)
        sheet.write_string(row, 2, setting.meaning.text(language))
        choices = list_studies() if key == "extends" else setting.choices(language)
        if choices:
            _offer(sheet, (row, 1, row, 1), choices, strict=True)


def _write_table(book: Any, styles: _Styles, name: str, language: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
    sheet = book.add_worksheet(SHEETS[name].text(language))
    sheet.freeze_panes(1, 0)
    for position, (canonical, column) in enumerate(_list_offered(name).items()):
        style = styles.needed if column.required else styles.header
        sheet.set_column(position, position, _WIDTH, styles.text if column.kind in {"code", "text"} else styles.plain)
        sheet.write_string(0, position, _header(column, language), style)
        area = (1, position, _LAST_ROW, position)
        if canonical == "kind" and name == "actors":
            _offer(sheet, area, [kind.text(language) for kind in KINDS], strict=False)
        elif canonical == "level":
            _offer(sheet, area, list(LEVELS), strict=False)
        elif column.kind == "year":
            rule = {"validate": "integer", "criteria": "between", "minimum": _YEARS[0], "maximum": _YEARS[1]}
            sheet.data_validation(*area, {**rule, "error_type": "stop", "ignore_blank": True})


def _offer(sheet: Any, area: tuple[int, int, int, int], choices: list[str], *, strict: bool) -> None:  # noqa: ANN401 - xlsxwriter has no types
    rule = {"validate": "list", "source": choices, "error_type": "stop" if strict else "information"}
    sheet.data_validation(*area, rule)


def _list_offered(name: str) -> dict[str, TableColumn]:
    return {canonical: column for canonical, column in TABLES[name].items() if column.offered}


def _header(column: TableColumn, language: str) -> str:
    return column.label.text(language) + ("*" if column.required else "")
