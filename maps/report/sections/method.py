"""The end of the report: method, data and limits, how to cite, where the numbers come from."""

from collections.abc import Iterator

from maps.page.basemap import describe_boundaries
from maps.report.document_blocks import Block, FigureBlock, Heading, Material, Paragraph
from maps.words.answer_text import ANSWERS
from maps.words.citation import list_citations
from regions.errors import group_faults

_WARNINGS = 8


def write_method(material: Material) -> Iterator[Block]:
    """Say how the numbers were computed, and show how well the model fits."""
    language = material.language
    yield Heading(material.say("method"))
    if material.brief is not None:
        stop = "。" if language == "zh" else "."
        yield Paragraph(material.brief.due.text(language) + stop)
        yield Paragraph(ANSWERS["sheet_how_text"].text(language))
    for note in material.notes:
        yield Paragraph(note)
    figure = material.figures.get("calibration")
    if figure is not None:
        yield FigureBlock(figure, material.trace(figure.caption.text(language), "calibration.csv"), 9.5)


def write_data(material: Material) -> Iterator[Block]:
    """Say what the data cannot say, what was noticed in them, and whence they are."""
    study, language = material.study, material.language
    groups = group_faults(study.warnings)
    told = [group.describe(language) for group in groups[:_WARNINGS]]
    more = len(groups) - len(told)
    told += [f"+ {more}"] if more > 0 else []
    lists = (
        ("limits", [note.text(language) for note in study.limits]),
        ("warnings", told),
        ("sources", [note.text(language) for note in study.sources]),
    )
    if any(sentences for _, sentences in lists):
        yield Heading(material.say("data"))
    for key, sentences in lists:
        if sentences:
            yield Heading(material.say(key), 2)
            yield from (Paragraph(sentence, "bullet") for sentence in sentences)


def write_citation(material: Material) -> Iterator[Block]:
    """Say how to cite, and how a number can be traced."""
    yield Heading(material.say("cite"))
    yield from (Paragraph(words.text(material.language)) for words in list_citations(material.study))
    yield Heading(material.say("trace"))
    yield Paragraph(material.say("trace_text", run=material.run))
    yield Paragraph(describe_boundaries(material.study).text(material.language), "quiet")
