"""Addresses of tiles: which are taken, which are refused and why."""

import pytest

from maps import Tiles

GOOD = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (GOOD, "tiles.example.org"),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png?key=K", "*.tile.example.org"),
        ("https://t{s}.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=K", "*.tianditu.gov.cn"),
        ("https://localhost:8080/{z}/{x}/{y}", "localhost:8080"),
    ],
)
def test_what_is_taken(url: str, host: str) -> None:
    tiles = Tiles(url)
    assert tiles.list_faults() == []
    assert tiles.host == host


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "javascript:alert(1)//{z}{x}{y}",
        "https://a.org/{z}/{x}/{y}.png' 'unsafe-inline'",
        "https://a.org;script-src *;/{z}/{x}/{y}",
        "https://a.org,b.org/{z}/{x}/{y}",
        "https://user:word@a.org/{z}/{x}/{y}",
        "https://a.{s}.org/{z}/{x}/{y}",
        "https://a.org/{z}/{x}/{y}/{constructor}",
        'https://a.org/{z}/{x}/{y}"><script>',
    ],
)
def test_what_is_no_address_of_tiles(url: str) -> None:
    assert [fault.key for fault in Tiles(url).list_faults()] == ["map/tiles-address"]


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("webrd0{s}.is.autonavi.com", "map/tiles-shifted"),
        ("rt1.map.gtimg.com", "map/tiles-shifted"),
        ("mt0.google.cn", "map/tiles-shifted"),
        ("WPRD01.IS.AUTONAVI.COM", "map/tiles-shifted"),
        ("online1.map.bdimg.com", "map/tiles-grid"),
    ],
)
def test_shifted_servers_are_refused_and_why(host: str, key: str) -> None:
    faults = Tiles(f"https://{host}/?x={{x}}&y={{y}}&z={{z}}").list_faults()
    assert [fault.key for fault in faults] == [key]
    assert "WGS84" in faults[0].words.en
    assert "WGS84" in faults[0].words.zh


def test_a_host_that_only_ends_alike_is_another() -> None:
    assert Tiles("https://notamap.com/{z}/{x}/{y}").list_faults() == []


def test_a_key_does_not_stand_in_the_message() -> None:
    told = Tiles("http://a.org/{z}/{x}/{y}?key=SECRET").list_faults()[0].words
    assert "SECRET" not in told.en + told.zh
    assert "{z}" in told.en  # what is wanted, with its braces


def test_the_rest_is_looked_at_too() -> None:
    keys = [fault.key for fault in Tiles(GOOD, subdomains="a-b", deepest=99).list_faults()]
    assert keys == ["map/tiles-subdomains", "map/tiles-deepest"]
