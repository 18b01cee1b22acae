"""Look up a message by its key and fill in its blanks."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from regions.words import Words

NOTHING = Words("", "")
"""No text in either language."""

LISTS = ("faults.yaml", "errors.yaml", "console.yaml")
"""Faults of data by code (``E-SHEET``, or ``E-SHEET/twins`` where a code has several texts); other errors; what
commands say: progress, headings, verdicts, notes."""

Value: TypeAlias = object
"""What fills a blank: a number or a text; ``Words`` or a ``Message``, in the language of the text; a collection of
such, joined by ", " or "、"; "none" or 无 for an empty one."""

_BETWEEN = Words(", ", "、")


class Message(NamedTuple):
    """A message, ready to be shown.

    Attributes
    ----------
    key
        Where it stands in the lists: ``E-SHEET/twins``.
    words
        What is wrong, or worth knowing.
    hint
        What the user probably meant, or may do; two empty texts for none.
    """

    key: str
    words: Words
    hint: Words = NOTHING

    @property
    def code(self) -> str:
        """The code of the fault: the key without its variant."""
        return self.key.partition("/")[0]

    def text(self, language: str) -> str:
        """Return what it says, without the hint, in ``zh`` or ``en``."""
        return self.words.text(language)

    def join(self) -> Words:
        """Return the message with its hint behind it."""
        return Words(f"{self.words.en} {self.hint.en}".rstrip(), self.words.zh + self.hint.zh)

    def with_hint(self, hint: Words) -> "Message":
        """Return the message with another hint, unless that one is empty."""
        return self._replace(hint=hint) if any(hint) else self


def say(key: str, /, **values: Value) -> Message:
    """Return the message of a key with its blanks filled in.

    Parameters
    ----------
    key
        A key of one of the lists.
    values
        Blank -> what stands there. Numbers keep the form that the text asks for (``{count:,}``).

    Raises
    ------
    KeyError
        No list has the key, or a blank has no value: a mistake in the code, never in data.

    Examples
    --------
    >>> say("E-SHEET/twins", table="links", sheets=["2021", "2022"]).words.en
    'several sheets hold the table links: 2021, 2022.'
    """
    texts = _read_entry(key)
    words = (
        Words(*(_fill(texts.get(start + tongue, ""), values, tongue) for tongue in Words._fields))
        for start in ("", "hint_")
    )
    return Message(key, *words)


def join_sentences(parts: Iterable[Message | Words]) -> Words:
    """Return the parts behind each other, with "; " or "；" between them."""
    both = [part.words if isinstance(part, Message) else part for part in parts]
    return Words("; ".join(en for en, _ in both), "；".join(zh for _, zh in both))


@cache
def _read_entry(key: str) -> dict[str, str]:
    """Parse the lines of one key only: to parse both lists would take longer than to read a small study."""
    import yaml  # noqa: PLC0415 - the command line answers --help without it

    for text in _read_lists():
        found = re.search(rf"^{re.escape(key)}:\n((?:[ ].*\n|\n)*)", text, re.MULTILINE)
        if found:
            entry: dict[str, str] = yaml.safe_load(found[1])
            return entry
    raise KeyError(key)


@cache
def _read_lists() -> tuple[str, ...]:
    folder = files("regions.messages")
    return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in LISTS)


def _fill(text: str, values: dict[str, Value], language: str) -> str:
    return text.format_map({name: _show(value, language) for name, value in values.items()})


def _show(value: Value, language: str) -> Value:
    """Return what stands in a blank of a text in ``language``."""
    if isinstance(value, Message):
        return value.words.text(language)
    if isinstance(value, Words):
        return value.text(language)
    if isinstance(value, Collection) and not isinstance(value, str):
        parts = value or [say("list/none")]
        return _BETWEEN.text(language).join(str(_show(part, language)) for part in parts)
    return value
