"""What the maker of a page may choose; all of it can be left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maps.look.classes import Classes
from maps.look.geo_layer import GeoLayer
from maps.look.palette import Colours, list_colour_faults
from maps.look.tiles import Tiles
from maps.look.widths import WIDTHS, list_width_faults
from maps.page.layers import Layer
from maps.page.link_data import LinkPart
from maps.page.stories.chain_story import ChainSheet
from maps.page.stories.scorecard_story import ScorecardStory
from maps.page.stories.spillover_story import SpilloverStory
from maps.page.year_data import PageYears
from maps.words.column_words import ColumnWords
from maps.words.page_text import LANGUAGES
from regions.errors import MethodError
from regions.messages import Message, say
from regions.words import Words

THEMES = ("auto", "light", "dark")
VIEWS = ("brief", "evidence")
_THEME, _VIEW, _LANGUAGE = Words("theme", "主题"), Words("view", "视图"), Words("language", "语言")


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page opens and how its map looks; all of it can be left out.

    Attributes
    ----------
    title
        Heading in place of the study's title.
    links_shown
        So many of the strongest links are drawn at first.
    gaps_shown
        So many of the first gaps are drawn at first.
    gaps_listed
        So many of the first gaps are in the table, and in the file; the largest of every region are there besides.
    gaps_told
        So many of the first gaps carry their reason, where the gaps have one; those of every region do, too.
    view
        ``brief`` opens with sentences for somebody who decides, ``evidence`` with the tables of an analyst.
    theme
        ``auto`` (as the reader's system), ``light`` or ``dark``.
    review_number
        Review number of the map, if you have one from the authority that gives it. None is ever made up.
    units
        Name of a score -> its unit, and of what, which year and whose it is; shown wherever the score is.
    words
        Name of a score of your own -> what it is called and means, in both languages.
    layers
        What analyses hand over to be drawn, see ``maps.page.layers``; one is shown at a time, chosen on the page.
    layer
        Key of the layer that is shown at first; empty: none.
    spillover
        What the tab on spillover says; None: there is no such tab.
    chains
        Industry chains for a tab of their own; empty: there is no such tab.
    scorecard
        Ranks, pillars and peers for a tab of their own; None: there is no such tab.
    years
        The study year by year: the page moves through them, see ``maps.page.year_data``.
    parts
        Some of the links by themselves: of a path, a field, a kind; the reader chooses among them.
    notes
        What a reader must know of the computation: what was assumed, why a part is missing.
    palette, palette_dark
        Colours in place of those of `Palette`, by their name there, for the light and the dark theme:
        ``{"link": "#b03a2e", "ramp": ("#f7fcf5", "#c7e9c0", "#74c476", "#238b45")}``.
    widths
        Pixels of the weakest and the strongest link; between them the square root of the weight decides.
    classes
        Classes of every score, or name of a score -> its classes.
    labels_shown
        So many names stand on the whole map, the most connected first; 0 for none but what is selected.
    labels
        Code -> name on the map, in place of the short form of the region's name.
    geo_layers
        Your own points, lines and areas (GeoJSON), drawn over the map: railways, zones, sites. See `GeoLayer`.
    tiles
        A map from a tile server of yours below the regions: the one thing a page may fetch. See `Tiles`.

    Examples
    --------
    >>> options = PageOptions(classes=Classes(method="natural"), palette={"link": "#b03a2e"}, labels_shown=8)
    >>> options.list_faults()
    []
    """

    title: Words | None = None
    links_shown: int = 80
    gaps_shown: int = 10
    gaps_listed: int = 300
    gaps_told: int = 30
    theme: str = "auto"
    view: str = "brief"
    review_number: str = ""
    units: Mapping[str, Words] = field(default_factory=dict)
    words: Mapping[str, ColumnWords] = field(default_factory=dict)
    layers: tuple[Layer, ...] = ()
    layer: str = ""
    spillover: SpilloverStory | None = None
    chains: tuple[ChainSheet, ...] = ()
    scorecard: ScorecardStory | None = None
    years: PageYears | None = None
    parts: tuple[LinkPart, ...] = ()
    notes: tuple[Words, ...] = ()
    palette: Colours = field(default_factory=dict)
    palette_dark: Colours = field(default_factory=dict)
    widths: tuple[float, float] = WIDTHS
    classes: Classes | Mapping[str, Classes] = field(default_factory=Classes)
    labels_shown: int = 22
    labels: Mapping[str, Words] = field(default_factory=dict)
    geo_layers: tuple[GeoLayer, ...] = ()
    tiles: Tiles | None = None

    def list_faults(self) -> list[Message]:
        """Say all that is wrong with the options; an empty list when nothing is."""
        faults = [
            say("map/unknown-choice", what=what, given=given, allowed=allowed)
            for what, given, allowed in ((_THEME, self.theme, THEMES), (_VIEW, self.view, VIEWS))
            if given not in allowed
        ]
        counts = (self.links_shown, self.gaps_shown, self.gaps_listed, self.labels_shown)
        if min(counts) < 0:
            faults.append(say("map/counts", counts=", ".join(map(str, counts))))
        faults += list_width_faults(self.widths)
        for chosen in self._list_classes():
            faults += chosen.list_faults()
        faults += list_colour_faults(self.palette) + list_colour_faults(self.palette_dark)
        for layer in self.geo_layers:
            faults += layer.list_faults()
        keys = [layer.key for layer in self.geo_layers]
        faults += [say("map/key-twice", key=key) for key in sorted({key for key in keys if keys.count(key) > 1})]
        if self.tiles is not None:
            faults += self.tiles.list_faults()
        return faults

    def classes_of(self, score: str) -> Classes:
        """Return how the values of a score are put into classes."""
        return self.classes if isinstance(self.classes, Classes) else self.classes.get(score, Classes())

    @property
    def present(self) -> frozenset[str]:
        """Return the names of the analyses that the page has a tab for."""
        names = ("spillover", "chains", "scorecard", "years")
        return frozenset(name for name in names if getattr(self, name))

    def _list_classes(self) -> list[Classes]:
        return [self.classes] if isinstance(self.classes, Classes) else list(self.classes.values())


def check_options(options: PageOptions, language: str) -> None:
    """Refuse options that a page cannot follow.

    Raises
    ------
    MethodError
        All that is wrong with them and with the language, in one message in both languages.
    """
    faults = options.list_faults()
    if language not in LANGUAGES:
        faults.insert(0, say("map/unknown-choice", what=_LANGUAGE, given=language, allowed=LANGUAGES))
    if faults:
        raise MethodError(say("map/options", faults=faults))
