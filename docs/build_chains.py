"""Make the industry chains of the study of China from prepared tables, and the made-up example of a chain.

    python docs/build_chains.py PREPARED
    python docs/build_chains.py --example

PREPARED holds a folder ``china-chains``; `regions/data/README.md` says where it comes from and what was done to it.
The example is synthetic: firms, seats and contracts are drawn at random, none of them exists.
"""

import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parents[1] / "regions" / "data" / "china"
LISTED = "2025"
"""Year of the full list of leading enterprises."""

_BESIDE = {
    "breeding": "Holders of A seed licences",
    "cultivation": "Experimental stations",
    "processing": "Leading enterprises by name",
}
"""Stage -> what of a commodity is shown beside it; it does not say whether the stage is there."""

_GROUP = "Leading enterprises"
_POSTS = {
    "source": "posts of the China Agriculture Research System (lists of 2011, additions of 2017 and 2019)",
    "source_zh": "现代农业产业技术体系岗位（2011 年名单与 2017、2019 年增补）",
    "absent": "no post seated here",
    "absent_zh": "岗位未落户",
}


def main(prepared: Path) -> None:
    """Write chains, activities and coverage."""
    source = prepared / "china-chains"
    systems = _list_systems(source)
    activities = {**_count_commodities(source, systems), **_count_groups(source)}
    industries = {industry for _, industry, _ in activities}
    fields = _list_fields(source)
    chains = [_describe_stage(row, fields, industries) for row in _read(source / "chains.csv")]
    order = {row["stage"]: row["order"] for row in _read(source / "stage_names.csv")}
    chains.sort(key=lambda row: (row["chain"].startswith("Group: "), row["chain"], order[row["stage"]]))
    _write(DATA / "chains.csv", ("chain", "stage", "next", "fields", "beside", "tier"), chains)
    rows = ({"code": c, "industry": i, "year": y, "value": n} for (c, i, y), n in sorted(activities.items()))
    _write(DATA / "activities.csv", ("code", "industry", "year", "value"), rows)
    _write(DATA / "coverage.csv", tuple(_POSTS), [_POSTS])


def _list_systems(source: Path) -> dict[str, list[str]]:
    """Return number of a system -> its chains; systems of 2017 count for those that they were made of."""
    rows = _read(source / "systems_dated.csv")
    name = {row["system"]: row["name"] for row in rows}
    old = {row["chain"] for row in _read(source / "chains.csv")}
    found = {}
    for row in rows:
        parts = [name[part] for part in row["predecessors"].split(";") if part] or [row["name"]]
        found[row["system"]] = [part for part in parts if part in old]
    return found


def _list_fields(source: Path) -> dict[str, list[str]]:
    """Return chain -> the fields of its records, those of the systems that took its place in 2017 among them."""
    fields: dict[str, list[str]] = defaultdict(list)
    for row in _read(source / "chain_fields.csv"):
        fields[row["chain"]].append(row["field"])
    name = {row["system"]: row["name"] for row in _read(source / "systems_dated.csv")}
    for system, parts in _list_systems(source).items():
        for listed in fields.values():
            if name[system] not in listed and any(part in listed for part in parts):
                listed.append(name[system])
    return fields


def _describe_stage(row: dict[str, str], fields: dict[str, list[str]], industries: set[str]) -> dict[str, str]:
    chain, group = row["chain"], row["chain"].removeprefix("Group: ")
    beside = f"{_BESIDE.get(row['stage'])}: {chain}"
    if row["stage"] == "processing" and group != chain:
        beside = f"{_GROUP}: {group}"
    shown = {"beside": beside if beside in industries else "", "fields": ";".join(fields[chain])}
    return {**row, **shown}


def _count_commodities(source: Path, systems: dict[str, list[str]]) -> Counter[tuple[str, str, str]]:
    """Count stations, holders of licences and firms by province and commodity; who has several counts in each."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in _read(source / "stations_2011.csv"):
        for chain in systems[row["system"]]:
            found[row["province"], f"{_BESIDE['cultivation']}: {chain}", "2011"] += 1
    for row in _read(source / "seed_firms.csv"):
        for chain in _find_chains(row["systems"], systems):
            found[row["province"], f"{_BESIDE['breeding']}: {chain}", "2024"] += 1
    for row in _read(source / "firms.csv"):
        if row[f"in_{LISTED}"] == "true" and row["guess"] == "word":
            for chain in _find_chains(row["system"], systems):
                found[row["province"], f"{_BESIDE['processing']}: {chain}", LISTED] += 1
    return found


def _find_chains(cell: str, systems: dict[str, list[str]]) -> Iterator[str]:
    yield from dict.fromkeys(chain for system in cell.split(";") if system for chain in systems[system])


def _count_groups(source: Path) -> dict[tuple[str, str, str], int]:
    groups = {row["chain"].removeprefix("Group: ") for row in _read(source / "chains.csv") if ": " in row["chain"]}
    rows = (row for row in _read(source / "firms_by_province_group.csv") if row["year"] == LISTED)
    return {
        (row["province"], f"{_GROUP}: {row['group']}", LISTED): int(row["firms"])
        for row in rows
        if row["group"] in groups
    }


EXAMPLE = Path(__file__).parent / "examples" / "nev-synthetic"
_STAGES = {
    "原料与材料": ("电池与电控;零部件", "上游", 14),
    "电池与电控": ("整车", "中游", 16),
    "零部件": ("整车", "中游", 12),
    "整车": ("服务", "下游", 6),
    "服务": ("", "下游", 5),
}
_SEATS = {"辽宁": 4, "吉林": 3, "黑龙江": 2, "内蒙古": 1, "江苏": 6, "广东": 6, "福建": 2, "上海": 4}
_NONE_IN = {("电池与电控", "内蒙古"), ("整车", "黑龙江"), ("整车", "内蒙古"), ("服务", "吉林"), ("服务", "黑龙江")}


def write_example() -> None:
    """Draw firms of a made-up chain of new-energy vehicles, and contracts between those of consecutive stages."""
    draw = random.Random(20260101)  # noqa: S311 - an example, no secret
    actors, seated = [], defaultdict(list)
    for stage, (_, _, count) in _STAGES.items():
        seats = {seat: weight for seat, weight in _SEATS.items() if (stage, seat) not in _NONE_IN}
        for seat in draw.choices(list(seats), list(seats.values()), k=count):
            number = f"示例企业{len(actors) + 1:02d}"
            actors.append(
                {"编号": number, "名称": f"{number}（虚构）", "机构类型": "企业", "所在地": seat, "环节": stage}
            )
            seated[stage].append(number)
    records: list[dict[str, str]] = []
    for stage, (after, _, _) in _STAGES.items():
        for taker in [each for one in after.split(";") if one for each in seated[one]]:
            for giver in draw.sample(seated[stage], 2):
                contract = f"合同{len(records) // 2 + 1:03d}"
                records += [{"合同编号": contract, "单位": unit, "年份": "2025"} for unit in (giver, taker)]
    chain = "新能源汽车（虚构示例）"
    rows = [
        {"产业链": chain, "环节": s, "下一环节": after, "上中下游": where} for s, (after, where, _) in _STAGES.items()
    ]
    said = "虚构名单中没有企业"
    coverage = [{"来源": "虚构企业名单", "缺失说法": said, "地区": seat} for seat in _SEATS]
    tables = {"actors": actors, "records": records, "chains": rows, "coverage": coverage}
    for name, table in tables.items():
        _write(EXAMPLE / f"{name}.csv", tuple(table[0]), table)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    if sys.argv[1] == "--example":
        write_example()
    else:
        main(Path(sys.argv[1]))
