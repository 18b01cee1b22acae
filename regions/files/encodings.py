"""Find the encoding of a text: a byte-order mark, UTF-8, GB18030 or Big5, and nothing by guessing in silence."""

import codecs
import re

from regions.errors import Fault, StudyError
from regions.messages import say

_END_OF_FILE = b"\x1a"  # what DOS programs write behind the last line
_NAMES = {"gb18030": "GB18030", "cp950": "Big5"}
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_ADJACENT = re.compile(rb"[\x80-\xff]{2}")
_FOUR = re.compile(rb"[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]")  # a rare character of GB18030
_ASCII = 127
_GB, _GB_TRAIL = (0xB0, 0xD7), 0xA0  # first bytes of the 3,755 common characters of GB 2312, in the order of pinyin
_BIG5 = (0xA4, 0xC6)  # of the 5,401 common characters of Big5, in the order of strokes


def decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    """Decode a whole file: byte-order mark, then strict UTF-8, then GB18030 or Big5, whichever makes common words.

    Returns
    -------
    text, warnings
        One ``W-ENC`` warning names the encoding when it is not UTF-8.

    Raises
    ------
    StudyError
        ``E-ENC`` with the line and byte where decoding fails, when the bytes fit no encoding or mix two of them;
        ``E-NUL`` with the line of a NUL byte.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise StudyError(Fault.of(file, say("E-ENC/utf-32")))
    data = data.rstrip(_END_OF_FILE)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _decode_or_fail(data, encoding, file), [_encoding_warning(file, "UTF-16")]
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        unmarked = data.count(b"\x00") > len(data) // 3
        raise StudyError(Fault.of(file, say("E-NUL/utf-16" if unmarked else "E-NUL/byte"), row=line))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if _mixes_encodings(data):
            raise _encoding_error(data, error, file) from error
    chinese = choose_chinese(data)
    if chinese is None:
        raise _western_error(data, file)
    return _decode_or_fail(data, chinese, file), [_encoding_warning(file, _NAMES[chinese])]


def choose_chinese(data: bytes) -> str | None:
    """Choose between the encodings of simplified and of traditional Chinese for bytes that are no UTF-8.

    Nearly all bytes of one are bytes of the other too, so that strict decoding decides nothing. Each of them has a
    range of common characters; the one that has more of the text in its own is chosen.

    Returns
    -------
    str or None
        ``gb18030`` or ``cp950`` (Big5); None when every byte above 127 stands alone, as in Western texts.
    """
    pairs = _PAIR.findall(data)
    if not _ADJACENT.search(data) and not _FOUR.search(data):
        common = bool(pairs) and all(_BIG5[0] <= pair[0] <= _BIG5[1] for pair in pairs)
        spelled = all(pair[1:].islower() for pair in pairs)  # as in Malmö, Åland
        return "cp950" if common and not spelled and _fits(data, "cp950") else None
    simple = sum(_GB[0] <= pair[0] <= _GB[1] and pair[1] > _GB_TRAIL for pair in pairs)
    traditional = sum(_BIG5[0] <= pair[0] <= _BIG5[1] for pair in pairs)
    return "cp950" if traditional > simple and _fits(data, "cp950") else "gb18030"


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _western_error(data: bytes, file: str) -> StudyError:
    place = next(i for i, byte in enumerate(data) if byte > _ASCII)
    line = data[:place].count(b"\n") + 1
    return StudyError(Fault.of(file, say("E-ENC/western", byte=place), row=line))


def _decode_or_fail(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _encoding_error(data, error, file) from error


def _mixes_encodings(data: bytes) -> bool:
    """Tell whether some lines are valid multi-byte UTF-8 and others are not UTF-8 at all.

    A GB18030 text can hold a line whose bytes happen to be valid UTF-8, but hardly one with a three-byte
    sequence that decodes to a Chinese character; such a line beside broken ones means two encodings.
    """
    for line in data.splitlines():
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if any("\u4e00" <= character <= "\u9fff" for character in text):
            return True
    return False


def _encoding_error(data: bytes, error: UnicodeDecodeError, file: str) -> StudyError:
    line = data[: error.start].count(b"\n") + 1
    return StudyError(Fault.of(file, say("E-ENC/mixed", byte=error.start), row=line))


def _encoding_warning(file: str, encoding: str) -> Fault:
    return Fault.of(file, say("W-ENC/read-as", encoding=encoding))
