"""Put text and data into a page so that nothing in them can act as markup, script or template."""

import json
import re
from typing import Any

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_RISKY_IN_STRING = re.compile("[<>&{}\u2028\u2029\ud800-\udfff]")
_RISKY_IN_TEXT = re.compile(r"""[&<>"'{}$%\\`]""")


def encode_json(data: Any) -> str:  # noqa: ANN401 - whatever the json module takes
    r"""Return ``data`` as compact JSON that is inert inside ``<script type="application/json">`` and Jinja.

    Parameters
    ----------
    data
        Lists, dicts, text, numbers, booleans and None. Keys are text.

    Returns
    -------
    str
        JSON in which strings hold no ``<``, ``>``, ``&``, brace, U+2028, U+2029 or lone surrogate as such; they
        stand as ``\uXXXX``, which every JSON reader turns back. Two braces never meet except at the end of objects,
        so neither ``{{`` nor ``{%`` nor ``{#`` occurs. A ``://`` stands as ``:\/\/``: an address in a note is text.

    Raises
    ------
    ValueError
        A number is not finite. A missing value must be None; JSON has no NaN.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda match: _escape_string(match.group()), text)


def encode_text(text: str) -> str:
    """Return ``text`` for a text slot of an HTML document, as numeric entities where a character could act.

    Besides the characters of HTML, those that open something in Jinja or in a JavaScript template literal are
    encoded, because a library between us and the file may read the text as either.
    """
    return _RISKY_IN_TEXT.sub(lambda match: f"&#{ord(match.group())};", text)


def _escape_string(token: str) -> str:
    escaped = _RISKY_IN_STRING.sub(lambda match: f"\\u{ord(match.group()):04x}", token)
    return escaped.replace("://", ":\\/\\/")
