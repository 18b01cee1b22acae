"""A small study of actors and records that can be worked out by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd

from regions import Study
from regions.words import Words

# name: kind, region; R1 and R2 are units, R3 has one actor
ACTORS = {
    "u1": ("university", "R1"),
    "i1": ("institute", "R1"),
    "e1": ("enterprise", "R1"),
    "u2": ("university", "R2"),
    "e2": ("enterprise", "R2"),
    "g2": ("government", "R2"),
    "u3": ("university", "R3"),
}
# record: year, field, actors
RECORDS = {
    "a": (2010, "Rice", ("u1", "u3")),
    "b": (2010, "Rice", ("u2", "u3")),
    "c": (2010, "Rice", ("i1", "e1")),
    "d": (2011, "Wheat", ("e1", "e2", "u2")),
    "e": (2011, "Wheat", ("u2", "g2")),
    "f": (2012, "Pig", ("i1",)),
}


def make_study() -> Study:
    codes = ["R1", "R2", "R3"]
    regions = pd.DataFrame(
        {"name": ["One", "Two", "Three"], "name_zh": ["甲", "乙", "丙"], "level": "region", "parent": ["P", "P", "Q"]},
        index=pd.Index(codes, name="code"),
    )
    regions[["lon", "lat", "capital_lon", "capital_lat"]] = np.nan
    actors = pd.DataFrame(
        [(f"Actor {name}", f"主体{name}", kind, region) for name, (kind, region) in ACTORS.items()],
        columns=["name", "name_zh", "kind", "region"],
        index=pd.Index(ACTORS, name="id"),
    )
    rows = [(record, year, actor, field) for record, (year, field, each) in RECORDS.items() for actor in each]
    return Study(
        name="sample",
        title=Words("Sample", "样例"),
        regions=regions,
        surroundings=regions.iloc[:0],
        unit_of=pd.Series(codes, index=pd.Index(codes, name="code")),
        actors=actors,
        records=pd.DataFrame(rows, columns=["record", "year", "actor", "field"]).astype({"year": "Int64"}),
        borders=("parent",),
    )


def make_linked(**columns: list[object]) -> Study:
    """Return the same regions with links in place of records."""
    study = make_study()
    links = pd.DataFrame({"source": ["R1", "R1", "R2"], "target": ["R2", "R1", "R3"], "weight": [2.0, 1.0, 4.0]})
    return replace(study, actors=None, records=None, links=links.assign(**columns))
