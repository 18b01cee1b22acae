"""Parts of the links of a study that the page can show by themselves: paths, kinds of records, fields."""

from collections.abc import Iterator, Mapping
from typing import Literal

import analysis
from analysis.networks.network import read_counting
from analysis.networks.synergy import build_path_networks
from maps.page.link_data import LinkPart
from regionet.steps.pipeline import Findings
from regions.errors import MethodError
from regions.records.count_links import Counting
from regions.schema.field_words import name_field
from regions.study import Study
from regions.study_parts.study_selection import select_study
from regions.words import Words

MOST: Mapping[Literal["kind", "field"], int] = {"kind": 12, "field": 40}
"""So many fields and kinds of records by themselves at most, those of the most rows first."""

_KIND_WORDS = {
    "patent": Words("Patents", "专利"),
    "paper": Words("Papers", "论文"),
    "project": Words("Projects", "项目"),
    "contract": Words("Contracts", "合同"),
    "consortium": Words("Consortia", "联合体"),
}

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
    found = list(_list_paths(study, counting))
    for column in MOST:
        found += _list_words(study, column, counting)
    return tuple(part for part in found if part.network.number_of_edges() > 0 and not _is_whole(part, findings, whole))


def _is_whole(part: LinkPart, findings: Findings, edges: int) -> bool:
    if part.network.number_of_edges() != edges:
        return False
    return bool(part.network.size(weight="weight") >= findings.network.size(weight="weight"))


def _list_paths(study: Study, counting: Counting) -> Iterator[LinkPart]:
    try:
        networks = build_path_networks(study, counting=counting)
    except MethodError:  # the actors have no such kinds: there is no such part
        return
    for path, network in networks.items():
        yield LinkPart("path", path, _PATH_WORDS[path], network)


def _list_words(study: Study, column: Literal["kind", "field"], counting: Counting) -> Iterator[LinkPart]:
    """Return the links of each word of a column, the words of the most rows first."""
    table = study.links if study.records is None or study.actors is None else study.records
    if table is None or column not in table:
        return
    names = table[column].dropna().astype(str)
    counts = names[names != ""].value_counts()
    if len(counts) and counts.iloc[0] == len(table):  # one word for all
        return
    for name in sorted(counts.index[: MOST[column]], key=lambda each: (-counts[each], each)):
        part = select_study(study, field=name) if column == "field" else select_study(study, kind=name)
        title = name_field(name) if column == "field" else _KIND_WORDS.get(name.casefold(), Words(name, name))
        yield LinkPart(column, name, title, analysis.build_network(part, counting))
