"""Show: the interactive page, its layers, layers on any folium map, and the exported tables."""

from maps.exchange.latex_table import to_latex
from maps.look.classes import Classes
from maps.look.geo_layer import GeoLayer
from maps.look.overlay_options import OverlayOptions
from maps.look.palette import Palette
from maps.look.tiles import Tiles
from maps.overlays.actor_layers import draw_actors
from maps.overlays.joint_layers import draw_gaps, draw_links
from maps.overlays.region_layers import draw_groups, draw_regions
from maps.page.layers import Flows, RegionClasses
from maps.page.page import Page, build_page
from maps.page.page_options import PageOptions
from maps.page.stories.spillover_story import SpilloverStory
from regions.arguments import guard_functions

__all__ = [
    "Classes",
    "Flows",
    "GeoLayer",
    "OverlayOptions",
    "Page",
    "PageOptions",
    "Palette",
    "RegionClasses",
    "SpilloverStory",
    "Tiles",
    "build_page",
    "draw_actors",
    "draw_gaps",
    "draw_groups",
    "draw_links",
    "draw_regions",
    "to_latex",
]

__distribution__ = "regionet"

guard_functions(globals(), __all__)
