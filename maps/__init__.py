"""Show: the interactive page, its layers and the exported tables."""

from maps.page.data_block import PageOptions
from maps.page.page import Page, build_page

__all__ = ["Page", "PageOptions", "build_page"]

__distribution__ = "regionet"
