"""Cells that hold several words, and words that bring their share: ``breeding;protection``, ``C38:0.5;C36``."""

import re

_BETWEEN = re.compile(r"\s*[;；|]\s*")  # not the enumeration comma, which stands within names of industries
_SHARE = re.compile(r"^(.*\S)\s*[:：]\s*(0?\.\d+|[01](?:\.0*)?|\d{1,2}(?:\.\d+)?\s*[%％]|100\s*[%％])$")


def split_several(cell: str) -> list[str]:
    """Return the words of a cell, each once, in their order.

    Examples
    --------
    >>> split_several("育种；植保; 育种")
    ['育种', '植保']
    """
    return list(dict.fromkeys(word for word in _BETWEEN.split(cell.strip()) if word))


def split_shares(cell: str) -> dict[str, float]:
    """Return the words of a cell with the share that each brings; NaN where it brings none.

    Examples
    --------
    >>> split_shares("C38:0.5; C36")
    {'C38': 0.5, 'C36': nan}
    >>> split_shares("农、林、牧、渔业：40%")
    {'农、林、牧、渔业': 0.4}
    """
    found: dict[str, float] = {}
    for word in split_several(cell):
        match = _SHARE.match(word)
        number = match[2].rstrip("%％ ") if match else ""
        share = float(number) / (100 if match and match[2][-1] in "%％" else 1) if match else float("nan")
        found[match[1] if match else word] = share
    return found
