"""Look at the directory of a zip archive before anything in it is unpacked, and unpack no more than it promises."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from regions.errors import Fault, StudyError
from regions.messages import Message, say

_LARGE = 10_000_000
_RATIO = 100
_LARGEST = 2_000_000_000
_MOST_PARTS = 10_000
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """A zip archive whose directory was looked at.

    Attributes
    ----------
    file
        File name for messages.
    data
        The whole file.
    parts
        Name of a part -> its entry in the directory.
    """

    file: str
    data: bytes
    parts: dict[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes:
        """Unpack one part; at most the bytes that the directory promises, and one more to notice a lie.

        Raises
        ------
        StudyError
            ``E-FORMAT``: the part is missing, damaged or packed in an unusual way; ``E-BOMB``: it holds more than
            the directory says.
        """
        entry = self.parts.get(name)
        if entry is None:
            raise StudyError(_broken(self.file, say("archive/missing-part", part=name)))
        offset = entry.header_offset
        header = self.data[offset : offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size:
            raise StudyError(_broken(self.file, say("archive/cut-part", part=name)))
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        begin = offset + _LOCAL_HEADER.size + name_length + extra_length
        packed = self.data[begin : begin + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            return packed
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise StudyError(_broken(self.file, say("archive/damaged-part", part=name))) from error
        if len(content) > entry.file_size:
            raise StudyError(_bomb(self.file, name))
        if zlib.crc32(content) != entry.CRC:
            raise StudyError(_broken(self.file, say("archive/damaged-part", part=name)))
        return content


def open_archive(path: Path) -> Archive:
    """Read the directory of a zip archive.

    Raises
    ------
    StudyError
        ``E-FORMAT``: the file is no whole zip archive, or is encrypted, or names a part twice; ``E-BOMB``: a part
        grows more than 100-fold to more than 10 MB when unpacked, or the whole is larger than 2 GB.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise StudyError(_broken(path.name, say("archive/cut-off"))) from error
    parts = {entry.filename: entry for entry in entries}
    if len(parts) < len(entries):
        raise StudyError(_broken(path.name, say("archive/part-twice")))
    for entry in entries:
        grown = entry.file_size > _LARGE and entry.file_size > _RATIO * max(entry.compress_size, 1)
        if grown or entry.file_size > _LARGEST:
            raise StudyError(_bomb(path.name, entry.filename))
        if entry.flag_bits & 1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise StudyError(_broken(path.name, say("archive/encrypted", part=entry.filename[:60])))
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST:
        raise StudyError(_bomb(path.name, f"{len(entries)} parts"))
    return Archive(path.name, path.read_bytes(), parts)


def _broken(file: str, reason: Message) -> Fault:
    return Fault.of(file, say("E-FORMAT/damaged-archive", reason=reason))


def _bomb(file: str, part: str) -> Fault:
    return Fault.of(file, say("E-BOMB/archive", part=part[:60]))
