"""Count what an adapter leaves out or mends, by reason, in both languages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from regions.words import Words

DROPPED: Mapping[str, Words] = MappingProxyType(
    {
        "no-institution": Words(
            "authors or applicants without an institution that the source knows",
            "作者或申请人没有可识别的机构",
        ),
        "no-country": Words(
            "addresses without a country of the list, left out (a list of spellings: countries.csv)",
            "地址末尾不是已知国家，已略去",
        ),
        "no-participant": Words("records without any known institution", "没有任何可识别机构的记录"),
        "no-record": Words("rows without the identifier of a record", "缺少记录编号的行"),
        "no-year": Words("records without a year, while others have one", "没有年份的记录（其他记录有年份）"),
        "year-unclear": Words(
            "participations without a year in records of several years", "多年份记录中未写年份的参与"
        ),
        "bad-count": Words("rows whose number of collaborations is not known", "合作次数不明的行"),
        "repeated": Words("an actor named again in the same record, counted once", "同一记录中重复的主体，只计一次"),
        "repeated-record": Words("records that stand in the input again", "输入中重复出现的记录"),
        "repeated-row": Words("rows of a table with an identifier that stood before", "编号重复的行，只取第一行"),
        "paratext": Words("covers, tables of contents and the like, no works", "封面、目录等非成果条目"),
        "retracted": Words("works that were retracted", "已撤稿的成果"),
        "withdrawn": Words("organisations withdrawn by the register", "登记机构已撤销的条目"),
        "inventor": Words("inventors who are no applicants", "仅为发明人而非申请人"),
        "individual": Words("applicants who are natural persons", "申请人为自然人"),
        "unknown-person": Words("participants missing in the person table", "人员表中没有的参与者"),
        "unknown-record": Words(
            "participations in a record missing in its own table", "项目或申请表中没有的记录的参与"
        ),
    }
)
"""Reasons to leave something out."""

NOTED: Mapping[str, Words] = MappingProxyType(
    {
        "no-region": Words(
            "actors without region and coordinates, kept without a region and listed in unplaced.csv",
            "既无地区又无坐标的主体，保留而不归入地区（见 unplaced.csv）",
        ),
        "not-placed": Words(
            "actors that lie in no region of the study, kept without a region and listed in unplaced.csv",
            "不在数据集的地区之内的主体，保留而不归入地区（见 unplaced.csv）",
        ),
        "participant-unplaced": Words(
            "participations of actors without a region: they count in the size of a record and give no link",
            "无地区主体的参与：计入记录规模，但不产生联系",
        ),
        "other-role": Words(
            "participations in other roles than coordinator, participant and partner; they count like these",
            "角色不是 coordinator、participant、partner 的参与，与其他角色同样计数",
        ),
        "several-descriptions": Words(
            "actors described in several ways; the most frequent way was kept",
            "描述不一致的主体，保留出现最多的描述",
        ),
        "hyper-record": Words("records with more than 100 actors, kept", "主体超过 100 个的记录，已保留"),
        "truncated": Words(
            "works whose list of authors the source cut short: marked so, or of exactly 100 authors",
            "作者名单被数据源截断的成果（有标记，或作者恰为 100 人）",
        ),
        "no-city": Words("addresses that name no city", "未写明城市的地址"),
        "outside": Words(
            "actors in countries that the study does not cover, kept without a region and listed in unplaced.csv",
            "所在国家不在数据集范围内的主体，保留而不归入地区（见 unplaced.csv）",
        ),
        "other-edition": Words(
            "actors whose NUTS code is of another edition, placed in the region of the study's edition",
            "NUTS 代码属于其他版本的主体，已换算为数据集所用版本的地区",
        ),
        "known-actor": Words(
            "actors without a place of their own, placed where the study has the actor of that number",
            "自身没有地点的主体，按数据集中同编号主体的地区归入",
        ),
        "ended": Words("participations that ended before the project did, kept", "项目结束前已退出的参与，已保留"),
        "joined": Words(
            "participations of actors whose place is missing or written short, given to the one place of that actor",
            "地点缺失或简写的主体的参与，已归入该主体唯一的地点",
        ),
        "guessed-organisation": Words(
            "addresses in which no part looks like an organisation; the first part was taken",
            "无法识别机构名的地址，取第一部分",
        ),
        "guessed-kind": Words("actors whose kind was guessed from their name", "按名称推断类型的主体"),
        "first-field": Words("records with several fields; the first was taken", "有多个领域的记录，取第一个"),
        "year-word": Words(
            "cells that stand for no year (NA, null, 0, 9999), read as empty",
            "表示无年份的单元格（NA、null、0、9999），按空处理",
        ),
        "several-places": Words("organisations with several places; the first was taken", "有多个地点的机构，取第一个"),
        "year-filled": Words(
            "participations that took the one year of their record", "未写年份、取所在记录唯一年份的参与"
        ),
        "several-names": Words(
            "cells with several names, taken one by one; a single region in the row is that of the first",
            "含多个名称的单元格，已逐一拆分；同行只有一个地区时归第一个",
        ),
        "no-kind": Words("actors whose kind is not told, called other", "未写明类型的主体，记为“其他”"),
        "no-point": Words("coordinates 0, 0 or off the earth, read as unknown", "坐标为 0, 0 或超出范围，按未知处理"),
        "no-nuts": Words("codes that are no NUTS codes, read as empty", "不是 NUTS 代码的内容，按空处理"),
        "other-column": Words("columns that could mean the same as one that was taken", "含义相同而未采用的列"),
        "encoding": Words("files that are not UTF-8, read by the words in them", "非 UTF-8 文件，按用字判断编码"),
        "other-sheet": Words("sheets without the columns of the source, passed over", "没有所需列的工作表，已跳过"),
        "family": Words("applications joined into the record of their patent family", "并入同族专利记录的申请"),
        "coordinates-only": Words(
            "actors with coordinates and no region, kept to be placed",
            "有坐标而无地区的主体，保留待定位",
        ),
        "placed": Words("actors placed in a region by their coordinates", "按坐标确定地区的主体"),
    }
)
"""Things worth knowing about what was kept."""


_MOST_PARTS = 12


@dataclass(slots=True)
class Tally:
    """Counts by reason, with the first place where each was met.

    Attributes
    ----------
    counts
        Reason -> how many.
    places
        Reason -> ``file:line`` or an identifier, of the first one.
    parts
        Reason -> how many of each part (a country), for reasons that are told by parts.
    """

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, reason: str, place: str = "", count: int = 1, *, among: str = "") -> None:
        """Count ``count`` more of a reason that stands in ``DROPPED`` or ``NOTED``, ``among`` a part of them."""
        if reason not in DROPPED and reason not in NOTED:
            raise KeyError(reason)
        if count:
            self.counts[reason] += count
            if place:
                self.places.setdefault(reason, place)
            if among:
                self.parts.setdefault(reason, Counter())[among] += count

    def to_frame(self) -> pd.DataFrame:
        """Return one row per reason met: ``reason``, ``what``, ``count``, ``first``, ``text``, ``text_zh``.

        ``what`` is ``dropped`` or ``noted``. Dropped first, each in the order of the reasons above.
        """
        rows = [
            (reason, what, self.counts[reason], self.places.get(reason, ""), *self._tell_parts(reason, note))
            for what, notes in (("dropped", DROPPED), ("noted", NOTED))
            for reason, note in notes.items()
            if self.counts[reason]
        ]
        return pd.DataFrame(rows, columns=["reason", "what", "count", "first", "text", "text_zh"])

    def _tell_parts(self, reason: str, note: Words) -> tuple[str, str]:
        """Return the words of a reason in both languages, with its largest parts."""
        parts = self.parts.get(reason)
        if not parts:
            return note.en, note.zh
        shown = [f"{part} {count:,}" for part, count in sorted(parts.items(), key=lambda item: (-item[1], item[0]))]
        more = len(shown) - _MOST_PARTS
        rest = (f" and {more} more", f" 等另外 {more} 个") if more > 0 else ("", "")
        listed = ", ".join(shown[:_MOST_PARTS])
        return f"{note.en}: {listed}{rest[0]}", f"{note.zh}：{listed.replace(', ', '、')}{rest[1]}"
