"""A map from a tile server below the regions: the one address outside the file, and only when asked for."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from regions.messages import Message, say

_MARKS = ("{z}", "{x}", "{y}")
_TEMPLATE = re.compile(r"https://[^\s\"'<>\\`;,{}]*(?:\{(?:s|x|y|-y|z|r)\}[^\s\"'<>\\`;,{}]*)+")
_HOST = re.compile(r"(?:[A-Za-z0-9-]*\{s\}[A-Za-z0-9-]*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d{1,5})?")
_CHANGING = re.compile(r"^[^.]*\{s\}[^.]*")
SHIFTED = ("autonavi.com", "amap.com", "gtimg.com", "qq.com", "google.cn", "googleapis.cn", "geoq.cn", "mapabc.com")
"""Hosts, and all below them, whose tiles are in GCJ-02: shifted by 300 to 700 metres against the rest in China."""
OTHER_GRID = ("bdimg.com", "baidu.com", "bdstatic.com")
"""Hosts whose tiles are in BD-09, on a grid of their own."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Tiles of a server, in the usual Web Mercator grid and in WGS84 (or CGCS2000, which is the same to the eye).

    Attributes
    ----------
    url
        ``https://`` address with ``{z}``, ``{x}``, ``{y}``, perhaps ``{s}`` for the first part of the host, and your
        own key where the server wants one. It stands in the page: who has the file has the key.
    attribution
        What the server's terms want to be shown; plain text.
    subdomains
        What ``{s}`` stands for, one letter or digit each.
    deepest
        The deepest zoom that the server has.

    Notes
    -----
    Tiles in GCJ-02 (Amap, Tencent, Google China) would put every boundary 300 to 700 metres beside its place and are
    refused, as are those of Baidu, whose grid is another.

    Examples
    --------
    >>> Tiles("https://tiles.example.org/{z}/{x}/{y}.png?key=K").host
    'tiles.example.org'
    >>> [fault.key for fault in Tiles("https://webrd01.is.autonavi.com/tile?x={x}&y={y}&z={z}").list_faults()]
    ['map/tiles-shifted']
    """

    url: str
    attribution: str = ""
    subdomains: str = "abc"
    deepest: int = 18

    @property
    def host(self) -> str:
        """The host as a content policy names it: ``*.`` in place of a first part that changes."""
        return _CHANGING.sub("*", urlsplit(self.url).netloc)

    def list_faults(self) -> list[Message]:
        """Say all that is wrong with the tiles; an empty list when nothing is."""
        if not _TEMPLATE.fullmatch(self.url) or not all(mark in self.url for mark in _MARKS):
            return [say("map/tiles-address", url=_hide_key(self.url))]
        if not _HOST.fullmatch(urlsplit(self.url).netloc):
            return [say("map/tiles-address", url=_hide_key(self.url))]
        faults = []
        for hosts, key in ((SHIFTED, "map/tiles-shifted"), (OTHER_GRID, "map/tiles-grid")):
            if self._is_of(hosts):
                faults.append(say(key, host=self.host))
        if not re.fullmatch("[A-Za-z0-9]+", self.subdomains):
            faults.append(say("map/tiles-subdomains", given=self.subdomains))
        if not 1 <= self.deepest <= 24:  # noqa: PLR2004 - a pixel of a hand's breadth
            faults.append(say("map/tiles-deepest", given=self.deepest))
        return faults

    def _is_of(self, hosts: tuple[str, ...]) -> bool:
        name = self.host.partition(":")[0].lower().removeprefix("*.")
        return any(name == host or name.endswith(f".{host}") for host in hosts)


def _hide_key(url: str) -> str:
    """Return an address without what follows its question mark: keys do not belong into messages."""
    return url.partition("?")[0] + ("?…" if "?" in url else "")
