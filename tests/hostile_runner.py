"""Read a study in a process of its own, and tell what that took: seconds, memory, sockets, files opened elsewhere."""

import json
import resource
import sys
import time
from pathlib import Path


def measure_peak() -> float:
    """Return the peak memory of this process in MB.

    ``ru_maxrss`` also counts the parent before the program was changed, which is large at the end of a test run; the
    high-water mark of the address space does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path) -> None:
    """Read the study in ``folder`` with its boundaries; print what was found and what it took as JSON."""
    import geopandas  # noqa: F401, PLC0415 - what is loaded before the hook is no finding
    import pyarrow.parquet  # noqa: F401, PLC0415 - as above
    import pyproj  # noqa: PLC0415 - as above
    import pyproj.network  # noqa: F401, PLC0415 - as above
    import python_calamine  # noqa: F401, PLC0415 - as above

    from geodata import read_boundaries  # noqa: PLC0415 - as above
    from regions import StudyError, read_study  # noqa: PLC0415 - as above

    sockets: list[str] = []
    opened: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            sockets.append(event)
        elif event in {"open", "sqlite3.connect"}:
            opened.append(str(arguments[0]))

    sys.addaudithook(watch)
    started = time.monotonic()
    try:
        study = read_study(folder)
        boundaries = read_boundaries(study)
        noticed = () if boundaries is None else boundaries.attrs["warnings"]
        faults = [*study.warnings, *noticed]
    except StudyError as error:
        faults = list(error.faults)
    seconds = time.monotonic() - started
    own = [str(folder), sys.prefix, sys.base_prefix, str(Path(__file__).parents[1]), folder.as_uri()]
    elsewhere = [name for name in opened if name.startswith(("/", "file:", "http")) and not name.startswith(tuple(own))]
    megabytes = measure_peak()
    codes = sorted({fault.code for fault in faults})
    print(json.dumps([codes, seconds, megabytes, sockets, elsewhere]))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(Path(sys.argv[1]))
