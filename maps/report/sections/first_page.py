"""The first page: what a planner takes away, and the map."""

from collections.abc import Iterator

from maps.report.brief_sentences import ToldGap
from maps.report.document_blocks import Block, FigureBlock, Heading, Material, Paragraph
from maps.words.answer_text import ANSWERS


def write_title(material: Material) -> Iterator[Block]:
    """Write the title."""
    yield Heading(material.study.title.text(material.language), 0)
    yield Paragraph(material.say("subtitle"), "quiet")
    if material.modelled:
        yield Paragraph(material.say("modelled"), "lead")


def write_brief(material: Material) -> Iterator[Block]:
    """Write the headline, up to three gaps and how sure they are, in the words of the page."""
    brief, language = material.brief, material.language
    yield Heading(material.say("at_a_glance"))
    if brief is None:
        yield Paragraph(material.say("no_gaps"), "lead")
        return
    yield Paragraph(brief.headline.text(language), "lead")
    yield Paragraph(brief.due.text(language), "quiet")
    for number, gap in enumerate(brief.gaps, start=1):
        yield from _write_gap(material, number, gap)
    if brief.gaps:
        yield Paragraph(brief.certainty.text(language), label=ANSWERS["certain_title"].text(language))
        space = "" if language == "zh" else " "
        told = (material.say("call_note"), material.say("brief_from", run=material.run))
        yield Paragraph(space.join(told), "quiet")


def _write_gap(material: Material, number: int, gap: ToldGap) -> Iterator[Block]:
    language = material.language
    ends = {"a": gap.source.text(language), "b": gap.target.text(language)}
    yield Heading(material.say("gap_heading", n=number, **ends), 2)
    comma = "；" if language == "zh" else "; "
    sure = material.say("sure", grade=gap.sure.text(language))
    yield Paragraph(gap.times.text(language) + sure, label=material.say("figures"))
    yield Paragraph(gap.why.text(language), label=material.say("why"))
    yield Paragraph(gap.todo.text(language), label=material.say("do"))
    yield Paragraph(comma.join(pair.text(language) for pair in gap.call), label=material.say("call"))


def write_map(material: Material) -> Iterator[Block]:
    """Show the map."""
    figure = material.figures.get("map")
    if figure is not None:
        yield Heading(material.say("map"), new_page=True)
        yield FigureBlock(figure, material.trace(figure.caption.text(material.language), "links.csv, gaps.csv"), 14.0)
