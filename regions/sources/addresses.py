"""Addresses as bibliographic databases print them: organisation, city, country."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from regions.schema.kind_of_name import guess_kind
from regions.sources.participation import Actor
from regions.sources.places import CITY_STATES, cut_province, find_province, fold_accents, split_country

_AUTHORS = re.compile(r"\[[^\]]*\]")
_MAIL = re.compile(r"\W+(?:e-?mail|electronic address)\b.*", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"^(?:ltd|limited|inc|llc|l\.?p|plc|gmbh|s\.?a|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v)\.?$", re.IGNORECASE
)
_FEWEST = 2
_PREFIXED = re.compile(r"[A-Z]{1,3}-\d")  # the postcode of a city (I-50125 Florence), never of a province
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[\dA-Z]?\s+\d[A-Z]{2}\b"  # Britain
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"  # Canada
    r"|\b(?:NL-)?\d{4}\s[A-Z]{2}\b"  # the Netherlands
    r"|(?:\b[A-Z]{1,3}-?)?\b\d{3}\s\d{2}\b"  # Sweden, Czechia, Greece
    r"|\b[A-Z]{1,3}-\d[\dA-Z-]*\b|\b[A-Z]\d{4}[A-Z]{3}\b|\b\d{3,}(?:-\d{2,})?\b"
)
_HOUSE = re.compile(r"^(?:no\.?\s*)?\d{1,3}(?:[-/]\d{1,3})*[a-z]?\s", re.IGNORECASE)
_QUARTER = re.compile(r"\s+cedex\b.*|\s+\d{1,2}$|(?<=[a-z]{3})\s[A-Z]$", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['`\u2018\u2019\u02b9\u2032](\w?)")
_TOWN = re.compile(
    r"^(?:coll(?:ege)?|univ(?:ersity)?|state coll(?:ege)?|center)\b(?: (?:pk|park|stn|station|hts|heights|city))?$",
    re.IGNORECASE,
)
_NO_CITY = re.compile(
    r"\b(?:dept?|depart\w*|dipartimento|sch|school|fac|facil|facult\w*|coll|college|grad|graduate|lab|labs|laborato\w+|inst|"
    r"institut\w*|instituto|istituto|ctr|cent(?:er|re|ro)|div|division|hosp\w*|clin|clini\w+|klinik\w*|univ|universi\w+|"
    r"acad|academ\w+|grp|group|unit|unite|res|research|sci|scien\w+|technol\w*|engn|engineering|med|medicine|phys|physics|"
    r"chem|chemistry|biol|biology|math|mathemat\w+|prog|program\w*|museum|minist\w*|bur|bureau|off|office|natl|national|serv|"
    r"services?|co|ltd|inc|corp|gmbh|llc|fdn|foundation|assoc|association|soc|society|cnrs|inserm|inrae?|umr|upr|escola|"
    r"escuela|ecole|hochschule|zentrum|lehrstuhl|campus|bldg|building|floor|room|rd|road|ave|avenue|blvd|boulevard|str|"
    r"street|strasse|rue|via|viale|piazza|plaza|calle|carrera|av|jl|jalan|dr|hwy|highway|lane|ku|gu|dist|district|ward|"
    r"subdistrict|new area|zone|pob|p\.?\s?o\.?\s?box|private bag|bp|mail ?stop|c/o)\b"
    r"|\w{3,}str\b|\b(?:box|cp)(?: \d|$)|\bst\.?$|\bro$"
    r"|区$|学院|大学|系$|研究|实验室|医院|公司|中心|路|号",
    re.IGNORECASE,
)
_ORGANISATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\buni(?:v|versi\w*)\b|大学",
        r"\bacademy\b|\bacadem\w+ of\b|科学院",
        r"\b(?:ltd|limited|inc|corp|corporation|company|gmbh|llc|plc)\b|公司",
        r"\binstitut\w* of technology\b|\bpoly\w+\b|\bpolit[eé]c\w+\b|\bcollege\b|\b[eé]cole\b|学院",
        r"\bhospital\b|医院",
        r"\binstitut\w*\b|研究[院所]|\blaborator\w+\b|\bcent(?:er|re)\b",
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address.

    Attributes
    ----------
    organisation
        Text as printed.
    city
        In plain Latin letters where it is written in Latin, so that one city is one region; "" when none is named.
    country
        Under its usual name; "" when none of the list is named.
    guessed
        Whether nothing in the organisation's name says that it is one.
    """

    organisation: str
    city: str
    country: str
    guessed: bool = field(default=False, compare=False)

    def to_actor(self) -> Actor:
        """Return the actor that the address names.

        Its id is organisation, city and country without case and accents: these sources have no identifiers, and
        institutes of one academy in two cities are two actors. The kind is guessed from the name.
        """
        place = ", ".join(filter(None, (self.city, self.country)))
        return Actor(
            id=f"{self.base} ({place.lower()})",
            name=self.organisation,
            kind=guess_kind(self.organisation),
            country=self.country,
            city=self.city,
        )

    @property
    def base(self) -> str:
        """What the ids of one organisation have in common, whatever the city."""
        return fold_accents(self.organisation).lower()


