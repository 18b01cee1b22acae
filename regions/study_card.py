"""Read study.yaml, the card of a study: how its tables are to be understood."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

import yaml

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.files.yaml_text import compose_yaml
from regions.messages import Message, say
from regions.schema.suggest import suggest
from regions.schema.tables import SETTINGS, TABLES
from regions.study import Inset, Note
from regions.words import Words

CARD = "study.yaml"
_LONGEST = 100_000
_READS_FILES = re.compile(r"init=|grids=|[/\\]")
_OWN_WORDS = "name names title extends frame directed mirrored missing unknown years files limits sources"
_OWN_KEYS = frozenset({*_OWN_WORDS.split(), "given", "file", "sheet"})
"""What a study never takes from the one that it extends (limits and sources add up; years go with the records)."""


@dataclass(frozen=True, slots=True)
class StudyCard:
    """What study.yaml says; every key may be absent.

    Attributes
    ----------
    name, title
        Short name and human title; the folder's name when absent.
    names
        What else an embedded study is called (长三角).
    extends
        An embedded study whose tables stand in for those that this folder does not have.
    frame
        An embedded study that gives the regions and what is known of them, and nothing else.
    levels
        Levels of the regions that are the units; ("leaf",) means the regions that contain no other.
    focus
        A group whose units are studied; links to the others are external.
    without
        Codes of regions that are drawn but not analysed.
    files
        Table name -> file name in the folder, where it is not ``<table>.csv``.
    missing
        What cells of a matrix without a number are: ``zero`` or ``na``; None: a blank is zero, a dash not available.
    mirrored
        What to do when every undirected link is listed from both ends: ``once`` or ``sum``.
    unknown
        What to do with rows that name an unknown region or actor: ``error`` or ``drop``.
    years
        First and last year that count when none are named; None: all.
    given
        The attributes that the file sets, be it to an empty value.
    file
        What messages call it: study.yaml, or the sheet of settings of a workbook.
    sheet
        Whether it is such a sheet, which calls its settings by Chinese names.
    """

    name: str = ""
    names: tuple[str, ...] = ()
    title: Words | None = None
    extends: str | None = None
    frame: str | None = None
    levels: tuple[str, ...] = ()
    focus: str | None = None
    without: tuple[str, ...] = ()
    borders: tuple[str, ...] | None = None
    indicator: str | None = None
    directed: bool = False
    mirrored: str | None = None
    missing: Literal["zero", "na"] | None = None
    unknown: str | None = None
    years: tuple[int, int] | None = None
    boundaries: str | None = None
    boundaries_code: str | None = None
    projection: str | None = None
    insets: tuple[Inset, ...] = ()
    limits: tuple[Note, ...] = ()
    sources: tuple[Note, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    file: str = CARD
    sheet: bool = False

    def call(self, key: str) -> Words:
        """Return what a key is called where it stands: in a sheet of settings 双向重复, in study.yaml ``mirrored``."""
        return call_setting(key, sheet=self.sheet)

    def place(self, key: str) -> str:
        """Return the name under which a key stands, for the column of a fault."""
        return self.call(key).zh

    def over(self, base: "StudyCard", taken: set[str], unlike: Container[str] = ()) -> "StudyCard":
        """Return this card with what it leaves open filled in from the card of the study that it extends.

        Parameters
        ----------
        taken
            The tables that are taken from the extended study: the limits and sources of the others do not apply.
        unlike
            Attributes that are not to be filled in.
        """
        filled = {
            item.name: getattr(base, item.name)
            for item in fields(self)
            if item.name not in _OWN_KEYS and item.name not in self.given and item.name not in unlike
        }
        if "years" not in self.given and taken & {"records", "links"}:
            filled["years"] = base.years
        for name in ("limits", "sources"):
            kept = [note for note in getattr(base, name) if not note.about or note.about in taken]
            filled[name] = (*kept, *getattr(self, name))
        return replace(self, **filled)


def call_setting(key: str, *, sheet: bool) -> Words:
    """Return what a key is called in messages; see `StudyCard.call`."""
    label = SETTINGS[key].label if key in SETTINGS else Words(key, key)
    return Words(key, (label.zh or key) if sheet else key)


class _Reader:
    """Walks the YAML nodes, which know their lines, and gathers faults."""

    def __init__(self, file: str, *, sheet: bool = False) -> None:
        self.source = file
        self.sheet = sheet
        self.faults: list[Fault] = []

    def fail(self, node: yaml.Node, message: Message) -> None:
        """Note a fault at a node."""
        self.faults.append(Fault.of(self.source, message, row=node.start_mark.line + 1))

    def text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.fail(node, say("E-CONFIG/one-text", key=call_setting(key, sheet=self.sheet)))
            return ""
        if node.tag != "tag:yaml.org,2002:str":
            self.fail(node, say("E-CONFIG/quoted", key=key, value=node.value))
        return str(node.value)

    def flag(self, node: yaml.Node, key: str) -> bool:
        if isinstance(node, yaml.ScalarNode) and node.value in {"true", "false"}:
            return bool(node.value == "true")
        shown = [value if self.sheet else Words(value.en, value.en) for value in SETTINGS[key].values]
        self.fail(node, say("E-CONFIG/flag", key=call_setting(key, sheet=self.sheet), values=shown))
        return False

    def texts(self, node: yaml.Node, key: str) -> tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(item, key) for item in node.value)
        return (self.text(node, key),)

    def words(self, node: yaml.Node, key: str) -> Words:
        return self.note(node, key).words

    def note(self, node: yaml.Node, key: str) -> Note:
        if not isinstance(node, yaml.MappingNode):
            text = self.text(node, key)
            return Note(Words(text, text))
        parts = {name.value: self.text(value, key) for name, value in node.value}
        english, chinese = parts.get("en", ""), parts.get("zh", "")
        if not set(parts) <= {"en", "zh", "about"} or not (english or chinese):
            self.fail(node, say("E-CONFIG/note", key=call_setting(key, sheet=self.sheet)))
        return Note(Words(english or chinese, chinese or english), parts.get("about", ""))

    def notes(self, node: yaml.Node, key: str) -> tuple[Note, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.note(item, key) for item in node.value)
        return (self.note(node, key),)

    def file(self, node: yaml.Node, key: str) -> str:
        name = self.text(node, key)
        if name in {"", "."} or Path(name).is_absolute() or ".." in Path(name).parts or ":" in name or "\\" in name:
            self.fail(node, say("E-CONFIG/file-inside", key=call_setting(key, sheet=self.sheet)))
        return name

    def span(self, node: yaml.Node, key: str) -> tuple[int, int] | None:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node, node]
        years = [int(part.value) for part in parts if _is_year(part)]
        if len(parts) == len(years) == 2 and years[0] <= years[1]:  # noqa: PLR2004 - first and last
            return years[0], years[1]
        self.fail(node, say("E-CONFIG/span", key=call_setting(key, sheet=self.sheet)))
        return None

    def insets(self, node: yaml.Node, key: str) -> tuple[Inset, ...]:
        insets = []
        for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            parts = {name.value: value for name, value in item.value} if isinstance(item, yaml.MappingNode) else {}
            bounds = self._bounds(parts.get("bounds"))
            if set(parts) != {"title", "bounds"} or bounds is None:
                self.fail(item, say("E-CONFIG/inset", key=call_setting(key, sheet=self.sheet)))
                continue
            insets.append(Inset(self.words(parts["title"], key), bounds))
        return tuple(insets)

    @staticmethod
    def _bounds(node: yaml.Node | None) -> tuple[float, float, float, float] | None:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) != 4:  # noqa: PLR2004 - four sides
            return None
        try:
            west, south, east, north = (float(item.value) for item in node.value)
        except (TypeError, ValueError):
            return None
        on_earth = -180 <= west < east <= 180 and -90 <= south < north <= 90  # noqa: PLR2004 - degrees
        return (west, south, east, north) if on_earth else None


def _is_year(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and re.fullmatch(r"\d{4}", node.value) is not None


_READ_AS = {
    **dict.fromkeys(("names", "level", "without", "borders"), "texts"),
    **dict.fromkeys(("limits", "sources"), "notes"),
    "title": "words",
    "directed": "flag",
    "years": "span",
    "insets": "insets",
}
"""Key -> how `_Reader` reads it; the others are texts."""


def read_card(path: Path) -> StudyCard:
    """Read study.yaml.

    Only plain YAML is understood: no anchors or aliases (they can blow up), no tags; texts that YAML would take for
    a number, a date or a truth value must be quoted.

    Raises
    ------
    StudyError
        ``E-YAML`` when it is no plain YAML; ``E-CONFIG`` with every key that is unknown or has a wrong value.
    """
    text, _ = decode(path.read_bytes(), path.name)
    return parse_card(text, path.name)


def parse_card(text: str, file: str, *, sheet: bool = False) -> StudyCard:
    """Read the text of a card; ``file`` names it in messages, in the words of a sheet of settings for a ``sheet``.

    Raises as ``read_card`` does.
    """
    if len(text) > _LONGEST:
        raise StudyError(Fault.of(file, say("E-YAML/long", length=len(text))))
    root = compose_yaml(text, file)
    reader = _Reader(file, sheet=sheet)
    values: dict[str, Any] = {}
    seen: set[str] = set()
    for key_node, node in root.value if isinstance(root, yaml.MappingNode) else []:
        key = str(key_node.value)
        if not isinstance(key_node, yaml.ScalarNode):
            reader.fail(key_node, say("E-CONFIG/key-word"))
            continue
        if key in seen:
            reader.fail(key_node, say("E-CONFIG/key-twice", key=key[:60]))
        seen.add(key)
        if key in TABLES:
            values.setdefault("files", {})[key] = reader.file(node, key)
        elif key in SETTINGS:
            values["levels" if key == "level" else key] = getattr(reader, _READ_AS.get(key, "text"))(node, key)
        else:
            known = [call_setting(each, sheet=sheet).zh for each in SETTINGS]
            meant = suggest(key, dict.fromkeys([*known, *SETTINGS, *TABLES], ""))
            reader.fail(key_node, say("E-CONFIG/unknown-key", key=key).with_hint(meant))
    _judge(values, reader, root)
    if reader.faults:
        raise StudyError(reader.faults)
    return StudyCard(**values, given=frozenset(values), file=file, sheet=sheet)


def _judge(values: Mapping[str, Any], reader: _Reader, root: yaml.Node) -> None:
    """Note values that are none of those allowed."""
    for key in ("missing", "mirrored", "unknown"):
        allowed = SETTINGS[key].values
        if values.get(key) not in {None, *(value.en for value in allowed)}:
            shown = [value if reader.sheet else Words(value.en, value.en) for value in allowed]
            reader.fail(root, say("E-CONFIG/choice", key=call_setting(key, sheet=reader.sheet), values=shown))
    if _READS_FILES.search(values.get("projection") or ""):
        reader.fail(root, say("E-CONFIG/projection"))
