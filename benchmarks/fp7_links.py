"""FP7: 135,667 participations to a network of countries and one of NUTS2 regions, checked against plain pandas.

Run: PYTHONPATH=. python benchmarks/fp7_links.py FOLDER, with fp7_records.csv.gz and fp7_actors.csv.gz in the folder.
"""

import sys
import time
from pathlib import Path

import pandas as pd

from regions.counting.memory import count_in_memory
from regions.counting.plan import Plan


def count_with_pandas(records: pd.DataFrame, places: "pd.Series[str]") -> "pd.Series[int]":
    """Full counting as a self-merge; index: sorted pair of places."""
    joint = records.drop_duplicates().assign(place=records["actor"].map(places))
    pairs = joint.merge(joint, on="record").query("actor_x < actor_y").dropna(subset=["place_x", "place_y"])
    ends = pairs[["place_x", "place_y"]]
    return ends.groupby([ends.min(axis=1), ends.max(axis=1)]).size()


def list_places(actors: pd.DataFrame) -> dict[str, "pd.Series[str]"]:
    known = actors.mask(actors == "")
    return {"countries": known["country"], "NUTS2 regions": known["nuts3"].str[:4]}


def report(folder: Path) -> None:
    start = time.perf_counter()
    records = pd.read_csv(folder / "fp7_records.csv.gz", dtype="str", keep_default_na=False)
    actors = pd.read_csv(folder / "fp7_actors.csv.gz", dtype="str", keep_default_na=False, index_col="id")
    print(f"read {len(records):,} participations, {len(actors):,} organisations: {time.perf_counter() - start:.2f} s")
    for name, places in list_places(actors).items():
        start = time.perf_counter()
        counted = count_in_memory(records, places, Plan())
        ours = time.perf_counter() - start
        start = time.perf_counter()
        expected = count_with_pandas(records, places)
        theirs = time.perf_counter() - start
        found = counted.table.set_index(["source", "target"])["count"]
        assert found.to_dict() == expected.to_dict(), name
        print(f"{places.nunique()} {name}: {len(found):,} pairs, {found.sum():,} links, {counted.totals}")
        print(f"  ours {ours:.2f} s, pandas {theirs:.2f} s, ratio {theirs / ours:.1f}; the counts are equal")


if __name__ == "__main__":
    report(Path(sys.argv[1]))