def split_wos_addresses(cell: str) -> list[str]:
    """Split field C1, whose addresses are parted by semicolons outside the brackets with authors."""
    plain = _AUTHORS.sub("", cell)
    return [part.strip(" .") for part in plain.split(";") if part.strip(" .")]


def parse_wos_address(text: str) -> Address | None:
    """Parse ``Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China``; None for a text without a comma.

    The city is the part that a postcode stands in, else the last part that is neither province, department, district
    nor street: see ``_find_city``.
    """
    parts = _split_parts(text)
    return _build(parts, 0) if len(parts) >= _FEWEST else None


def parse_scopus_address(text: str) -> Address | None:
    """Parse ``Department of Physics, Tsinghua University, Beijing, 100084, China``; None for a text without a comma.

    The organisation is the part that looks most like one (a university before an academy, a company, a college, a
    hospital, an institute), else the first part.
    """
    parts = _split_parts(text)
    if len(parts) < _FEWEST:
        return None
    at = next((i for rule in _ORGANISATIONS for i, part in enumerate(parts[:-1]) if rule.search(part)), None)
    return replace(_build(parts, at or 0), guessed=at is None)


def _split_parts(text: str) -> list[str]:
    """Split an address at its commas, but not before a legal form (``Huawei Technologies Co., Ltd.``)."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, _MAIL.sub("", text).split(","))):
        if parts and _LEGAL_FORM.match(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _build(parts: Sequence[str], at: int) -> Address:
    country, rest = split_country(parts[-1])
    return Address(parts[at], _find_city([*parts[at + 1 : -1], rest], country) if country else "", country)


def _find_city(parts: Sequence[str], country: str) -> str:
    """Find the city among the parts between organisation and country.

    In this order: a municipality, whatever district stands beside it; the last part with a postcode; the last part that
    may be a city; the first province that is a city too. Most countries print the province behind the city, with the
    postcode at the city (``Nanjing 210094, Jiangsu``) or at the province (``Toronto, ON M5S 1A1``).
    """
    if country in CITY_STATES:
        return country
    municipality = coded = plain = province = ""
    for part in filter(None, parts):
        name = _QUARTER.sub("", " ".join(_POSTCODE.sub(" ", part).split())).strip(" -")
        name = cut_province(name, country)
        known = find_province(name, country) if name else None
        if known and known[0] in {"!", "="}:
            municipality = known[1]
        elif known:
            province = province or (known[1] if known[0] else "")
            coded = known[1] if known[0] and _PREFIXED.match(part) else coded
        elif _may_be_city(part, name):
            plain = name
            coded = name if _POSTCODE.search(part) else coded
    return _tidy(municipality or coded or plain or province)


def _may_be_city(part: str, name: str) -> bool:
    """Tell whether a part, ``name`` without its postcode, is no code, department, district or street."""
    if len(name) < 2 or _HOUSE.match(part) or any(map(str.isdigit, name)):  # noqa: PLR2004 - no city has one letter
        return False
    code = len(name) <= 3 and name.isupper() and name.isascii()  # noqa: PLR2004 - provinces are printed so
    return not code and (bool(_TOWN.match(name)) or not _NO_CITY.search(name))


def _tidy(city: str) -> str:
    """Write a city in one way, as Web of Science does: accents, hyphens, apostrophes and capitals come and go."""
    plain = _APOSTROPHE.sub(lambda found: found[1].lower(), fold_accents(city)).replace("-", " ")
    plain = plain.lower() if plain.isupper() and plain.isascii() else plain
    return " ".join(word[:1].upper() + word[1:] for word in plain.split())
