"""Show: the interactive page, its layers and the exported tables."""

from maps.page import Page, build_page
from maps.payload import PageOptions

__all__ = ["Page", "PageOptions", "build_page"]

__distribution__ = "regionet"
