"""The kind of an actor from the terms of a source."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

ROR_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "education": "university",
        "company": "enterprise",
        "facility": "institute",
        "government": "government",
        "healthcare": "other",
        "nonprofit": "other",
        "archive": "other",
        "funder": "other",
        "other": "other",
    }
)
"""Types of ROR and OpenAlex -> kind; the order says which counts when an organisation has several."""

CORDIS_KINDS: Mapping[str, str] = MappingProxyType(
    {"HES": "university", "REC": "institute", "PRC": "enterprise", "PUB": "government", "OTH": "other"}
)
"""CORDIS ``activityType`` -> kind."""

_SECTORS = (("UNIVERSITY", "university"), ("COMPANY", "enterprise"), ("GOV NON-PROFIT", "institute"))


def find_ror_kind(types: Iterable[str]) -> str:
    """Return the kind for the types of ROR or OpenAlex, in any case; ``other`` for unknown ones, "" for none."""
    known = {kind.lower() for kind in types}
    return next((kind for name, kind in ROR_KINDS.items() if name in known), "other" if known else "")


def find_sector_kind(sector: str) -> str:
    """Return the kind for PATSTAT's ``psn_sector``, which may join several sectors.

    A university comes before a company (``COMPANY UNIVERSITY``), a company before ``GOV NON-PROFIT``, whose patents
    are mostly those of public research organisations.
    """
    return next((kind for word, kind in _SECTORS if word in sector.upper()), "other")
