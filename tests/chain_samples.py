"""A chain that can be worked out by hand: parts -> body -> car <- battery, in regions A to D; nobody looked at D."""

import pandas as pd

from analysis.chains.chain import read_chain
from analysis.chains.members import ChainMembers, find_chain_members
from regions import Study

# actor: region, stage
ACTORS = {
    "p1": ("A", "parts"),
    "p2": ("B", "parts"),
    "b1": ("A", "body"),
    "b2": ("B", "body"),
    "t1": ("C", "battery"),
    "c1": ("A", "car"),
    "c2": ("C", "car"),
}
RECORDS = {"r1": "p1 b1", "r2": "p1 b1", "r3": "b1 c1", "r4": "p2 b2", "r5": "t1 c2", "r6": "p2", "r7": "c1"}
CHAIN = {"parts": "body", "body": "car", "battery": "car", "car": ""}
SEEN = ("A", "B", "C")


def make_car_study(**more: pd.DataFrame | None) -> Study:
    rows = [(record, actor, ACTORS[actor][1]) for record, actors in RECORDS.items() for actor in actors.split()]
    tables: dict[str, pd.DataFrame | None] = {
        "regions": pd.DataFrame(
            {"code": list("ABCD"), "name": list("ABCD"), "lon": [1.0, 2, 3, 4], "lat": [1.0, 2, 3, 4]}
        ),
        "actors": pd.DataFrame(
            [(actor, actor, "enterprise", region) for actor, (region, _) in ACTORS.items()],
            columns=["id", "name", "kind", "region"],
        ),
        "records": pd.DataFrame(rows, columns=["record", "actor", "stage"]),
        "chains": pd.DataFrame(
            [("car", stage, after) for stage, after in CHAIN.items()], columns=["chain", "stage", "next"]
        ),
        "coverage": pd.DataFrame(
            {"source": "list of firms", "absent": "no listed firm", "absent_zh": "无上市公司", "region": list(SEEN)}
        ),
    }
    return Study.from_frames(**{**tables, **more})


def make_car_members(**more: pd.DataFrame | None) -> tuple[Study, ChainMembers]:
    study = make_car_study(**more)
    return study, find_chain_members(study, read_chain(study, "car"))
