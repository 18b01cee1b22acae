"""The page as folium sees it: a map without tiles that carries one element of ours."""

import re
from typing import Any

import folium
from branca.element import MacroElement
from jinja2 import Template

from maps.document.encode import encode_json
from maps.document.offline import read_asset, read_leaflet

_FIXED_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*user-scalable=no[^>]*>')
"""What folium writes: a page that two fingers cannot enlarge."""


_DEEPEST = 24


class FoliumElement(MacroElement):
    """Regions, links, gaps and panel of one page.

    Parameters
    ----------
    payload
        The data block; see ``maps.page.data_block``.

    Notes
    -----
    Folium reads what an element gives it as a template once more. Names from the data are therefore only in the data
    block, where no brace can be seen; scripts and styles are put in after folium is done (``fill_assets``).
    """

    _template = Template(
        "{% macro header(this, kwargs) %}<!--regionet head-->{% endmacro %}"
        "{% macro html(this, kwargs) %}<!--regionet panel-->"
        '<script type="application/json" id="regionet-data">{{ this.data }}</script>'
        "<!--regionet script-->{% endmacro %}"
        "{% macro script(this, kwargs) %}startRegionet({{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self, payload: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "FoliumElement"
        self._id = "regionet"
        self.data = encode_json(payload)


def build_map(payload: dict[str, Any]) -> folium.Map:
    """Build the folium map of a page: a flat coordinate system, our element, nothing fetched but tiles asked for.

    The coordinates are projected beforehand, so Leaflet only scales them; above tiles it has their grid. The lists of
    scripts and styles are set on this one map; those of the class are shared by every map in the process.
    """
    tiled = payload["tiles"] is not None
    flat = folium.Map(
        location=[0, 0],
        zoom_start=0,
        tiles=None,
        crs="EPSG3857" if tiled else "Simple",
        zoom_control=False,
        attribution_control=False,
        zoom_snap=0,
        zoom_delta=0.75,
        wheel_px_per_zoom_level=110,
        min_zoom=0 if tiled else -4,
        max_zoom=_DEEPEST if tiled else 9,
        box_zoom=False,
    )
    flat._id = "regionet"  # noqa: SLF001 - folium has no other way to a stable name, and a page must be reproducible
    flat.default_js, flat.default_css = [], []
    flat.add_child(FoliumElement(payload))
    return flat


def fill_assets(document: str) -> str:
    """Put Leaflet, our script, our style and the panel into a rendered document."""
    leaflet, style = read_leaflet()
    head = (
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style><style>{read_asset('built/page.css')}</style>"
        f"<script>{leaflet}</script>"
    )
    document = _FIXED_VIEWPORT.sub("", document)
    document = document.replace("<!--regionet head-->", head, 1)
    document = document.replace("<!--regionet script-->", f"<script>{read_asset('built/start.js')}</script>", 1)
    return document.replace("<!--regionet panel-->", read_asset("panel.html"), 1)
