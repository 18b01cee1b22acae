"""The scorecard in the report: ranks with their intervals, growth, balance; what it does not show."""

from collections.abc import Iterator

import pandas as pd

from maps.report.document_blocks import Block, FigureBlock, Heading, Material, Paragraph, lay_out
from maps.words.columns.scorecard_columns import SCORECARD, label_scorecard
from maps.words.scorecard_names import CHOICES
from regions.words import Words

RANKED = 15
_COLUMNS = ("rank", "name", "name_zh", "score", "rank_low", "rank_high", "moved_by", "moved_by_zh")
_FIGURES = {"ranks": "index.csv", "densities": "index.csv, lorenz.csv", "lorenz": "lorenz.csv"}
_FIGURES |= {"transitions": "markov.csv", "sigma": "sigma.csv"}
_WIDTH = 15.5


def write_scorecard_section(material: Material) -> Iterator[Block]:
    """Print the finding, the first regions with their intervals, the figures, and what was assumed."""
    table = material.tables.get("index")
    if table is None or not material.scorecard:
        return
    (_, headline), *told = material.scorecard
    yield Heading(material.say("scorecard"))
    yield Paragraph(headline, "lead")
    yield Paragraph(material.say("scorecard_note"), "quiet")
    rows = _rank(table)
    words = {column: column if column in SCORECARD else column.removesuffix("_zh") for column in map(str, rows)}
    headers = {column: label_scorecard(key, {}).label.text(material.language) for column, key in words.items()}
    caption = material.say("scorecard_caption", n=min(RANKED, len(rows)), all=len(rows))
    yield lay_out(material, "index", _COLUMNS, caption=caption, table=rows, most=RANKED, named=headers)
    for name, files in _FIGURES.items():
        figure = material.figures.get(name)
        if figure is not None:
            yield FigureBlock(figure, material.trace(figure.caption.text(material.language), files), _WIDTH)
    yield Heading(material.say("scorecard_told"), 2)
    yield from (Paragraph(sentence, "bullet", name) for name, sentence in told)


def _rank(table: pd.DataFrame) -> pd.DataFrame:
    """Return the regions of the last year by rank, ranks as text, what moves them most in words."""
    last: pd.DataFrame = table[(table["year"] == table["year"].max()) & table["rank"].notna()].sort_values(
        ["rank", "code"]
    )
    words = [CHOICES.get(str(choice), Words("", "")) for choice in last["moved_by"]]
    whole = {name: last[name].astype(int) for name in ("rank", "rank_low", "rank_high")}
    return last.assign(**whole, moved_by=[each.en for each in words], moved_by_zh=[each.zh for each in words])
