"""Parts of the links of a study that the page can show by themselves: paths, kinds of records, fields."""

from collections.abc import Iterator
from typing import cast

import analysis
from analysis.networks.network import read_counting
from analysis.networks.synergy import PATHS, Path, build_path_network
from maps.page.link_data import LinkPart
from regionet.steps.pipeline import Findings
from regions.errors import MethodError
from regions.records.count_links import Counting
from regions.schema.field_words import name_field
from regions.study import Study
from regions.study_parts.study_selection import select_study
from regions.words import Words

FIELDS = 40
"""Fields by themselves at most, those of the most records first."""

_PATH_WORDS = {
    "science": Words("Science with science", "科研与科研"),
    "industry": Words("Industry with industry", "企业与企业"),
    "science-industry": Words("Industry with science", "产学研之间"),
}


def list_page_parts(findings: Findings) -> tuple[LinkPart, ...]:
    """Return the parts of the links, paths first; nothing for a study whose links have neither kinds nor fields.

    A part that is all of the links, or none, is no part.
    """
    study, counting = findings.study, read_counting(findings.network)
    whole = findings.network.number_of_edges()
    found = [*_list_paths(study, counting), *_list_fields(study, counting)]
    return tuple(part for part in found if part.network.number_of_edges() > 0 and not _is_whole(part, findings, whole))


def _is_whole(part: LinkPart, findings: Findings, edges: int) -> bool:
    if part.network.number_of_edges() != edges:
        return False
    return bool(part.network.size(weight="weight") >= findings.network.size(weight="weight"))


def _list_paths(study: Study, counting: Counting) -> Iterator[LinkPart]:
    for path in PATHS:
        try:
            network = build_path_network(study, cast("Path", path), counting=counting)
        except MethodError:  # the actors have no such kinds: there is no such part
            continue
        yield LinkPart("path", path, _PATH_WORDS[path], network)


def _list_fields(study: Study, counting: Counting) -> Iterator[LinkPart]:
    table = study.records if study.records is not None else study.links
    if table is None or "field" not in table:
        return
    names = table["field"].dropna().astype(str)
    counts = names[names != ""].value_counts()
    for name in sorted(counts.index[:FIELDS], key=lambda each: (-counts[each], each)):
        yield LinkPart(
            "field", name, name_field(name), analysis.build_network(select_study(study, field=name), counting)
        )
