"""The order of the sections; add one by writing its function and putting it here."""

from collections.abc import Callable, Iterable

from maps.report.document_blocks import Block, Material
from maps.report.sections.evidence import (
    write_barriers,
    write_changes,
    write_gaps,
    write_partners,
    write_regions,
    write_spillover,
)
from maps.report.sections.first_page import write_brief, write_map, write_title
from maps.report.sections.method import write_citation, write_data, write_method
from maps.report.sections.scorecard_section import write_scorecard_section

SECTIONS: tuple[Callable[[Material], Iterable[Block]], ...] = (
    write_title,
    write_brief,
    write_map,
    write_gaps,
    write_partners,
    write_regions,
    write_spillover,
    write_changes,
    write_barriers,
    write_scorecard_section,
    write_method,
    write_data,
    write_citation,
)


def build_blocks(material: Material) -> list[Block]:
    """Return the whole report, section by section."""
    return [block for section in SECTIONS for block in section(material)]
