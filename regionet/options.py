"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from regionet.console.language import Language, find_language


class Counting(StrEnum):
    """How a joint record is shared out over its pairs of actors."""

    FULL = "full"
    NEWMAN = "newman"
    PAIR = "pair"


class Unknown(StrEnum):
    """What to do with rows that name an unknown region or actor."""

    ERROR = "error"
    DROP = "drop"


StudyOption = Annotated[str, typer.Option("--study", help="Name of an embedded study, a folder or an .xlsx workbook.")]
FrameOption = Annotated[
    str | None,
    typer.Option(
        "--frame", help="Whose regions the data name: an embedded study or a folder; found by the names without it."
    ),
]
PersonsOption = Annotated[
    bool, typer.Option("--name-persons", help="Name natural persons among the actors; they are numbered without it.")
]
AnonymousOption = Annotated[
    bool, typer.Option("--without-actors", help="Name no actor at all and propose no partners.")
]
UnknownOption = Annotated[
    Unknown | None,
    typer.Option("--on-unknown", help="Rows that name an unknown region or actor: stop, or leave out and count."),
]
ReportOption = Annotated[Path | None, typer.Option("--out", help="Folder for check.xlsx; nothing is written without.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder for the results; made if it is missing.")]
LanguageOption = Annotated[
    Language,
    typer.Option("--lang", "--language", default_factory=find_language, help="Language of pages and messages."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout.")]
CountingOption = Annotated[Counting, typer.Option("--counting", help="How joint records are counted.")]
IndicatorOption = Annotated[
    str | None, typer.Option("--indicator", help="Indicator that spills over; the study's own by default.")
]
YearOption = Annotated[
    int | None, typer.Option("--year", help="Year of the indicator; the latest full one by default.")
]
YearsOption = Annotated[
    tuple[int, int] | None, typer.Option("--years", metavar="FIRST LAST", help="Only links of these years.")
]
BoundariesOption = Annotated[
    Path | None,
    typer.Option("--boundaries", metavar="FILE", help="Polygons of your own (GeoJSON, GeoPackage, Shapefile)."),
]


class View(StrEnum):
    """How a page opens."""

    BRIEF = "brief"
    EVIDENCE = "evidence"


ViewOption = Annotated[
    View, typer.Option("--view", help="How the page opens: sentences for who decides, or the tables of an analyst.")
]
TopOption = Annotated[int, typer.Option("--top", min=1, help="Rows to print.")]
TemplateOption = Annotated[Path, typer.Option("--out", help="The .xlsx file to write; never an old one.")]
DEFAULT_TEMPLATE = Path("regionet-template.xlsx")
DEFAULT_OUT = Path("regionet-out")


def split_option(names: str | None) -> tuple[str, ...]:
    """Split the names that an option takes, with commas of either width between them."""
    return tuple(name.strip() for name in (names or "").replace("，", ",").split(",") if name.strip())
