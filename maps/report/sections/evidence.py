"""The evidence behind the first page: gaps, who could start, regions, spillover, borders."""

from collections.abc import Iterator

from analysis.loglinear.tolerance import sort_down
from maps.report.document_blocks import Block, FigureBlock, Heading, Material, Paragraph, lay_out
from maps.words.number_words import write_count
from maps.words.page_text import UI

GAPS = 12
PARTNERED = 12
REGIONS = 12
YEARS = 12
_SIGNIFICANT = 0.05
_ENDS = ("source_name", "source_name_zh", "target_name", "target_name_zh")
_GAPS = ("rank", *_ENDS, "observed", "expected", "interval", "gap", "shortfall_probability", "grade")
_PARTNERS = ("rank", *_ENDS, "reason", "reason_zh")
_REGIONS = ("name", "name_zh", "degree", "strength", "external_share", "betweenness", "internal", "external")
_SPILLOVER = ("name", "name_zh", "own", "received", "given", "net")
_CHANGES = ("year", "previous", "links", "stayed", "entered", "left", "persistence", "regions")
_EFFECTS = ("barrier_name", "barrier_name_zh", "estimate", "error", "percent", "percent_low", "percent_high")


def write_gaps(material: Material) -> Iterator[Block]:
    """Print the head of the register, and whether it stands when all pairs are tested together."""
    gaps = material.tables.get("gaps")
    if gaps is None or gaps.empty:
        return
    yield Heading(material.say("gaps"))
    significant = int((gaps["q"] < _SIGNIFICANT).sum()) if "q" in gaps else 0
    said = UI["gaps_supported" if significant else "gaps_unsupported"].text(material.language)
    yield Paragraph(said.format(n=significant, all=f"{len(gaps):,}"))
    head = gaps.head(GAPS)
    spans = [f"{write_count(low)} – {write_count(high)}" for low, high in zip(head["low"], head["high"], strict=True)]
    ranked = head.assign(rank=range(1, len(head) + 1), interval=spans)
    caption = material.say("gaps_caption", n=len(ranked), all=f"{len(gaps):,}")
    yield lay_out(material, "gaps", _GAPS, caption=caption, table=ranked, most=GAPS)
    yield Paragraph(UI["about_reading_text"].text(material.language), "quiet")


def write_partners(material: Material) -> Iterator[Block]:
    """Print the pairs of institutions that could close the first gaps."""
    partners = material.tables.get("partners")
    if partners is None or partners.empty:
        return
    yield Heading(material.say("partners"))
    yield lay_out(material, "partners", _PARTNERS, caption=material.say("partners_caption"), most=PARTNERED)


def write_regions(material: Material) -> Iterator[Block]:
    """Print the regions with the most links, and the network."""
    scores = material.tables["scores"]
    yield Heading(material.say("regions"))
    caption = material.say("regions_caption", n=min(REGIONS, len(scores)), all=len(scores))
    yield lay_out(material, "scores", _REGIONS, caption=caption, most=REGIONS)
    figure = material.figures.get("network")
    if figure is not None:
        yield FigureBlock(figure, material.trace(figure.caption.text(material.language), "links.csv"), 14.0)


def write_spillover(material: Material) -> Iterator[Block]:
    """Print who receives and who gives, where the study has an indicator that spills over."""
    scores = material.tables["scores"]
    if "net" not in scores or scores["net"].isna().all():
        return
    yield Heading(material.say("spillover"))
    yield Paragraph(material.say("spillover_note"), "quiet")
    table = sort_down(scores, "net", "code")
    caption = material.say("spillover_caption", n=min(REGIONS, len(table)))
    yield lay_out(material, "scores", _SPILLOVER, caption=caption, table=table, most=REGIONS)


def write_changes(material: Material) -> Iterator[Block]:
    """Print what became of the links from year to year, where the study has years."""
    changes = material.tables.get("changes")
    if changes is None or changes.empty:
        return
    yield Heading(material.say("changes"))
    last = changes.tail(YEARS).astype({"year": str, "previous": str})  # names, without a comma in them
    caption = material.say("changes_caption", n=len(last), all=len(changes))
    yield lay_out(material, "changes", _CHANGES, caption=caption, table=last, most=YEARS)
    yield Paragraph(material.say("changes_note"), "quiet")


def write_barriers(material: Material) -> Iterator[Block]:
    """Show and print what distance and borders do to expected collaboration."""
    effects = material.tables.get("effects")
    if effects is None or effects.empty:
        return
    yield Heading(material.say("barriers"))
    figure = material.figures.get("barriers")
    if figure is not None:
        yield FigureBlock(figure, material.trace(figure.caption.text(material.language), "effects.csv"), 14.0)
    yield Paragraph(material.say("barriers_note"), "quiet")
    yield lay_out(material, "effects", _EFFECTS, caption=material.say("barriers_caption"), most=len(effects))
