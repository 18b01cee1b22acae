"""What a report is made of, before it is a document: headings, paragraphs, tables, figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from maps.exchange.latex_table import is_number, spell_column
from maps.report.brief_sentences import Brief
from maps.report.one_language import keep_language, list_headers
from maps.report.plot_style import Figure
from maps.words.report_text import REPORT
from regions.study import Study


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is the title; ``new_page`` lets it begin a page."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``style`` is ``body``, ``lead``, ``quiet`` or ``bullet``, ``label`` stands bold in front."""

    text: str
    style: str = "body"
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as it is printed.

    Attributes
    ----------
    caption
        With the file that has the numbers in full.
    headers, rows
        As text.
    numeric
        Which columns are numbers.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure with its caption; ``width`` in centimetres."""

    figure: Figure
    caption: str
    width: float = 16.0


Block = Heading | Paragraph | TableBlock | FigureBlock


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What the sections are made of.

    Attributes
    ----------
    study
        Its title, limits, sources and warnings.
    language
        ``zh`` or ``en``.
    brief
        None where no gaps were computed.
    tables
        Name -> table, each of which stands beside the report as ``NAME.csv``.
    figures
        Name -> figure.
    notes
        The model and what else was assumed, a sentence each.
    run
        The name of the run in run.json.
    modelled
        Whether the network is modelled.
    scorecard
        What is said of the scorecard, (name of the part or "", sentence), its headline first; () where the study bears
        none.
    """

    study: Study
    language: str
    brief: Brief | None
    tables: Mapping[str, pd.DataFrame]
    figures: Mapping[str, Figure]
    notes: tuple[str, ...]
    run: str
    modelled: bool = False
    scorecard: tuple[tuple[str, str], ...] = ()

    def say(self, key: str, **values: object) -> str:
        """Return words of `REPORT` with their blanks filled in."""
        return REPORT[key].text(self.language).format(**values)

    def trace(self, caption: str, file: str) -> str:
        """Return a caption that names the file with the numbers, and the run."""
        return self.say("from", caption=caption, file=file, run=self.run)


def lay_out(
    material: Material,
    name: str,
    columns: Sequence[str],
    *,
    caption: str,
    table: pd.DataFrame | None = None,
    most: int,
    named: Mapping[str, str] | None = None,
) -> TableBlock:
    """Print the first ``most`` rows of a table of the material (or of ``table``, a part of it), in one language.

    Whole numbers stand without decimals, those up to 1 with three, others with one; a missing value is empty. Headers
    are those of the codebook, or ``named`` by column.
    """
    rows = (material.tables[name] if table is None else table).head(most)
    wanted = [column for column in columns if column in rows]
    shown = keep_language(rows[wanted], material.language)
    headers = named or list_headers(shown, material.language, of_units=name == "partners")
    numeric = tuple(is_number(shown[column]) for column in shown)
    cells = [spell_column(shown[column]) for column in shown]
    return TableBlock(
        material.trace(caption, f"{name}.csv"),
        tuple(headers[str(column)] for column in shown),
        tuple(zip(*cells, strict=True)),
        numeric,
    )
