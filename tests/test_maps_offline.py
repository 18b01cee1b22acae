"""One file without addresses, closed by a content policy."""

import base64
import hashlib
import re

import pytest

from maps.document.offline import find_external, read_asset, read_leaflet, seal
from regions import MethodError

PAGE = "<!DOCTYPE html>\n<html>\n<head>\n<style>a{b:c}</style></head><body><script>let x = 1;</script></body></html>"


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<script src="https://a.b/c.js"></script>', "https://a.b/c.js"),
        ("<script src=c.js></script>", "c.js"),
        ('<link rel="stylesheet" href="//a.b/c.css">', "//a.b/c.css"),
        ('<img src="x.png">', "x.png"),
        ('<img srcset="x.png 2x">', "x.png 2x"),
        ('<a href="http://a.b">t</a>', "http://a.b"),
        ('<iframe src="javascript:alert(1)"></iframe>', "javascript:alert(1)"),
        ('<object data="x.swf"></object>', "x.swf"),
        ('<form action="/send"></form>', "/send"),
        ('<meta http-equiv="refresh" content="0;url=http://a.b">', "0;url=http://a.b"),
        ("<style>a { background: url(x.png) }</style>", "x.png"),
        ("<style>a { background: url('https://a.b/x.png') }</style>", "https://a.b/x.png"),
        ('<style>@import "x.css";</style>', '"x.css"'),
        ('<p style="background:url(x.png)">t</p>', "x.png"),
        ('<script>fetch("https://a.b/data")</script>', "https://a.b/data"),
        ("<script>new WebSocket('wss://a.b')</script>", "wss://a.b"),
        ("<script>import('./x.js')</script>", "import("),
    ],
)
def test_address_is_found(markup: str, address: str) -> None:
    assert find_external(f"<html><head></head><body>{markup}</body></html>") == [address]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="data:image/png;base64,AAAA">',
        '<a href="#top">t</a>',
        "<style>a { background: url(data:image/gif;base64,AA); behavior: url(#default#VML) }</style>",
        '<script>document.createElementNS("http://www.w3.org/2000/svg", "svg")</script>',
        '<script type="application/json">{"source": "see https://a.b/c"}</script>',
        "<p>see https://a.b/c</p>",
    ],
)
def test_harmless_markup_is_not_found(markup: str) -> None:
    assert find_external(f"<html><head></head><body>{markup}</body></html>") == []


def test_seal_refuses_an_address_by_name() -> None:
    with pytest.raises(MethodError, match=r"https://cdn\.example/x\.js"):
        seal(PAGE.replace("<body>", '<body><script src="https://cdn.example/x.js"></script>'))


def test_seal_needs_a_head() -> None:
    with pytest.raises(MethodError, match="head"):
        seal("<html><body></body></html>")


def hash_of(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_policy_allows_exactly_what_is_there() -> None:
    sealed = seal(PAGE)
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', sealed)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.group(1).split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'none'"
    assert rules["script-src"] == hash_of("let x = 1;")
    assert rules["style-src"] == hash_of("a{b:c}")
    assert "unsafe" not in policy.group(1)


def test_policy_and_character_set_come_first() -> None:
    head = seal(PAGE).split("<head>", 1)[1]
    assert head.startswith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')


def test_data_block_needs_no_hash() -> None:
    with_data = PAGE.replace("<body>", '<body><script type="application/json">{"a":1}</script>')
    assert hash_of('{"a":1}') not in seal(with_data)


def test_line_ends_are_hashed_as_a_browser_reads_them() -> None:
    assert hash_of("a\nb\nc") in seal(PAGE.replace("let x = 1;", "a\r\nb\rc"))


def test_leaflet_is_whole_and_names_no_address() -> None:
    script, style = read_leaflet()
    assert "Leaflet 1.9.4" in script
    assert "BSD 2-Clause License" in script
    assert "Volodymyr Agafonkin" in script
    assert "sourceMappingURL" not in script
    assert len(script) > 140_000
    assert find_external(f"<head><style>{style}</style><script>{script}</script></head>") == []
    assert "https://" not in script + style
    assert ".leaflet-container" in style


def test_licence_of_leaflet_is_beside_it() -> None:
    licence = read_asset("LEAFLET-LICENSE")
    assert "Redistributions in binary form must reproduce" in licence
