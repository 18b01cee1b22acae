"""Walk through XML with expat: no document type, no entity, nothing fetched; faults with line and column."""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element, TreeBuilder  # they build what expat reads here, and parse nothing
from xml.parsers import expat

from regions.errors import Fault, StudyError
from regions.messages import say

_DEEPEST = 200
_CHINESE = re.compile(rb"""<\?xml[^>]*encoding=["']gb(k|2312|18030)["']""", re.IGNORECASE)


def walk_xml(
    data: bytes,
    file: str,
    *,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Call ``start`` (name, attributes) and ``end`` (name) for every element, and ``text`` for the text between.

    Names are local: the prefix of a namespace is taken off. Nothing is kept, so memory does not grow with the file.

    Raises
    ------
    StudyError
        ``E-XMLDTD`` at a document type declaration (it could define entities that grow without bound or read other
        files), ``E-XML`` with line and column where the text is not well-formed XML.
    """
    data, encoding = _decode_chinese(data)
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    depth = 0

    def refuse(*_: object) -> None:
        raise StudyError(Fault.of(file, say("E-XMLDTD"), row=parser.CurrentLineNumber))

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise StudyError(_describe(parser, file, "elements are nested too deeply"))
        start(name.rpartition(":")[2], attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    if text is not None:
        parser.CharacterDataHandler = text
    _parse(parser, data, file)


def _parse(parser: expat.XMLParserType, data: bytes, file: str) -> None:
    """Read the document; what the parser says of it becomes a fault with its place."""
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise StudyError(_describe(parser, file, expat.ErrorString(error.code))) from error
    except StudyError:
        raise
    except (LookupError, ValueError) as error:  # an encoding that Python does not know
        raise StudyError(_describe(parser, file, "its encoding is unknown")) from error


def parse_xml(data: bytes, file: str) -> Element:
    """Return the root of a document as a tree, read as ``walk_xml`` reads it."""
    builder = TreeBuilder()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        builder.start(name, dict(attributes))

    def end(name: str) -> None:
        builder.end(name)

    walk_xml(data, file, start=start, end=end, text=builder.data)
    return builder.close()


def _decode_chinese(data: bytes) -> tuple[bytes, str | None]:
    """Return XML that declares a Chinese encoding as UTF-8 with the name of it: expat knows few encodings."""
    if not _CHINESE.match(data):
        return data, None
    try:
        return data.decode("gb18030").encode(), "utf-8"
    except UnicodeDecodeError:
        return data, None


def _describe(parser: expat.XMLParserType, file: str, reason: str) -> Fault:
    line, column = max(parser.ErrorLineNumber, 1), parser.ErrorColumnNumber + 1
    return Fault.of(file, say("E-XML", line=line, column=column, reason=reason), row=line)
