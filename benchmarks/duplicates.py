"""How many of the spellings planted among many names are found, and in what time.

PYTHONPATH=. python benchmarks/duplicates.py [names]

Names are made of places, topics and legal forms, half of them Chinese; one in twenty gets a copy with a letter wrong,
missing or exchanged, two words exchanged, or another legal form. A copy counts when the full comparison of the two
names says that they are alike. Processor seconds.
"""

import random
import sys
import time

import pandas as pd
from rapidfuzz import fuzz

from regions.actors.duplicates import find_duplicate_actors
from regions.actors.names import has_ideographs, list_numbers, normalise_name

# fmt: off
SYLLABLES = [
    "ba", "be", "bo", "da", "de", "do", "fa", "ga", "ka", "ko", "la", "le", "lo", "ma", "mi", "mo", "na", "ne",
    "no", "pa", "po", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "va", "zhe",
]
TOPICS = [
    "Chemistry", "Physics", "Materials", "Optics", "Biology", "Medicine", "Energy", "Steel", "Electronics",
    "Robotics", "Software", "Mining",
]
TOPICS_ZH = [
    "化工", "材料", "电子", "生物", "医药", "能源", "钢铁", "软件", "航天",
    "海洋", "农业", "纺织", "汽车", "环境", "矿业", "食品", "半导体", "光电",
    "机械", "智能",
]
# fmt: on
FORMS = (
    "{0} {1} {2} Technology Co., Ltd.",
    "University of {0} {1} Department of {2}",
    "{0} Institute of {2} and {3}",
    "{0} {1} {2} GmbH",
    "{0} National {2} Research Laboratory {1}",
)
FORMS_ZH = ("{0}{1}{2}科技股份有限公司", "{0}{1}{2}{3}研究院", "{0}省{2}{3}{1}有限责任公司")


def draw_names(count: int, draw: random.Random) -> list[str]:
    places = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 3))).title() for _ in range(1500)]
    places_zh = ["".join(chr(0x4E00 + draw.randrange(3000)) for _ in range(2)) for _ in range(1500)]
    names: dict[str, None] = {}
    while len(names) < count:
        chinese = draw.random() < 0.5
        place, topic = (places_zh, TOPICS_ZH) if chinese else (places, TOPICS)
        words = (*draw.choices(place, k=2), *draw.choices(topic, k=2))
        names[draw.choice(FORMS_ZH if chinese else FORMS).format(*words)] = None
    return list(names)


def spoil(name: str, draw: random.Random) -> str:
    kind, letters = draw.random(), list(name)
    place = draw.randrange(len(name) - 1)
    if kind < 0.3:
        letters[place] = "某" if has_ideographs(name) else "x"
    elif kind < 0.5:
        letters.pop(place)
    elif kind < 0.7:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    elif kind < 0.85 or has_ideographs(name):
        return name.replace("股份有限公司", "有限公司").replace("Co., Ltd.", "Inc")
    else:
        words = name.split()
        words[0], words[1] = words[1], words[0]
        return " ".join(words)
    return "".join(letters)


def is_alike(one: str, two: str) -> bool:
    keys = [normalise_name(name) for name in (one, two)]
    turned = [" ".join(sorted(key.split())) for key in keys]
    same = list_numbers(keys[0]) == list_numbers(keys[1])
    return same and max(fuzz.ratio(*keys), fuzz.ratio(*turned)) >= 90


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    draw = random.Random(5)  # noqa: S311 - no secret
    names = draw_names(count, draw)
    copies = [spoil(name, draw) for name in names[: count // 20]]
    index = pd.Index([f"a{i:07d}" for i in range(len(names) + len(copies))], name="id")
    actors = pd.DataFrame({"name": [*names, *copies], "region": ""}, index=index)
    pairs = zip(index, index[count:], strict=False)
    planted = {pair for pair, one, two in zip(pairs, names, copies, strict=False) if is_alike(one, two)}
    started = time.process_time()
    found = find_duplicate_actors(actors)
    spent = time.process_time() - started
    hits = planted & set(zip(found["id_a"], found["id_b"], strict=True))
    print(
        f"{len(actors):,} names, {len(planted):,} planted pairs, {len(hits):,} found ({len(hits) / len(planted):.1%})"
    )
    print(f"{len(found):,} pairs listed, {spent:.1f} s")


if __name__ == "__main__":
    main()
