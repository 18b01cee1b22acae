"""The card of a study."""

from pathlib import Path

import pytest
from effort import count_steps

from regions.errors import StudyError
from regions.study import Inset, Note
from regions.study_card import StudyCard, read_card
from regions.words import Words


def card(folder: Path, text: str) -> StudyCard:
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return read_card(path)


def faults(folder: Path, text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(StudyError) as caught:
        card(folder, text)
    return [(fault.code, fault.row) for fault in caught.value.faults]


def test_every_key_is_understood(tmp_path: Path) -> None:
    read = card(
        tmp_path,
        """
name: mine
title: {en: Mine, zh: 我的}
extends: china
level: [city, county]
focus: delta
without: ["71"]
borders: [province]
indicator: gdp
directed: true
mirrored: once
boundaries: map.geojson
projection: "+proj=aea"
insets: [{title: Far, bounds: [1, 2, 3.5, 4]}]
limits: [one, {zh: 二, about: records}]
sources: mine
links: ties.csv
""",
    )
    assert read == StudyCard(
        name="mine",
        title=Words("Mine", "我的"),
        extends="china",
        levels=("city", "county"),
        focus="delta",
        without=("71",),
        borders=("province",),
        indicator="gdp",
        directed=True,
        mirrored="once",
        boundaries="map.geojson",
        projection="+proj=aea",
        insets=(Inset(Words("Far", "Far"), (1.0, 2.0, 3.5, 4.0)),),
        limits=(Note(Words("one", "one")), Note(Words("二", "二"), "records")),
        sources=(Note(Words("mine", "mine")),),
        files={"links": "ties.csv"},
        given=read.given,
    )
    assert {"levels", "limits", "files"} <= read.given


def test_values_that_yaml_would_not_take_for_text_must_be_quoted(tmp_path: Path) -> None:
    text = 'focus: 010000\nname: NO\nindicator: 1.10\nwithout: ["710000", 820000]\n'
    assert faults(tmp_path, text) == [("E-CONFIG", line) for line in (1, 2, 3, 4)]


def test_an_unknown_key_gets_a_hint(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        card(tmp_path, "name: x\nlinkz: a.csv\n")
    assert [(fault.row, fault.hint) for fault in caught.value.faults] == [(2, "Did you mean links?")]


def test_an_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found: list[tuple[str, int | None]] = []
    assert count_steps(lambda: found.extend(faults(tmp_path, bomb))) < 100_000  # unfolded it has 43 million items
    assert found == [("E-YAML", 1)]


@pytest.mark.parametrize("text", ["name: [", "name: x\n\tlevel: y", "a: b: c"])
def test_what_is_no_yaml_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    found = faults(tmp_path, text)
    assert found[0][0] == "E-YAML"
    assert found[0][1] is not None


@pytest.mark.parametrize("text", ["", "just a sentence", "- a\n- b\n"])
def test_a_card_is_a_list_of_keys(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == [("E-CONFIG", 1)]


@pytest.mark.parametrize("name", ["../x.csv", "/etc/passwd", "C:x.csv", "http://x/y.csv", "a\\b.csv"])
def test_a_table_cannot_come_from_outside_the_folder(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, f"records: '{name}'\n") == [("E-CONFIG", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "directed: maybe",
        "mirrored: twice",
        "title: {de: x}",
        "insets: [{title: x, bounds: [3, 2, 1, 4]}]",
        "insets: [{title: x, bounds: [1, 2, 3]}]",
        "insets: [{bounds: [1, 2, 3, 4]}]",
        "name: [a, b]",
    ],
)
def test_a_wrong_value_is_a_fault(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == [("E-CONFIG", 1)]


def test_a_card_takes_what_it_leaves_open_and_no_more() -> None:
    base = StudyCard(
        name="base",
        levels=("province",),
        focus="f",
        projection="+proj=aea",
        insets=(Inset(Words("i", "i"), (0, 0, 1, 1)),),
        limits=(Note(Words("all", "all")), Note(Words("r", "r"), "records"), Note(Words("i", "i"), "indicators")),
    )
    own = StudyCard(
        name="own",
        projection="",
        insets=(),
        limits=(Note(Words("mine", "mine")),),
        given=frozenset({"projection", "insets"}),
    )
    merged = own.over(base, {"indicators"})
    assert (merged.name, merged.focus, merged.levels) == ("own", "f", ("province",))
    assert own.over(base, set(), {"focus"}).focus is None
    assert (merged.projection, merged.insets) == ("", ())
    assert [note.en for note in merged.limits] == ["all", "i", "mine"]
