import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.inference.backbone import find_backbone, measure_link_significance
from analysis.networks.network import build_network
from maps.words.codebook import label_column
from regionet.cli import app
from regionet.console.language import Language
from regionet.steps.link_significance import SIGNIFICANCE, Backbone, add_significance, describe_backbone, keep_backbone
from regions import MethodError, load_study


def run_links(out: Path, *options: str) -> Any:
    result = CliRunner().invoke(app, ["links", "--out", str(out), "--lang", "en", *options])
    assert result.exit_code == 0, result.output
    return pd.read_csv(out / "links.csv", dtype={"source": str, "target": str}), result.output


def make_star() -> pd.DataFrame:
    """Build a hub with ten rays, one of weight 91 of 100: alpha is .09 ** 9 for it, .99 ** 9 for the others."""
    rays = [f"r{i}" for i in range(9)] + ["big"]
    weights = [1.0] * 9 + [91.0]
    return pd.DataFrame({"source": ["hub"] * 10, "target": rays, "weight": weights})


def test_a_star_by_hand() -> None:
    table = add_significance(make_star(), [], directed=False)
    assert table["alpha_disparity"].tolist() == pytest.approx([0.99**9] * 9 + [0.09**9])
    kept = keep_backbone(table, Backbone.DISPARITY, 0.05)
    assert kept["target"].tolist() == ["big"]
    assert describe_backbone(table, kept, Language.EN) == "Backbone: 1 of 10 links, with 91% of the weight."
    assert "保留 1 条" in describe_backbone(table, kept, Language.ZH)


def test_ends_in_any_order_and_directions() -> None:
    links = pd.DataFrame({"source": ["b", "c", "a"], "target": ["a", "b", "c"], "weight": [5.0, 1, 1]}, index=[7, 3, 5])
    turned = links.rename(columns={"source": "target", "target": "source"})
    table = add_significance(links, [], directed=False)
    assert table.index.tolist() == [7, 3, 5]
    for name in SIGNIFICANCE:
        assert table[name].tolist() == pytest.approx(add_significance(turned, [], directed=False)[name].tolist())
    both = pd.concat([links, turned], ignore_index=True)
    assert len(add_significance(both, [], directed=True)) == 6  # there and back are two links


def test_each_group_by_itself() -> None:
    star = make_star()
    years = pd.concat([star.assign(year=2001), star.head(3).assign(year=pd.NA)], ignore_index=True)
    table = add_significance(years, ["year"], directed=False)
    alone = add_significance(star, [], directed=False)
    assert table.loc[:9, "alpha_disparity"].tolist() == alone["alpha_disparity"].tolist()
    assert table.loc[10:, "alpha_disparity"].tolist() == pytest.approx([(1 - 1 / 3) ** 2] * 3)


def test_no_links() -> None:
    empty = make_star().head(0)
    table = add_significance(empty, [], directed=False)
    assert [*table] == ["source", "target", "weight", *SIGNIFICANCE]
    assert describe_backbone(table, table, Language.EN) == "Backbone: 0 of 0 links, with 0% of the weight."


@pytest.mark.parametrize("alpha", [0.0, 1.0])
def test_levels_out_of_range(alpha: float) -> None:
    with pytest.raises(MethodError, match="above 0 and below 1"):
        keep_backbone(make_star(), Backbone.DISPARITY, alpha)


def test_china_as_the_functions_have_it(tmp_path: Path) -> None:
    table, _ = run_links(tmp_path / "all")
    network = build_network(load_study("china"))
    expected = measure_link_significance(network)
    expected["pair"] = [frozenset(pair) for pair in zip(expected["source"], expected["target"], strict=True)]
    found = table.assign(pair=[frozenset(pair) for pair in zip(table["source"], table["target"], strict=True)])
    theirs = expected.set_index("pair")[list(SIGNIFICANCE)].add_suffix("_")
    joined = found.set_index("pair")[list(SIGNIFICANCE)].join(theirs)
    assert len(joined) == network.number_of_edges()
    for name in SIGNIFICANCE:
        assert joined[name].tolist() == pytest.approx(joined[f"{name}_"].tolist(), rel=1e-6)
    for option, method, threshold in (
        ("disparity", "disparity", {"level": 0.05}),
        ("noise-corrected", "noise_corrected", {"delta": 1.6448536269514722}),
    ):
        kept, printed = run_links(tmp_path / option, "--backbone", option)
        backbone = find_backbone(network, method=method, **threshold)  # type: ignore[arg-type]
        assert 0 < len(kept) == backbone.number_of_edges() < len(table)
        assert f"{len(kept)} of {len(table)} links" in printed.replace("\n", " ")
        parameters = json.loads((tmp_path / option / "run.json").read_text("utf-8"))["parameters"]
        assert (parameters["backbone"], parameters["alpha"]) == (option, 0.05)


def test_actors_only_on_request(tmp_path: Path) -> None:
    plain, _ = run_links(tmp_path / "a", "--actors")
    assert "p_nc" not in plain
    kept, _ = run_links(tmp_path / "b", "--actors", "--backbone", "disparity", "--alpha", "0.3")
    assert 0 < len(kept) < len(plain)
    assert (kept["alpha_disparity"] < 0.3).all()


@pytest.mark.parametrize("name", SIGNIFICANCE)
def test_every_column_has_words(name: str) -> None:
    words = label_column(name)
    assert words.label.en not in {name, words.label.zh}
    assert words.meaning.zh
    assert words.meaning.en
