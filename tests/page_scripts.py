"""The scripts of the page as they are written: modules in folders, and in which order they import each other."""

import hashlib
import posixpath
import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "maps" / "static"
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)


def read_script(name: str) -> str:
    """Return the text of a module by its path in ``maps/static/scripts``."""
    return (STATIC / "scripts" / name).read_text(encoding="utf-8")


def order_scripts(entry: str = "start.js") -> list[str]:
    """List a module and all that it imports, each after those that it imports itself; a circle is an error."""
    ordered: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"scripts import each other: {' > '.join((*above, name))}"
        if name not in ordered:
            for _, target in IMPORT.findall(read_script(name)):
                visit(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)), (*above, name))
            ordered.append(name)

    visit(entry, ())
    return ordered


def sum_sources() -> str:
    """Return the checksum of all scripts and styles, as ``build_page.mjs`` writes it beside what it makes of them."""
    scripts = [path.relative_to(STATIC).as_posix() for path in (STATIC / "scripts").rglob("*.js")]
    total = hashlib.sha256()
    for name in sorted([*scripts, "leaflet.css", "page.css"]):
        total.update(f"{name}\n".encode())
        total.update((STATIC / name).read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()
