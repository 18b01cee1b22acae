"""Read studies, each in a process of its own, and tell what that took: memory, sockets, files opened elsewhere.

Folders come by standard input, a line each; the answer to each is one line of JSON, ``null`` when the process died. The
libraries are loaded once, before the processes are forked off: what they open and hold is no finding.
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path

PROCESSOR_SECONDS = 60
HANG_SECONDS = 600


def load_libraries() -> None:
    import geopandas  # noqa: F401, PLC0415
    import pyarrow.parquet  # noqa: F401, PLC0415
    import pyproj.network  # noqa: F401, PLC0415
    import python_calamine  # noqa: F401, PLC0415

    import geodata  # noqa: F401, PLC0415


def measure_peak() -> float:
    """Return the peak memory of this process in MB.

    ``ru_maxrss`` also counts the parent before the program was changed; the high-water mark does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def limit_work() -> None:
    """Let the system end this process after a minute of processor time; to refuse a file takes a second or two."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + PROCESSOR_SECONDS, hard))
    signal.alarm(HANG_SECONDS)  # for one that waits and does nothing


def read(folder: Path) -> None:
    """Read the study in ``folder`` with its boundaries; print what was found and what it took as JSON."""
    from geodata import check_boundaries  # noqa: PLC0415 - as above
    from regions import StudyError, read_study  # noqa: PLC0415 - as above

    sockets: list[str] = []
    opened: list[str] = []

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            sockets.append(event)
        elif event in {"open", "sqlite3.connect"}:
            opened.append(str(arguments[0]))

    limit_work()
    before = measure_peak()
    sys.addaudithook(watch)
    try:
        study = read_study(folder)
        faults = [*study.warnings, *check_boundaries(study)]
    except StudyError as error:
        faults = list(error.faults)
    megabytes = measure_peak() - before
    modules = [path for path in sys.path if path]
    own = (str(folder), folder.as_uri(), str(Path(__file__).parents[1]), *modules, "/proc/self/status")
    elsewhere = [name for name in opened if name.startswith(("/", "file:", "http")) and not name.startswith(own)]
    codes = sorted({fault.code for fault in faults})
    print(json.dumps([codes, megabytes, sockets, elsewhere]), flush=True)  # noqa: T201 - read by the test


def serve() -> None:
    load_libraries()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            read(Path(line.rstrip("\n")))
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            print("null", flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    serve()
