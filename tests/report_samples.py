"""A small study folder with awkward names, for the tests of reports and exports."""

from pathlib import Path

NAMES = (
    ("Alpha & <Co>", "阿市"),
    ("Beta $x$", "贝市"),
    ('Gamma "q"', "伽市"),
    ("Delta, east", "德市"),
    ("=Eps", "艾市"),
    ("Zeta_1 %", "泽市"),
    ("Eta", "伊市"),
    ("Theta", "西市"),
    ("Iota", "约市"),
    ("Kappa", "卡市"),
)


def write_study(folder: Path) -> Path:
    """Write ten regions and 41 links; every pair is near the weight that its places give."""
    folder.mkdir(parents=True, exist_ok=True)
    quoted = [(name.replace('"', '""'), name_zh) for name, name_zh in NAMES]
    rows = [
        f'R{place:02d},"{name}",{name_zh},{100 + 2 * (place % 4)},{30 + 1.7 * (place // 4)}'
        for place, (name, name_zh) in enumerate(quoted)
    ]
    (folder / "regions.csv").write_text("code,name,name_zh,lon,lat\n" + "\n".join(rows) + "\n", encoding="utf-8")
    pairs = [(a, b, (7 * a + 3 * b + a * b) % 9) for a in range(len(NAMES)) for b in range(a + 1, len(NAMES))]
    links = [f"R{a:02d},R{b:02d},{rest * (a + 1)}" for a, b, rest in pairs if rest]
    (folder / "links.csv").write_text("source,target,weight\n" + "\n".join(links) + "\n", encoding="utf-8")
    return folder
