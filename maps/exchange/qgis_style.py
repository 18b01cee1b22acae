"""Styles that QGIS applies by itself when it opens the GeoPackage: classes of strength, links by weight, names."""

from collections.abc import Sequence
from xml.sax.saxutils import escape as escape_xml

from maps.look.palette import LIGHT

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def style_regions(breaks: Sequence[float], top: float, *, label: str, points: bool) -> str:
    """Return the QML of regions coloured in the classes of the page, with their names.

    Parameters
    ----------
    breaks, top
        Lower limits of the classes of ``strength``, and the largest value.
    label
        Column of the names.
    points
        Whether the layer has points, not polygons.
    """
    ends = [*breaks[1:], top]
    ranges = "".join(
        f'<range lower="{low!r}" upper="{high!r}" symbol="{number}" label="{low:g} - {high:g}" render="true"/>'
        for number, (low, high) in enumerate(zip(breaks, ends, strict=True))
    )
    symbols = "".join(_symbol(number, LIGHT.ramp[number], points=points) for number in range(len(breaks)))
    return (
        f'{_HEAD}<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">'
        f'<renderer-v2 type="graduatedSymbol" attr="strength" graduatedMethod="GraduatedColor" enableorderby="0">'
        f"<ranges>{ranges}</ranges><symbols>{symbols}</symbols></renderer-v2>{_label(label)}</qgis>\n"
    )


def style_links(top: float) -> str:
    """Return the QML of links whose width grows with the root of their weight."""
    width = f"0.15 + 1.8 * sqrt(&quot;weight&quot; / {max(top, 1e-9)!r})"
    return (
        f'{_HEAD}<qgis version="3.22.0" styleCategories="Symbology">'
        '<renderer-v2 type="singleSymbol" enableorderby="0"><symbols>'
        f'<symbol type="line" name="0" alpha="0.6" clip_to_extent="1"><layer class="SimpleLine" enabled="1" pass="0">'
        f'<Option type="Map"><Option name="line_color" type="QString" value="{_rgb(LIGHT.link)}"/>'
        '<Option name="line_width" type="QString" value="0.4"/><Option name="capstyle" type="QString" value="round"/>'
        '</Option><data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/>'
        '<Option name="properties" type="Map"><Option name="outlineWidth" type="Map">'
        f'<Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="{width}"/>'
        '<Option name="type" type="int" value="3"/></Option></Option>'
        '<Option name="type" type="QString" value="collection"/></Option></data_defined_properties>'
        "</layer></symbol></symbols></renderer-v2></qgis>\n"
    )


def _symbol(number: int, colour: str, *, points: bool) -> str:
    kind, layer = ("marker", "SimpleMarker") if points else ("fill", "SimpleFill")
    return (
        f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1">'
        f'<layer class="{layer}" enabled="1" pass="0">'
        f'<Option type="Map"><Option name="color" type="QString" value="{_rgb(colour)}"/>'
        f'<Option name="outline_color" type="QString" value="{_rgb(LIGHT.border)}"/>'
        '<Option name="outline_width" type="QString" value="0.15"/></Option></layer></symbol>'
    )


def _label(column: str) -> str:
    return (
        f'<labeling type="simple"><settings calloutType="simple"><text-style fieldName="{escape_xml(column)}" '
        'fontSize="8" fontFamily="Noto Sans CJK SC" textColor="28,35,41,255"><text-buffer bufferDraw="1" '
        'bufferSize="0.8" bufferColor="255,255,255,255"/></text-style></settings></labeling>'
    )


def _rgb(colour: str) -> str:
    return ",".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5)) + ",255"
