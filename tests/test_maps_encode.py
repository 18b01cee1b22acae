"""Text and data that cannot act inside a page."""

import json
import math

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.document.encode import encode_json, encode_text

HOSTILE = (
    "<script>window.__pwn=1</script>",
    "</script><script>window.__pwn=1</script>",
    '<img src=x onerror="window.__pwn=1">',
    "${window.__pwn=1}",
    "\\`);window.__pwn=1;//",
    "');window.__pwn=1;//",
    "A\\",
    "line\u2028sep\u2029end",
    "&lt;b&gt; AT&T",
    "R{%D} centre",
    "{{{what a mess}}}",
    "{# note #}",
    "<!--",
    "]]>",
    '"},{"x":"',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_the_text_back(text: str) -> None:
    assert json.loads(encode_json({"name": text, text: [text]})) == {"name": text, text: [text]}


@pytest.mark.parametrize("text", HOSTILE)
def test_json_holds_nothing_that_acts(text: str) -> None:
    encoded = encode_json({"a": {"name": text, "more": [{"b": text}]}})
    for sign in ("<", ">", "&", "\u2028", "\u2029", "{{", "{%", "{#", "%}", "#}"):
        assert sign not in encoded


def test_json_escapes_are_the_known_ones() -> None:
    assert encode_json("<&>") == r'"\u003c\u0026\u003e"'
    assert encode_json("a{b}c") == r'"a\u007bb\u007dc"'
    assert encode_json("\u2028") == r'"\u2028"'
    assert encode_json("https://a.b/c") == r'"https:\/\/a.b/c"'
    assert encode_json('a"\\{') == r'"a\"\\\u007b"'


def test_json_of_a_lone_surrogate_can_be_written() -> None:
    encoded = encode_json("a\ud800b")
    assert encoded.encode("utf-8") == rb'"a\ud800b"'


def test_json_is_compact_and_keeps_chinese_readable() -> None:
    assert encode_json({"名": [1, 2.5, None, True]}) == '{"名":[1,2.5,null,true]}'


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_json_refuses_what_json_has_not(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode_json([number])


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_survives_jinja_unchanged(data: object) -> None:
    encoded = encode_json(data)
    # A template drops one newline at its end, and only that; encoded text has none.
    assert jinja2.Template(encoded).render() == encoded
    assert json.loads(encoded) == data


def test_text_slot_encodes_what_could_act() -> None:
    assert encode_text("&<>\"'{}$%\\`") == "".join(f"&#{ord(sign)};" for sign in "&<>\"'{}$%\\`")


def test_text_slot_leaves_plain_text() -> None:
    assert encode_text("中国 31 省区市：2011 (a-b_c)") == "中国 31 省区市：2011 (a-b_c)"
