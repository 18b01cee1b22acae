"""Names of countries and provinces as bibliographic databases print them, from two small tables.

``countries.csv``: ISO 3166-1 (and 3166-3 for former countries) with the usual short names, and the spellings that Web
of Science and Scopus print. ``provinces.csv``: first-level divisions (ISO 3166-2) and their abbreviations in exports of
the two; ``*`` marks a province that is a city too, ``!`` one that is a city whatever stands beside it (districts of
municipalities), ``=`` the city that a province stands for.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from regions.frames.vocabulary import list_countries

CITY_STATES = frozenset({"Gibraltar", "Hong Kong", "Macao", "Monaco", "San Marino", "Singapore", "Vatican City"})
"""Countries that are one city."""

_LIKE_CAPITAL = frozenset({"Djibouti", "Guatemala", "Kuwait", "Luxembourg", "Panama"})
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "ı": "i", "’": "'"})
_ACCENTS = re.compile("(?<=[A-Za-z])[\u0300-\u036f]+")
_SIGNS = re.compile(r"['.`()]")
_ADMINISTRATIVE = re.compile(
    r"^(?:state|province|prov|region|county|co|estado|provincia|republic) (?:of |de |do |di )?"
    r"| (?:province|prov|state|prefecture|pref|region|oblast|krai|county|co|do|governorate|voivodeship"
    r"|autonomous region)$"
)
_STATE = re.compile(r"^([A-Z]{2})(?:\s+\d{5}(?:-\d{4})?)?$")
_LONGEST_COUNTRY = 6


def fold_accents(text: str) -> str:
    """Return a text with plain Latin letters; other scripts stay as they are."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def fold_place(text: str) -> str:
    """Return a key for a name: no accents, case, points, apostrophes, hyphens."""
    plain = _SIGNS.sub("", fold_accents(text)).replace("-", " ").replace("&", " and ")
    return " ".join(plain.split()).casefold()


@cache
def _load_countries() -> Mapping[str, str]:
    """Return key of every spelling -> usual name."""
    return MappingProxyType(
        {
            fold_place(spelling): row["name"]
            for row in list_countries()
            for spelling in (row["name"], row["name_zh"], *row["spellings"].split("|"))
            if spelling
        }
    )


@cache
def _load_provinces() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return country -> key of a province -> its mark and the city that it stands for."""
    names = {row["code"]: row["name"] for row in list_countries()}
    text = files("regions.sources").joinpath("provinces.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        entries = (re.fullmatch(r"([^*!=]+)([*!=]?)(.*)", entry) for entry in row["names"].split("|"))
        found[names[row["country"]]] = {
            fold_place(entry[1]): (entry[2], entry[3] or entry[1]) for entry in entries if entry
        }
    return MappingProxyType(found)


@cache
def _is_province_anywhere(key: str) -> bool:
    return any(key in provinces for provinces in _load_provinces().values())


def split_country(part: str) -> tuple[str, str]:
    """Return the country that the last part of an address names, and what stands before it in that part.

    The country is "" when the part names none. A state of the United States, with or without ZIP, is the United States.

    Examples
    --------
    >>> split_country("MA 02139 USA"), split_country("CA"), split_country("Jiangsu")
    (('United States', 'MA 02139'), ('United States', 'CA'), ('', 'Jiangsu'))
    """
    countries, part = _load_countries(), part.strip(" .")
    key = fold_place(part)
    if key in countries:
        return countries[key], ""
    if is_state(part):
        return "United States", part
    words = part.split()
    if not _is_province_anywhere(key):
        for count in range(min(_LONGEST_COUNTRY, len(words) - 1), 0, -1):
            country = countries.get(fold_place(" ".join(words[-count:])))
            if country:
                return country, " ".join(words[:-count])
    return "", part


def is_state(part: str) -> bool:
    """Tell whether a part is a state of the United States, as two letters with or without ZIP, or in full."""
    match = _STATE.match(part)
    return fold_place(match.group(1) if match else part) in _load_provinces()["United States"]


def find_province(part: str, country: str) -> tuple[str, str] | None:
    """Return mark and city of a province of a country, see above; None for what is none.

    The name of the country itself is no place within it, unless its capital is called so.
    """
    key = fold_place(part)
    if _load_countries().get(key) == country and country not in _LIKE_CAPITAL:
        return "", part
    provinces = _load_provinces().get(country, {})
    bare = key if country == "United States" else _ADMINISTRATIVE.sub("", key)  # Mississippi State is a town
    return provinces.get(key) or provinces.get(bare)


def cut_province(name: str, country: str) -> str:
    """Cut a province that no comma parts from its city: ``Toronto ON``, ``Nanjing Jiangsu``."""
    city, _, last = name.rpartition(" ")
    if city and (country == "China" or last.isupper()) and not find_province(name, country):
        known = find_province(last, country)
        return city if known and not known[0] else name
    return name
