"""One layer of ours on a folium map: a data block and the script that draws it on a canvas of its own."""

from typing import Any

import folium
from branca.element import Element, Figure
from folium.map import Layer
from jinja2 import Template

from maps.document.encode import encode_json, encode_text
from maps.document.offline import read_asset
from maps.look.overlay_options import OverlayOptions
from maps.overlays.degree_grid import DegreeGrid
from regions.words import Words

SCRIPT = "regionet_overlay"
"""Name of the script among the children of a figure's head: several layers share one."""


class Overlay(Layer):
    """A layer that folium, its layer control and its notebooks treat as any other.

    Parameters
    ----------
    kind
        ``regions``, ``links``, ``gaps``, ``actors``, ``groups``: what the script is to draw.
    data
        What the script draws, in plain lists, text and numbers.
    grid
        On which the points and rings of the data lie.
    options
        Name, language, and whether it is shown.
    title
        Name where the options have none.

    Notes
    -----
    Folium and branca read as a template what an element gives them, and read it a second time when the figure is put
    together; layer names end in ``innerHTML``. Names from data are therefore only in the data block, where no brace
    can be seen, and the layer's own name is encoded. No attribute of a folium class is changed.
    """

    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<script type="application/json" id="{{ this.get_name() }}_data">{{ this.data }}</script>'
        "{% endmacro %}"
        '{% macro script(this, kwargs) %}var {{ this.get_name() }} = drawRegionet("{{ this.get_name() }}_data");'
        "{% endmacro %}"
    )

    def __init__(
        self, kind: str, data: dict[str, Any], *, grid: DegreeGrid, options: OverlayOptions, title: Words
    ) -> None:
        words = (options.name or title).text(options.language)
        super().__init__(name=encode_text(words), overlay=True, control=True, show=options.show)
        self._name = "RegionetOverlay"
        self.bounds = grid.bounds
        head = {"kind": kind, "title": words, "lang": options.language, "legend": options.legend}
        self.data = encode_json({**head, "grid": [grid.west, grid.south, grid.step], **data})

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - as folium has it
        """Put the data block into the figure, and the script where it is not yet there."""
        figure = self.get_root()
        if isinstance(figure, Figure) and SCRIPT not in figure.header._children:  # noqa: SLF001 - branca has no other door
            script = f"<script>{{% raw %}}{read_asset('built/overlay.js')}{{% endraw %}}</script>"
            figure.header.add_child(Element(script), name=SCRIPT)
        rendered: str = super().render(**kwargs)  # type: ignore[no-untyped-call]
        return rendered


def put_on(folium_map: folium.Map, overlay: Overlay) -> Overlay:
    """Add a layer to a map, or to whatever of a map takes layers; return it."""
    overlay.add_to(folium_map)
    return overlay
