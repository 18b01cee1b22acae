"""The kind of an actor, guessed from its name."""

import re

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


def guess_kind(name: str) -> str:
    """Guess the kind of an actor from words in its name, in English or Chinese; ``other`` when none tells."""
    return next((kind for kind, pattern in _NAME_RULES if pattern.search(name)), "other")
