"""The kind of an actor: from the terms of a source, or guessed from its name."""

import re
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

_NAME_WORDS = {
    "enterprise": r"公司 集团 厂$ \b(?:co|ltd|limited|inc|corp|corporation|company|llc|plc|gmbh|ag|bv|nv|spa|srl)\b",
    "other": r"医院 \bhosp(?:ital)?s?\b \bclin(?:ic)?s?\b",
    "university": r"大学 (?<!科)学院 大學 (?<!科)學院 \buni(?:v|versit\w*)?\b \bcoll(?:ege)?\b "
    r"\b[eé]cole\b \bpolitecn \bpolytech",
    "institute": r"研究[院所] 科学院 实验室 \binst(?:itut\w*)?\b \bacad(?:em\w+)?\b \bcnrs\b \blab(?:orator\w+|s)?\b "
    r"\bctr\b \bcent(?:er|re)\b",
    "government": r"政府 委员会 [局厅部]$ \bminist \bgov(?:t|ernment)?\b \bbureau\b \bagcy\b \bagency\b",
}
_NAME_RULES = tuple((kind, re.compile("|".join(words.split()), re.IGNORECASE)) for kind, words in _NAME_WORDS.items())


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


def guess_kind(name: str) -> str:
    """Guess the kind of an actor from words in its name, in English or Chinese; ``other`` when none tells."""
    return next((kind for kind, pattern in _NAME_RULES if pattern.search(name)), "other")
