"""The interactive page: a folium map, its data block and its script in one file."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from analysis.gaps.register import GapRegister
from maps.document.encode import encode_text
from maps.document.offline import seal
from maps.page.basemap import build_basemap
from maps.page.data_block import build_payload
from maps.page.page_options import PageOptions, check_options
from maps.words.page_text import UI
from regions.files.writing import write_text
from regions.study import Study

WEB_MERCATOR = "EPSG:3857"
FRAME_HEIGHT = 720
"""Pixels of a page in a notebook."""


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page. A notebook shows it in a frame that may run its scripts and nothing else.

    Attributes
    ----------
    html
        The whole document; it opens without a network.
    """

    html: str

    def _repr_html_(self) -> str:
        """Return a frame that holds the whole page, for a notebook; scripts in it cannot reach the notebook."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'title="regionet" style="width: 100%; height: {FRAME_HEIGHT}px; border: 0"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Write the page to ``path`` in one step (the old file stays until the new one is whole); return the path.

        Raises
        ------
        OSError
            The folder does not exist or cannot be written to.
        """
        write_text(path, self.html)
        return Path(path)


def build_page(
    study: Study,
    network: "nx.Graph[str]",
    *,
    scores: pd.DataFrame | None = None,
    gaps: pd.DataFrame | GapRegister | None = None,
    partners: pd.DataFrame | None = None,
    language: str = "zh",
    options: PageOptions | None = None,
) -> Page:
    """Build the interactive, bilingual page of a study: choropleth, links, gaps, tables.

    Parameters
    ----------
    study
        The regions, and how they want to be drawn.
    network
        Graph or DiGraph on the codes of the study's units, edge attribute ``weight`` (1 where missing). Its graph
        attribute ``origin`` = ``modelled`` is named in the title and the legend.
    scores
        One row per region code; every numeric column can colour the map. None: strength and number of partners.
    gaps
        Pairs of ``analysis.find_gaps`` or ``build_gap_register``, in their order. None: no gaps are shown.
    partners
        Pairs of actors that could close a gap, the best first: ``source``, ``target`` (regions), ``source_name``,
        ``target_name``, ``reason`` and these in Chinese (``..._zh``). None: nobody is named.
    language
        ``zh`` or ``en`` at first; the page holds both.
    options
        Title, numbers of links and gaps, theme, colours, classes, names, layers and tiles of your own.

    Returns
    -------
    Page
        A document without any address: it makes no request, and its content policy forbids one, but for the host of
        ``options.tiles``. The same input
        gives the same bytes. A region without boundary is a point; without a point it is in the tables only.

    Raises
    ------
    MethodError
        Language or options that a page cannot follow, all at once; a region that is not in the study; nothing to draw.
    MissingExtraError
        The boundaries of the study come from a package that is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from regionet import analysis, maps, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> page = maps.build_page(study, analysis.build_network(study), language="en")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = page.save(f"{folder}/delta.html")
    >>> "Yangtze" in page.html
    True
    """
    options = options or PageOptions()
    check_options(options, language)
    from maps.page.folium_element import build_map, fill_assets  # noqa: PLC0415 - folium takes 1.8 s, only where used

    basemap = build_basemap(study, projection=None if options.tiles is None else WEB_MERCATOR)
    payload = build_payload(study, network, basemap, tables=(scores, gaps), partners=partners, options=options)
    payload["lang"] = language
    document = fill_assets(build_map(payload).get_root().render())
    spoken = "zh-CN" if language == "zh" else "en"
    document = document.replace("<html>", f'<html lang="{spoken}">', 1)
    title = encode_text(_write_title(payload))
    images = () if options.tiles is None else (f"https://{options.tiles.host}",)
    return Page(seal(document.replace("<head>", f"<head><title>{title}</title>", 1), images=images))


def _write_title(payload: dict[str, Any]) -> str:
    place = 0 if payload["lang"] == "en" else 1
    title = str(payload["title"][place])
    if not payload["modelled"]:
        return title
    return f"{title} ({UI['modelled'].en.lower()})" if place == 0 else f"{title}（{UI['modelled'].zh}）"
