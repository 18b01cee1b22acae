"""Links without a value in formats where that means 1."""

from pathlib import Path

import pytest

from regions import StudyError, read_study

VERTICES = '*Vertices 4\n1 "Alfa"\n2 "Beta"\n3 "Gamma"\n4 "Delta"\n'
DL = "dl n=4 format=edgelist1\nlabels:\nAlfa,Beta,Gamma,Delta\ndata:\n"


def write_study(folder: Path, name: str, text: str) -> Path:
    names = ("Alfa", "Beta", "Gamma", "Delta")
    regions = "".join(f"{word[0]},{word},{i},{i}\n" for i, word in enumerate(names, 1))
    (folder / "regions.csv").write_text(f"code,name,lon,lat\n{regions}", encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "text", "bare"),
    [
        ("links.net", VERTICES + "*Edges\n1 2 5\n2 3\n3 4 2.5\n", 1),
        ("links.net", VERTICES + "*Edges\n1 2 5\n2 3 c Red\n3 4 2.5 w 3 c Blue\n", 1),  # how it is drawn is no value
        ("links.net", VERTICES + "*Edges\n1 2 5\n3 4 2.5\n*Edgeslist\n2 3\n", 1),
        ("links.net", VERTICES + "*Edges\n1 2 5\n2 3 [2001]\n3 4 2.5 [2001-2002]\n", 1),
        ("links.dl", DL + "1 2 5\n2 3\n3 4 2.5\n", 1),
        ("links.net", VERTICES + "*Edges\n1 2 5\n2 3 1\n3 4 2.5\n", 0),
    ],
)
def test_a_link_without_a_value_among_valued_ones_weighs_1_and_is_said(
    tmp_path: Path, name: str, text: str, bare: int
) -> None:
    study = read_study(write_study(tmp_path, name, text))
    assert study.links is not None
    found = study.links.set_index("source")["weight"].to_dict()
    assert found == pytest.approx({"A": 5, "B": 1, "G": 2.5})
    said = [fault.message for fault in study.warnings if fault.code == "W-WEIGHT"]
    assert [sentence.startswith(f"{bare} of 3 links have no value (line ") for sentence in said] == [True] * bare


def test_a_network_without_any_value_says_nothing_of_it(tmp_path: Path) -> None:
    study = read_study(write_study(tmp_path, "links.net", VERTICES + "*Arcs\n1 2 c Red\n2 3\n"))
    assert study.links is not None
    assert study.links["weight"].tolist() == pytest.approx([1, 1])
    assert "W-WEIGHT" not in {fault.code for fault in study.warnings}


def test_a_word_that_is_no_value_and_no_drawing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write_study(tmp_path, "links.net", VERTICES + "*Edges\n1 2 many\n"))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-NUMBER", 7)]


def test_a_network_without_links_is_refused_where_a_table_of_a_header_alone_is_not(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write_study(tmp_path, "links.net", VERTICES))
    assert [fault.code for fault in caught.value.faults] == ["E-EMPTY"]
    (tmp_path / "links.net").unlink()
    study = read_study(write_study(tmp_path, "links.csv", "source,target,weight\n"))
    assert "W-EMPTY" in {fault.code for fault in study.warnings}
