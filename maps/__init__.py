"""Show: the interactive page, its layers and the exported tables."""

from maps.look.classes import Classes
from maps.look.geo_layer import GeoLayer
from maps.look.palette import Palette
from maps.look.tiles import Tiles
from maps.page.layers import Flows, RegionClasses
from maps.page.page import Page, build_page
from maps.page.page_options import PageOptions
from maps.page.spillover_story import SpilloverStory
from regions.arguments import guard_functions

__all__ = [
    "Classes",
    "Flows",
    "GeoLayer",
    "Page",
    "PageOptions",
    "Palette",
    "RegionClasses",
    "SpilloverStory",
    "Tiles",
    "build_page",
]

__distribution__ = "regionet"

guard_functions(globals(), __all__)
