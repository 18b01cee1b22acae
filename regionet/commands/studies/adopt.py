"""``regionet adopt``: write an understood study as a clean workbook, to correct and keep."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.terminal import refuse_book, show
from regionet.options import BoundariesOption, FrameOption, LanguageOption, UnknownOption
from regionet.steps.open_study import open_study, tell_faults, user_errors
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from maps.exchange.table_files import Sheet
    from regions.frames.name_index import NameIndex
    from regions.study import Origin, Study

_REGION_COLUMNS = {
    "links": ("source", "target"),
    "actors": ("region",),
    "indicators": ("code",),
    "groups": ("code",),
    "neighbours": ("source", "target"),
}
FileArgument = Annotated[str, typer.Argument(help="The file or folder to take over.", metavar="FILE")]
BookOption = Annotated[Path, typer.Option("--out", help="The .xlsx file to write; never an old one.")]


def adopt(
    file: FileArgument,
    lang: LanguageOption,
    out: BookOption = Path("regionet-study.xlsx"),
    frame: FrameOption = None,
    boundaries: BoundariesOption = None,
    on_unknown: UnknownOption = None,
) -> None:
    """Write what was understood of a file as a clean workbook that reads back equal, to correct and to keep."""
    with user_errors(lang):
        refuse_book(out, lang)
        study = open_study(
            file, frame=frame, unknown=None if on_unknown is None else on_unknown.value, boundaries=boundaries
        )
        if study.frame is not None:
            show(study.frame.text(lang.value))
        tell_faults(study.warnings, lang)
        out.parent.mkdir(parents=True, exist_ok=True)
        write_study(study, out, language=lang.value)
        show(str(out))


def write_study(study: "Study", path: Path, *, language: str = "zh") -> tuple[str, ...]:
    """Write a study as a workbook: its settings and a sheet for each of its own tables.

    Regions stand by their names, and by their codes where a name means several. What an extended study adds is left
    to it. ``regions.read_study`` gives the same tables again.

    Parameters
    ----------
    study
        As ``regions.read_study`` gives it.
    path
        The .xlsx file, written atomically.
    language
        ``zh`` or ``en``: names of sheets, columns and kinds.

    Returns
    -------
    tuple of str
        What did not fit, see `maps.exchange.table_files.write_workbook`.

    Raises
    ------
    MethodError
        The study has no origin: it was not read from a file or folder.
    """
    from maps.exchange.table_files import write_workbook
    from regions.errors import MethodError
    from regions.messages import say

    if study.origin is None:
        raise MethodError(say("adopt/no-origin", study=study.name))
    return write_workbook(_list_sheets(study, study.origin, language), path, language=language)


def _list_sheets(study: "Study", origin: "Origin", language: str) -> "Iterator[Sheet]":
    import pandas as pd

    from maps.exchange.table_files import Sheet
    from regions.frames.name_index import build_name_index
    from regions.schema.tables import SHEETS, TABLES

    regions = pd.concat([study.regions, study.surroundings]).rename_axis("code").reset_index()
    index = build_name_index(regions, study.regions.index)
    yield Sheet(SHEETS["settings"].text(language), _list_settings(study, origin, language), {})
    for name in TABLES:
        if name in origin.tables:
            table = _name_regions(name, origin.tables[name], index)
            if {"name", "name_zh"} <= set(table) and table["name"].equals(table["name_zh"]):
                table = table.drop(columns="name")  # one stands in for the other
            labels = {column: facts.label.text(language) for column, facts in TABLES[name].items() if column in table}
            if name == "actors" and "kind" in table:
                table = table.assign(kind=_name_kinds(table["kind"], language))
            yield Sheet(SHEETS[name].text(language), table, labels)


def _list_settings(study: "Study", origin: "Origin", language: str) -> "pd.DataFrame":
    import pandas as pd

    from regions.schema.tables import SETTINGS

    rows = [(SETTINGS["title"].label.text(language), study.title.text(language))]
    for key, value in origin.settings.items():
        shown = "、".join(value) if isinstance(value, tuple) else str(value).lower() if value is True else str(value)
        setting = SETTINGS[key]
        words = dict(zip(setting.choices("en"), setting.choices(language), strict=True))
        rows.append((setting.label.text(language) or key, words.get(shown, shown)))
    return pd.DataFrame(rows, columns=say("settings/headers").text(language).split("|"))


def _name_regions(name: str, table: "pd.DataFrame", index: "NameIndex") -> "pd.DataFrame":
    """Write the name of a region where it means this one alone."""
    words = {code: word for code, word in index.names.items() if index.find(word) == (code,)}
    changed = {
        column: table[column].map(lambda code: words.get(code, code))
        for column in _REGION_COLUMNS.get(name, ())
        if column in table
    }
    return table.assign(**changed)


def _name_kinds(kinds: "pd.Series[str]", language: str) -> "pd.Series[str]":
    from regions.schema.tables import KINDS

    words = {kind.en: kind.text(language) for kind in KINDS}
    return kinds.map(lambda kind: words.get(kind, kind))
