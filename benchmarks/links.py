"""How fast are links counted from records, and in how much memory? Against pandas and hand-written SQL, in one run.

Run: PYTHONPATH=. python benchmarks/links.py [--rows 10000000] [--only NAME ...] [--keys short|uuid|doi]. Each method
runs in a process of its own over the same Parquet files (text keys, in random order) and reports seconds, CPU seconds
and the memory it took beyond its input. The floor is reading the two columns once. Needs the extra ``big``.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regions.counting.duck import count_in_duckdb, import_extra, open_duckdb
from regions.counting.memory import count_in_memory
from regions.counting.parts import Parts, count_in_parts
from regions.counting.plan import Plan
from regions.counting.portable import code_places, compile_pairs

REGIONS = 372
HAND_SQL = """
WITH cells AS (
  SELECT record, place, count(*) AS k FROM (SELECT DISTINCT record, actor FROM records) j
  LEFT JOIN places p ON p.actor = j.actor GROUP BY ALL),
sizes AS (SELECT record, sum(k) AS n FROM cells GROUP BY record)
SELECT a.place, b.place, sum(CASE WHEN a.place = b.place THEN a.k * (a.k - 1) // 2 ELSE a.k * b.k END), count(*)
FROM cells a JOIN (SELECT * FROM sizes WHERE n > 1) s ON s.record = a.record
JOIN cells b ON b.record = a.record AND a.place <= b.place
WHERE a.place < b.place OR a.k > 1 GROUP BY ALL
UNION ALL SELECT NULL, NULL, n, count(*) FROM sizes GROUP BY n
"""


def make_files(rows: int, folder: Path, keys: str = "short") -> None:
    """Write about three actors a record with a heavy tail, in pieces, each row at a random place."""
    write_record, write_actor = KEYS[keys]
    rng = np.random.default_rng(1)
    n_actor, piece = rows // 10, 5_000_000
    writer = None
    for start in range(0, rows, piece):
        n_record = min(piece, rows - start) // 3
        tail = (rng.random(n_record) < 0.003) * rng.integers(0, 60, n_record)
        record = np.repeat(np.arange(n_record), 1 + rng.negative_binomial(1, 0.345, n_record) + tail) + start // 3
        actor = (n_actor * rng.random(len(record)) ** 2).astype(np.int64)
        order = rng.permutation(len(record))
        table = pa.table({"record": write_record(record[order]), "actor": write_actor(actor[order])})
        writer = writer or pq.ParquetWriter(folder / "records.parquet", table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()
    region = (REGIONS * rng.random(n_actor) ** 1.5).astype(np.int64) * 100 + 110000
    places = pa.table({"actor": write_actor(np.arange(n_actor)), "place": write_keys("", region, 6)})
    pq.write_table(places, folder / "places.parquet")


def write_keys(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


def write_uuids(numbers: np.ndarray) -> pa.Array:
    """Write a number as 128 mixed bits in the form of a UUID."""
    mixed = [
        (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(factor)
        for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
    ]
    raw = np.stack([word ^ (word >> np.uint64(31)) for word in mixed], axis=1).view(np.uint8)
    places = [place for place in range(36) if place not in {8, 13, 18, 23}]
    text = np.full((len(numbers), 36), ord("-"), dtype=np.uint8)
    digits = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
    text[:, places[::2]], text[:, places[1::2]] = digits[raw >> 4], digits[raw & 15]
    ends = np.arange(0, text.size + 1, 36)
    return pa.LargeStringArray.from_buffers(len(text), pa.py_buffer(ends), pa.py_buffer(text))


def write_dois(numbers: np.ndarray) -> pa.Array:
    """Write a number as a DOI: a long beginning in common, and an end of uneven length."""
    return pc.binary_join_element_wise("10.1016/j.respol.", pa.array(numbers * 7919).cast(pa.string()), "")


KEYS = {
    "short": (lambda numbers: write_keys("CN", numbers, 9), lambda numbers: write_keys("A", numbers, 8)),
    "uuid": (write_uuids, write_uuids),
    "doi": (write_dois, lambda numbers: write_keys("https://ror.org/0", numbers, 8)),
}


def read(folder: Path) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    return pd.read_parquet(folder / "records.parquet"), pd.read_parquet(folder / "places.parquet").set_index("actor")[
        "place"
    ]


def floor(folder: Path) -> Callable[[], int]:
    return lambda: pq.read_table(folder / "records.parquet").num_rows


def pandas_text(folder: Path) -> Callable[[], int]:
    """As most people write it."""
    records, places = read(folder)

    def count() -> int:
        joint = records.assign(region=records["actor"].map(places))
        pairs = joint.merge(joint, on="record")
        pairs = pairs[pairs["actor_x"] < pairs["actor_y"]]
        return int(pairs.groupby(["region_x", "region_y"]).size().sum())

    return count


def pandas_codes(folder: Path) -> Callable[[], int]:
    """As an expert writes it: numbers instead of text before the merge."""
    records, places = read(folder)

    def count() -> int:
        region, names = pd.factorize(places)
        actor = places.index.get_indexer(pd.Index(records["actor"])).astype(np.int32)
        joint = pd.DataFrame({"record": pd.factorize(records["record"])[0].astype(np.int32), "actor": actor})
        joint = joint.drop_duplicates().assign(region=lambda table: region[table["actor"]].astype(np.int32))
        pairs = joint.merge(joint, on="record")
        pairs = pairs[pairs["actor_x"] < pairs["actor_y"]]
        low, high = pairs[["region_x", "region_y"]].min(axis=1), pairs[["region_x", "region_y"]].max(axis=1)
        return int((low * len(names) + high).value_counts().sum())

    return count


def pandas_actors(folder: Path) -> Callable[[], int]:
    records, places = read(folder)

    def count() -> int:
        actor = places.index.get_indexer(pd.Index(records["actor"])).astype(np.int64)
        joint = pd.DataFrame({"record": pd.factorize(records["record"])[0].astype(np.int32), "actor": actor})
        joint = joint.drop_duplicates()
        pairs = joint.merge(joint, on="record")
        pairs = pairs[pairs["actor_x"] < pairs["actor_y"]]
        sums = pairs.groupby(["actor_x", "actor_y"], as_index=False).size()
        sums["actor_x"], sums["actor_y"] = (places.index.take(sums[end]) for end in ("actor_x", "actor_y"))
        return int(sums["size"].sum())

    return count


def ours(folder: Path) -> Callable[[], int]:
    records, places = read(folder)
    return lambda: int(count_in_memory(records, places, Plan()).table["count"].sum())


def ours_newman(folder: Path) -> Callable[[], int]:
    records, places = read(folder)
    return lambda: int(count_in_memory(records, places, Plan("newman")).table["count"].sum())


def ours_actors(folder: Path) -> Callable[[], int]:
    records, _ = read(folder)
    return lambda: int(count_in_memory(records, None, Plan()).table["count"].sum())


def portable(folder: Path) -> Callable[[], int]:
    places = read_places(folder)
    compile_pairs(Plan(), "duckdb", placed=True)  # packages are loaded before the clock starts, as pandas is
    return lambda: int(count_in_duckdb(folder / "records.parquet", places, Plan()).table["count"].sum())


def parts(folder: Path) -> Callable[[], int]:
    places = read_places(folder)
    rows = pq.read_metadata(folder / "records.parquet").num_rows
    work = Parts(folder / "parts", max(1, rows // 5_000_000))
    records = folder / "records.parquet"
    return lambda: int(count_in_parts(records, places, Plan(), work, memory="2GB").table["count"].sum())


def hand_sql(folder: Path) -> Callable[[], int]:
    import_extra("duckdb", "big")
    coded, _ = code_places(read_places(folder))

    def count() -> int:
        with open_duckdb(folder / "records.parquet", coded) as (raw, _):
            found = raw.sql(HAND_SQL).to_arrow_table().to_pandas()
            return int(found.loc[found.iloc[:, 0].notna()].iloc[:, 2].sum())

    return count


def read_places(folder: Path) -> "pd.Series[str]":
    return pd.read_parquet(folder / "places.parquet").set_index("actor")["place"]


METHODS = {
    method.__name__: method
    for method in (
        floor,
        ours,
        ours_newman,
        pandas_codes,
        pandas_text,
        ours_actors,
        pandas_actors,
        hand_sql,
        portable,
        parts,
    )
}
PEERS = [
    ("ours", "pandas_codes"),
    ("ours", "pandas_text"),
    ("ours_actors", "pandas_actors"),
    ("portable", "hand_sql"),
]


def measure(name: str, folder: Path) -> None:
    """Run one method in this process and print what it took as JSON."""
    run = METHODS[name](folder)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    before = int(status.split("VmRSS:")[1].split()[0]) / 1e3
    start, cpu = time.perf_counter(), time.process_time()
    found = run()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak, "extra": peak - before, "found": found}))


def report(rows: int, names: list[str], keys: str) -> None:
    with tempfile.TemporaryDirectory(prefix="regionet-bench-") as folder:
        make_files(rows, Path(folder), keys)
        made = pq.read_metadata(Path(folder) / "records.parquet").num_rows
        print(f"{rows:,} rows asked, {made:,} made; keys: {keys}")
        found = {}
        for name in names:
            command = [sys.executable, __file__, "--one", name, "--folder", folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[name] = one = json.loads(done.stdout)
            print(
                f"  {name:14s} {one['seconds']:7.2f} s  {one['cpu']:7.2f} s CPU  peak {one['peak']:6.0f} MB,"
                f" {one['extra']:6.0f} MB beyond the input; {one['found']:,} links",
                flush=True,
            )
    for mine, peer in PEERS:
        if mine in found and peer in found:
            speed, memory = (found[peer][what] / max(found[mine][what], 1e-9) for what in ("seconds", "extra"))
            cpu = found[peer]["cpu"] / found[mine]["cpu"]
            print(f"  {mine} : {peer} = 1 : {speed:.2f} in time ({cpu:.2f} CPU), 1 : {memory:.1f} in memory")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--only", nargs="*", choices=METHODS, default=list(METHODS))
    parser.add_argument("--keys", choices=KEYS, default="short")
    parser.add_argument("--one")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.one:
        measure(arguments.one, arguments.folder)
    else:
        report(arguments.rows, arguments.only, arguments.keys)
