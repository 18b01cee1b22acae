"""The faults that data can have, and the errors that carry them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regions.messages import Message, say
from regions.understood import Understood
from regions.words import Words

_LONGEST, _LONGEST_COLUMN = 1_000, 100
_MOST_ROWS = 10


def cut(text: str, longest: int = _LONGEST) -> str:
    """Return a text for a message: the beginning and the end of one that is very long, and how much is left out."""
    if len(text) <= longest:
        return text
    head, tail = longest * 2 // 3, longest // 6
    return f"{text[:head]} …[{len(text) - head - tail:,}]… {text[-tail:]}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with, or worth knowing about, one place in one file; made of a message by ``Fault.of``.

    Attributes
    ----------
    code
        Kind of fault: ``E-...`` for an error, ``W-...`` for a warning.
    file
        File name as the user knows it.
    message
        What is wrong, in plain English, with the value that is wrong.
    message_zh
        The same in Chinese.
    row
        Line number in the file as a text editor or Excel counts it (the header is 1), if there is one.
    column
        Column name as it stands in the file, if there is one.
    hint
        What the user probably meant, or what is allowed; may be empty.
    hint_zh
        The same in Chinese.
    """

    code: str
    file: str
    message: str
    message_zh: str = ""
    row: int | None = None
    column: str | None = None
    hint: str = ""
    hint_zh: str = ""

    @classmethod
    def of(cls, file: str, message: Message, *, row: int | None = None, column: str | None = None) -> "Fault":
        """Return the fault that a message of the catalogue tells, at its place."""
        return cls(message.code, file, *message.words, row, column, *message.hint)

    @property
    def is_error(self) -> bool:
        """Whether the fault stops the run."""
        return self.code.startswith("E")

    def describe(self, language: str = "en") -> str:
        """Return one line: place, message, hint, in ``zh`` or ``en``; what is very long is cut, and that shows."""
        return FaultGroup((self,)).describe(language)


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """Faults of one kind and value in one file, told in one line.

    Attributes
    ----------
    faults
        One or more that differ in row and column only.
    """

    faults: tuple[Fault, ...]

    @property
    def code(self) -> str:
        """The code of its faults."""
        return self.faults[0].code

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows, each once, in order."""
        return tuple(sorted({fault.row for fault in self.faults if fault.row}))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, each once, as they came."""
        return tuple(dict.fromkeys(fault.column for fault in self.faults if fault.column))

    def show_rows(self, language: str = "en") -> str:
        """Return the first rows, and how many there are when not all are shown."""
        between = "、" if language == "zh" else ", "
        shown = between.join(map(str, self.rows[:_MOST_ROWS]))
        rest = len(self.rows) - _MOST_ROWS
        if rest <= 0:
            return shown
        return f"{shown} 等 {len(self.rows):,} 行" if language == "zh" else f"{shown} and {rest:,} more"

    def describe(self, language: str = "en") -> str:
        """Return one line: file, rows, columns, message, hint; what is very long is cut, and that shows."""
        first = self.faults[0]
        zh = language == "zh"
        message, hint = (
            (first.message, first.hint) if not zh else (first.message_zh or first.message, first.hint_zh or first.hint)
        )
        file, message, hint = cut(first.file), cut(message), cut(hint)
        named = ("、" if zh else ", ").join(cut(column, _LONGEST_COLUMN) for column in self.columns)
        rows = self.show_rows(language)
        if zh:
            end = "" if rows.endswith("行") else " 行"
            return f"{file}{f' 第 {rows}{end}' if rows else ''}{f' {named} 列' if named else ''}：{message}{hint}"
        line, column = ("line" if len(self.rows) == 1 else "lines"), ("columns" if len(self.columns) > 1 else "column")
        place = f"{f', {line} {rows}' if rows else ''}{f', {column} {named}' if named else ''}"
        return f"{file}{place}: {message}{' ' + hint if hint else ''}"


def group_faults(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Put faults of one kind and value into one group each, in the order in which they first come.

    Examples
    --------
    >>> wrong = [Fault("E-UNKNOWN", "links.csv", "'HU10' is unknown.", row=row, column="source") for row in (3, 9, 4)]
    >>> [group.describe() for group in group_faults(wrong)]
    ["links.csv, lines 3, 4, 9, column source: 'HU10' is unknown."]
    """
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.code, fault.file, fault.message, fault.hint), []).append(fault)
    return [FaultGroup(tuple(members)) for members in groups.values()]


class RegionetError(Exception):
    """Base of every error that regionet raises on purpose.

    Parameters
    ----------
    message
        A message of the catalogue, for what a planner may meet; a plain text for what only a programmer does.

    Attributes
    ----------
    zh
        The message in Chinese; "" where there is none.
    """

    def __init__(self, message: str | Message = "", *, zh: str = "") -> None:
        text, self.zh = message.join() if isinstance(message, Message) else (message, zh)
        super().__init__(text)

    @property
    def words(self) -> Words:
        """The message in both languages, as part of another message."""
        return Words(self.describe("en"), self.describe("zh"))

    def describe(self, language: str = "en") -> str:
        """Return the message in ``zh``, if there is one, or ``en``."""
        return self.zh if language == "zh" and self.zh else str(self)


class StudyError(RegionetError, ValueError):
    """The data of a study are wrong; carries every fault that was found.

    Attributes
    ----------
    faults
        All errors found, in the order of files and rows.
    understood
        How the tables were taken, as far as that is known.
    """

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        self.understood: Sequence[Understood] = ()
        self.faults: Sequence[Fault] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.describe())

    def describe(self, language: str = "en", *, limit: int = 20) -> str:
        """Return the faults, one kind and value a line, at most ``limit`` lines and a count of the rest."""
        groups = group_faults(self.faults)
        lines = [group.describe(language) for group in groups[:limit]]
        if len(groups) > limit:
            rest = len(groups) - limit
            lines.append(f"…另有 {rest} 处" if language == "zh" else f"... and {rest} more")
        return "\n".join(lines)


class UnknownStudyError(RegionetError, KeyError):
    """No embedded study has this name."""

    def __str__(self) -> str:
        return str(self.args[0])


class MissingExtraError(RegionetError, ImportError):
    """An optional package is needed and not installed.

    Parameters
    ----------
    package
        What is missing, as people install it.
    extra
        The extra of regionet that brings it.
    """

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(say("extra/missing", package=package, extra=extra))


class MethodError(RegionetError, ValueError):
    """A method cannot be applied to these data or with these options."""
