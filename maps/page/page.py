"""The interactive page: a folium map, its data block and its script in one file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from analysis.gaps.register import GapRegister
from maps.page.basemap import build_basemap
from maps.page.data_block import PageOptions, build_payload
from maps.page.encode import encode_text
from maps.page.offline import seal
from maps.words.page_text import LANGUAGES, UI
from regions.errors import MethodError
from regions.files.writing import write_text
from regions.study import Study

_THEMES = ("auto", "light", "dark")
_VIEWS = ("brief", "evidence")


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    Attributes
    ----------
    html
        The whole document; it opens without a network.
    """

    html: str

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
        Title, numbers of links and gaps, theme, review number.

    Returns
    -------
    Page
        A document without any address: it makes no request, and its content policy forbids one. The same input
        gives the same bytes. A region without boundary is a point; without a point it is in the tables only.

    Raises
    ------
    MethodError
        Unknown language or theme; a negative number of links or gaps; a region that is not in the study; nothing to
        draw.
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
    _check_options(language, options)
    from maps.page.element import build_map, fill_assets  # noqa: PLC0415 - folium takes 1.8 s, only where used

    basemap = build_basemap(study)
    payload = build_payload(study, network, basemap, tables=(scores, gaps), partners=partners, options=options)
    payload["lang"] = language
    document = fill_assets(build_map(payload).get_root().render())
    spoken = "zh-CN" if language == "zh" else "en"
    document = document.replace("<html>", f'<html lang="{spoken}">', 1)
    title = encode_text(_write_title(payload))
    return Page(seal(document.replace("<head>", f"<head><title>{title}</title>", 1)))


def _check_options(language: str, options: PageOptions) -> None:
    if language not in LANGUAGES:
        raise MethodError(f'Unknown language "{language}"; the page speaks {" and ".join(LANGUAGES)}.')
    if options.theme not in _THEMES:
        raise MethodError(f'Unknown theme "{options.theme}"; allowed are {", ".join(_THEMES)}.')
    if options.view not in _VIEWS:
        raise MethodError(f'Unknown view "{options.view}"; allowed are {", ".join(_VIEWS)}.')
    counts = (options.links_shown, options.gaps_shown, options.gaps_listed)
    if min(counts) < 0:
        raise MethodError(f"Numbers of links and gaps to show are 0 or more; got {counts}.")


def _write_title(payload: dict[str, Any]) -> str:
    place = 0 if payload["lang"] == "en" else 1
    title = str(payload["title"][place])
    if not payload["modelled"]:
        return title
    return f"{title} ({UI['modelled'].en.lower()})" if place == 0 else f"{title}（{UI['modelled'].zh}）"
