"""How to cite: the program, and the data that it was used on."""

from maps.words.page_text import UI
from regions.study import Study
from regions.words import Words

VERSION = "0.2.0"
"""That of the distribution; `maps` cannot ask the front door, which stands above it."""


def list_citations(study: Study) -> tuple[Words, ...]:
    """Return how to cite the program and the data of a study, a sentence each; for the page and the workbook.

    Examples
    --------
    >>> from regionet import regions
    >>> list_citations(regions.load_study("china"))[0].en
    'The regionet developers. regionet: a regional innovation network analyzer. Version 0.2.0.'
    """
    data = UI["cite_sources" if study.sources else "cite_owner"]
    titles = (study.title.en, study.title.zh)
    return (
        Words(*(text.format(version=VERSION) for text in UI["cite_program"])),
        Words(*(text.format(title=title) for text, title in zip(data, titles, strict=True))),
    )
