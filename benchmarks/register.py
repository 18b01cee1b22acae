"""The whole register of gaps, ``regionet gaps``, of a simulated study: time and memory by number of regions.

Usage: python benchmarks/register.py [REGIONS ...]

For each number (500, 1,000 and 2,000 by default) a study is written to a temporary folder: regions at random places
between 100 and 120 degrees east, 22 and 40 north, with 40 links each on average, drawn from a gravity model. The
command runs on it in a process of its own with one BLAS thread; the processor time, time on the clock and peak memory
are what the operating system says of that process.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

SIZES = (500, 1000, 2000)
LINKS = 40
SEED = 5


class Cost(NamedTuple):
    """What a run took: seconds of the processor and of the clock, megabytes at the peak, megabytes of gaps.csv."""

    processor: float
    clock: float
    memory: float
    written: float


def write_study(folder: Path, size: int) -> None:
    """Write regions.csv and links.csv of so many regions."""
    rng = np.random.default_rng(SEED)
    code = np.array([f"A{i:05d}" for i in range(size)])
    lon, lat, mass = rng.uniform(100, 120, size), rng.uniform(22, 40, size), np.exp(rng.normal(1, 0.8, size))
    pd.DataFrame({"code": code, "name": code, "lon": lon, "lat": lat}).to_csv(folder / "regions.csv", index=False)
    i, j = np.triu_indices(size, 1)
    mean = mass[i] * mass[j] / (np.hypot(lon[i] - lon[j], lat[i] - lat[j]) + 0.5)
    count = rng.poisson(mean * LINKS / 2 * size / mean.sum())
    keep = count > 0
    links = pd.DataFrame({"source": code[i[keep]], "target": code[j[keep]], "weight": count[keep]})
    links.to_csv(folder / "links.csv", index=False)


def run_gaps(study: Path, out: Path) -> Cost:
    """Run the command on a study; what it says goes nowhere.

    Raises
    ------
    RuntimeError
        When it fails.
    """
    command = [sys.executable, "-m", "regionet", "gaps", "--study", str(study), "--out", str(out), "--lang", "en"]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    silence = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    start = time.perf_counter()
    process = os.posix_spawn(sys.executable, command, environment, file_actions=silence)
    _, status, used = os.wait4(process, 0)
    clock = time.perf_counter() - start
    if status != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1024, (out / "gaps.csv").stat().st_size / 1e6)


def main() -> None:
    """Print one line per number of regions."""
    print("| regions | pairs | processor, s | clock, s | peak memory, MB | gaps.csv, MB |\n|---|---|---|---|---|---|")
    for size in [int(each) for each in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as name:
            study = Path(name) / "study"
            study.mkdir()
            write_study(study, size)
            cost = run_gaps(study, Path(name) / "out")
        figures = " | ".join(f"{figure:,.0f}" for figure in cost)
        print(f"| {size:,} | {size * (size - 1) // 2:,} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
