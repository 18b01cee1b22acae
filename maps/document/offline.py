"""One file that needs no network: vendored Leaflet, a strict content policy, and a search for leftover addresses."""

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from importlib import resources

from regions.errors import MethodError

_CSS_ADDRESS = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]*)|@import\s+([^;]*)""", re.IGNORECASE)
_SCRIPT_ADDRESS = re.compile(r"""\b(?:https?|wss?|ftp)://[^\s"'`)\\]+|\bimport\s*\(""", re.IGNORECASE)
_NAMESPACES = ("http://www.w3.org/", "http://schemas.openxmlformats.org/")
"""Names that look like addresses: of SVG, and of the parts of a workbook. Nothing fetches them."""
_LOADING = frozenset(
    ("src", "srcset", "href", "xlink:href", "action", "formaction", "data", "poster", "background", "ping", "manifest")
)
_BLOCK = re.compile(r"<(script|style)([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)


def read_asset(name: str) -> str:
    """Return the text of a file of ``maps/static``; ``built`` holds what is made of the scripts and styles."""
    return resources.files("maps").joinpath("static", name).read_text(encoding="utf-8")


def read_leaflet() -> tuple[str, str]:
    """Return the script and the style sheet of Leaflet 1.9.4, with its licence and without any address.

    The addresses taken out are the home page (in the notice and in the attribution link, which the page does not
    show), notes on browser faults in comments, and images of controls the page does not use.
    """
    licence = read_asset("LEAFLET-LICENSE").replace("*/", "* /")
    script = read_asset("leaflet.js").replace("https://leafletjs.com", "leafletjs.com")
    style = _CSS_ADDRESS.sub("url(#", read_asset("built/leaflet.css"))
    return f"/* Leaflet\n{licence}*/\n{script}", style


def find_external(html: str) -> list[str]:
    """List every address outside the file that a browser could load or that a script names.

    Looked at: loading attributes of all tags, ``meta refresh``, style sheets and style attributes, and scripts that can
    run. Data blocks (``type="application/json"``) are text and are not searched.
    """
    finder = _AddressFinder()
    finder.feed(html)
    finder.close()
    return finder.found


def seal(html: str, *, images: Iterable[str] = ()) -> str:
    """Close a page: add a content policy that allows exactly its own scripts and styles, and refuse addresses.

    Parameters
    ----------
    html
        A whole document with ``<head>``. Scripts and styles stand in it inline.
    images
        Origins from which images may come all the same, such as ``https://tiles.example.org``.

    Returns
    -------
    str
        The document with the character set first and a policy of SHA-256 hashes; nothing else can be fetched.

    Raises
    ------
    MethodError
        An address outside the file is left, or the document has no head.
    """
    outside = find_external(html)
    if outside:
        listed = ", ".join(outside[:5])
        raise MethodError(f"The page must open without a network, but still names {len(outside)} address(es): {listed}")
    if "<head>" not in html:
        raise MethodError("The page has no <head> to carry its content policy.")
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, attributes, body in _BLOCK.findall(html):
        if "application/json" not in attributes:
            hashes[tag.lower()].append(_hash(body))
    policy = (
        f"default-src 'none'; script-src {' '.join(dict.fromkeys(hashes['script']))}; "
        f"style-src {' '.join(dict.fromkeys(hashes['style']))}; img-src {' '.join(('data:', *images))}; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    head = f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace("<head>", head, 1)


def _hash(body: str) -> str:
    # A browser hashes the text after it has read line ends as LF.
    digest = hashlib.sha256(body.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class _AddressFinder(HTMLParser):
    """Collects addresses while the document is read; ``found`` holds them in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        self._inside = tag if tag in {"script", "style"} else ""
        if tag == "script" and given.get("type", "").endswith("json"):
            self._inside = ""
        for name in _LOADING & given.keys():
            if given[name] and not given[name].startswith(("data:", "#")):
                self.found.append(given[name])
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.found.append(given.get("content", ""))
        self._search_style(given.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self._search_style(data)
        if self._inside == "script":
            addresses = _SCRIPT_ADDRESS.findall(data)
            self.found += [address for address in addresses if not address.startswith(_NAMESPACES)]

    def _search_style(self, text: str) -> None:
        self.found += [first or second for first, second in _CSS_ADDRESS.findall(text)]
