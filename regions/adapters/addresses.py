"""Addresses as bibliographic databases print them: organisation, city, country."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from regions.adapters.kinds import guess_kind
from regions.adapters.model import Actor

COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "peoples r china": "China",
        "people's republic of china": "China",
        "hong kong": "Hong Kong",
        "england": "United Kingdom",
        "scotland": "United Kingdom",
        "wales": "United Kingdom",
        "north ireland": "United Kingdom",
        "northern ireland": "United Kingdom",
        "usa": "United States",
        "u arab emirates": "United Arab Emirates",
        "fed rep ger": "Germany",
    }
)
"""Countries as Web of Science writes them -> the usual name; others stay as they are written."""

_AUTHORS = re.compile(r"\[[^\]]*\]")
_STATE_USA = re.compile(r"^([A-Z]{2})(?:\s+[\d-]+)?\s+USA$")
_STATE = re.compile(r"^[A-Z]{2}(?:\s+[\d-]+)?$")
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,3}-)?\d[\dA-Z-]*\b|\b[A-Z]{1,2}\d[\dA-Z]?\s+\d[A-Z]{2}\b")
_LEGAL_FORM = re.compile(
    r"^(?:ltd|limited|inc|llc|l\.?p|plc|gmbh|s\.?a|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v)\.?$", re.IGNORECASE
)
_FEWEST = 2
_ORGANISATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\buni(?:v|versit\w*)\b|大学",
        r"\bacademy\b|\bacadem\w+ of\b|科学院",
        r"\b(?:ltd|limited|inc|corp|corporation|company|gmbh|llc|plc)\b|公司",
        r"\binstitut\w* of technology\b|\bpoly\w+\b|\bcollege\b|学院",
        r"\bhospital\b|医院",
        r"\binstitut\w*\b|研究[院所]|\blaborator\w+\b|\bcent(?:er|re)\b",
    )
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address.

    Attributes
    ----------
    organisation, city, country
        Text as printed, the country under its usual name; "" when the address does not tell.
    """

    organisation: str
    city: str
    country: str

    def to_actor(self) -> Actor:
        """Return the actor that the address names.

        Its id is organisation, city and country in lower case: these sources have no identifiers, and institutes of
        one academy in two cities are two actors. The kind is guessed from the name.
        """
        place = ", ".join(filter(None, (self.city, self.country)))
        return Actor(
            id=f"{self.organisation} ({place})".lower() if place else self.organisation.lower(),
            name=self.organisation,
            kind=guess_kind(self.organisation),
            country=self.country,
            city=self.city,
        )


def split_wos_addresses(cell: str) -> list[str]:
    """Split field C1, whose addresses are parted by semicolons outside the brackets with authors."""
    plain = _AUTHORS.sub("", cell)
    return [part.strip(" .") for part in plain.split(";") if part.strip(" .")]


def parse_wos_address(text: str) -> Address | None:
    """Parse ``Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China``; None when there is no country."""
    parts = _split_parts(text)
    if len(parts) < _FEWEST:
        return None
    state = _STATE_USA.match(parts[-1])
    country = "USA" if state else parts[-1]
    between = parts[1:-1]
    return Address(parts[0], _clean_city(between[-1]) if between else "", _usual(country))


def parse_scopus_address(text: str) -> Address | None:
    """Parse ``Department of Physics, Tsinghua University, Beijing, 100084, China``; None when there is no country.

    The organisation is the part that looks most like one (a university before an academy, a company, a college, a
    hospital, an institute), else the first part.
    """
    parts = _split_parts(text)
    if len(parts) < _FEWEST:
        return None
    before = parts[:-1]
    at = next((i for rule in _ORGANISATIONS for i, part in enumerate(before) if rule.search(part)), 0)
    places = [part for part in before[at + 1 :] if not _STATE.match(part)]
    cities = [city for city in map(_clean_city, places) if city]
    return Address(before[at], cities[-1] if cities else "", _usual(parts[-1]))


def _split_parts(text: str) -> list[str]:
    """Split an address at its commas, but not before a legal form (``Huawei Technologies Co., Ltd.``)."""
    parts: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if parts and _LEGAL_FORM.match(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _usual(country: str) -> str:
    plain = country.rstrip(".")
    return COUNTRIES.get(plain.lower(), plain)


def _clean_city(part: str) -> str:
    return " ".join(_POSTCODE.sub(" ", part).split())
