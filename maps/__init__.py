"""Show: the interactive page, its layers and the exported tables."""

from maps.page.data_block import PageOptions
from maps.page.layers import Flows, RegionClasses
from maps.page.page import Page, build_page
from regions.arguments import guard_functions

__all__ = ["Flows", "Page", "PageOptions", "RegionClasses", "build_page"]

__distribution__ = "regionet"

guard_functions(globals(), __all__)
