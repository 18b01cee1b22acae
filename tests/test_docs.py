"""The documents say what the code does: tables, commands, names of functions, and code that runs."""

import importlib
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from module_list import list_modules

import analysis
import geodata
import regions
from regionet.cli import app

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
PAGES = (
    *READMES,
    *(
        "CONTRIBUTING.md",
        "docs/methods.md",
        "docs/parity.md",
        "docs/data.md",
        "docs/sources.md",
        "regions/data/README.md",
    ),
)
ROOMS = ("regions", "geodata", "analysis", "maps")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_page_of_the_tables_is_what_the_reader_accepts() -> None:
    built = runpy.run_path(str(ROOT / "docs" / "build_data.py"))["build_page"]()
    assert read("docs/data.md") == built, "run: python docs/build_data.py"


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_table_of_commands(name: str) -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    rows = [line.split("|")[1] for line in read(name).splitlines() if line.startswith("| `")]
    named = {word for cell in rows for word in re.findall(r"`(\w+)`", cell)}
    assert known - {"studies"} <= named
    called = set(re.findall(r"(?:bin/|`)regionet ([a-z]+)", read(name)))
    assert called <= known


@pytest.mark.parametrize("name", READMES)
def test_options_that_the_readme_shows_exist(name: str) -> None:
    commands = typer.main.get_command(app).commands.values()  # type: ignore[attr-defined]
    known = {option for command in commands for parameter in command.params for option in parameter.opts}
    shown = set(re.findall(r"(--[a-z]+(?:-[a-z]+)*)", read(name)))
    others = {"--no-index", "--find-links", "--no-install-recommends", "--dist"}  # of pip, apt and pytest
    others |= {"--no-deps", "--platform", "--python-version", "--only-binary"}
    assert shown - others <= known | {"--help"}


@pytest.mark.parametrize("page", PAGES)
def test_links_between_the_pages_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", read(page))
    missing = [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()]
    assert not missing


@pytest.mark.parametrize("page", ["README.md", "docs/methods.md"])
def test_functions_that_the_pages_name_exist(page: str) -> None:
    rooms = [importlib.import_module(name) for name in list_modules()]
    verbs = "read|load|list|build|measure|find|fit|explain|compare|decompose|backtest|select|filter"
    named = set(re.findall(rf"`(?:(?:{'|'.join(ROOMS)})\.)?((?:{verbs})_\w+)[`(]", read(page)))
    assert named, page
    assert not [name for name in named if not any(name in vars(room) for room in rooms)]


def test_the_script_of_the_readme_runs(tmp_path: Path) -> None:
    script = re.search(r"```python\n(.*?)```", read("README.md"), flags=re.DOTALL)
    assert script is not None
    done = subprocess.run([sys.executable, "-c", script[1]], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "china.html").stat().st_size > 100_000


def test_the_readme_tells_what_the_gaps_of_the_embedded_study_are() -> None:
    """Elasticity with its one error, how many pairs lie below, and the first rows of the register."""
    study = regions.load_study("china")
    network = analysis.build_network(study)
    options = analysis.GravityOptions(stability=False)
    gaps = analysis.find_gaps(study, network, geodata.measure_distances(study), options=options)
    model, told = gaps.attrs["model"], " ".join(read("README.md").split())
    estimate, error = model.coefficients.loc["ln_distance", ["estimate", "error"]]
    assert f"(elasticity {estimate:.2f} ± {error:.2f})" in told
    assert f"{model.tally.below} of {model.pairs} lie below expectation, {model.tally.suggestive} at p < .05" in told
    assert model.tally.significant == 0
    names = study.names("en")
    for row in gaps.head(2).to_dict("records"):
        ends = f"{names[row['source']]} - {names[row['target']]}"
        interval = f"{row['expected']:.1f} [{row['low']:.0f}-{row['high']:.0f}]"
        likely = f"{row['shortfall_probability']:.2f}".lstrip("0")
        assert f"| {ends} | {row['observed']:.0f} | {interval} | {likely} | {row['grade']} |" in told
