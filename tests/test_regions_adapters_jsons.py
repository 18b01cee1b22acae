"""JSON in every layout that people keep it in, and in hostile ones."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from adapter_samples import convert, faults_of, pairs, write

from regions.errors import StudyError
from regions.sources.reading.json_objects import read_objects

WORKS = [
    {"id": f"https://openalex.org/W{n}", "publication_year": 2020, "authorships": [{"institutions": [i]}]}
    for n, i in enumerate(
        [{"id": f"https://openalex.org/I{k}", "display_name": f"Univ {k}", "country_code": "NO"} for k in (1, 2, 3)], 1
    )
]
PAGE = {"meta": {"count": 3, "results": 3}, "results": WORKS, "group_by": [], "more": {"items": [1]}}


def pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


LAYOUTS = {
    "lines": "\n".join(map(json.dumps, WORKS)),
    "lines with blank ones": "\n\n" + "\r\n\r\n".join(map(json.dumps, WORKS)) + "\n\n",
    "array": json.dumps(WORKS),
    "pretty array": pretty(WORKS),
    "array, a line each": "[\n" + ",\n".join(map(json.dumps, WORKS)) + "\n]\n",
    "page": json.dumps(PAGE),
    "pretty page": pretty(PAGE),
    "pages on lines": json.dumps({"results": WORKS[:1]}) + "\n" + json.dumps({"results": WORKS[1:]}),
    "pretty pages in a row": pretty({"results": WORKS[:1]}) + "\n" + pretty({"results": WORKS[1:]}),
    "array of pages": pretty([{"meta": {}, "results": WORKS[:2]}, {"results": WORKS[2:]}]),
    "pretty objects in a row": "\n".join(map(pretty, WORKS)),
    "empty page before": pretty({"results": []}) + pretty(PAGE),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_layout_does_not_matter(tmp_path: Path, layout: str, encoding: str) -> None:
    path = write(tmp_path / "w.json", LAYOUTS[layout], encoding=encoding)
    assert [found for _, found in read_objects(path)] == WORKS


def test_one_pretty_object_is_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "w.json", pretty({**WORKS[0], "results": [1, {"a": []}], "x": {"items": []}}))
    assert [found for _, found in read_objects(path)] == [{**WORKS[0], "results": [1, {"a": []}], "x": {"items": []}}]


def test_pages_convert_like_lines(tmp_path: Path) -> None:
    found = [
        convert("openalex", [write(tmp_path / f"{i}.json", LAYOUTS[name])], tmp_path / str(i))
        for i, name in enumerate(("lines", "pretty pages in a row", "array of pages"))
    ]
    assert found[0] == found[1] == found[2]
    assert pairs(found[0][1]) == [("W1", "I1"), ("W2", "I2"), ("W3", "I3")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"id": "W1"}, {"id": ', "object 2"),
        ('[\n{"id": "W1"}\n{"id": "W2"}]', "object 2"),  # no comma
        ('{\n "results": [{"id": "W1"}, 5, null, [1]]}', "object 2"),
        ("[" * 3_000_000, "nested too deep"),
        ('{"results": ' * 2_000, "object 1"),
        ('{"a": ' * 2_000, "nested too deep"),
        ('[{"id": "W1", "a": NaN}]', "object 1"),
        ('[{"id": 123456789012345678901234567890}]', "object 1"),
        ('[1, "a", true]', "object 3"),
    ],
)
def test_what_is_no_object_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path / "w.json", text)
    with pytest.raises(StudyError, match=reason) as caught:
        list(read_objects(path))
    assert {fault.code for fault in caught.value.faults} == {"E-JSON"}
    assert all(fault.message_zh and len(fault.message) < 250 for fault in caught.value.faults)


def test_every_element_that_is_no_object_is_listed_and_the_others_are_given(tmp_path: Path) -> None:
    path = write(tmp_path / "w.json", '[{"id": "W1"}, 5, {"id": "W2"}, null]')
    given: list[int] = []
    with pytest.raises(StudyError) as caught:
        given.extend(spot.number for spot, _ in read_objects(path))
    assert given == [1, 3]
    assert len(caught.value.faults) == 2


def test_a_list_of_a_million_objects_is_never_held(tmp_path: Path) -> None:
    """An array without end is read object by object: the first comes before the rest is looked at."""
    path = write(tmp_path / "w.json", "[\n" + '{"id": "W1"},\n' * 300_000)
    objects = read_objects(path)
    assert [next(objects)[1] for _ in range(3)] == [{"id": "W1"}] * 3
    objects.close()


def build_work(authors: int, **more: Any) -> dict[str, Any]:
    return {
        "id": "https://openalex.org/W9",
        "publication_year": 2020,
        "authorships": [WORKS[i % 3]["authorships"][0] for i in range(authors)],  # type: ignore[index]
        **more,
    }


@pytest.mark.parametrize(
    ("work", "cut"),
    [
        (build_work(99), 0),
        (build_work(100), 1),
        (build_work(100, is_authors_truncated=False), 1),
        (build_work(101), 0),
        (build_work(3, is_authors_truncated=True), 1),
    ],
)
def test_exactly_a_hundred_authors_are_a_cut_list(tmp_path: Path, work: dict[str, Any], cut: int) -> None:
    _, records, report = convert("openalex", [write(tmp_path / "w.json", pretty(work))], tmp_path / "o")
    assert report.get("truncated", 0) == cut
    assert len(records) == 3


@pytest.mark.parametrize("word", ["NA", "NaN", "null", "None", "", " "])
def test_words_for_no_year_are_counted(tmp_path: Path, word: str) -> None:
    works = [{**WORKS[0], "publication_year": "2019"}, {**WORKS[1], "publication_year": word}]
    _, records, report = convert("openalex", [write(tmp_path / "w.json", pretty(works))], tmp_path / "o")
    assert [row["year"] for row in records] == ["2019"]
    assert (report["no-year"], report.get("year-word", 0)) == (1, int(bool(word.strip())))


def test_a_wrong_year_in_a_page_names_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "w.json", pretty([{**WORKS[0], "publication_year": "soon"}]))
    assert faults_of("openalex", [path], tmp_path / "o") == [("E-YEAR", "w.json", None, "publication_year")]


def test_every_order_of_works_gives_the_same(tmp_path: Path) -> None:
    found = [
        convert("openalex", [write(tmp_path / f"{i}.json", pretty({"results": list(works)}))], tmp_path / str(i))
        for i, works in enumerate(permutations(WORKS))
    ]
    assert all(one == found[0] for one in found)
