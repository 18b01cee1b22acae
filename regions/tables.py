"""The canonical tables: their columns, what a column holds, and the headers people give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["code", "text", "number", "year", "lon", "lat"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table.

    Attributes
    ----------
    kind
        What a cell holds: ``code`` (a key, cleaned text), ``text``, ``number`` (finite), ``year`` (four digits),
        ``lon`` or ``lat`` (degrees, EPSG:4326).
    required
        Whether the column must be there and no cell of it may be empty.
    synonyms
        Other headers that mean this column, in lower case.
    """

    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()


_KIND = Column("text", synonyms=("type", "类型", "类别", "机构类型", "合作类型", "性质"))
_FIELD = Column("text", synonyms=("领域", "学科", "行业", "技术领域", "产业"))
_YEAR = Column("year", synonyms=("年份", "年", "年度"))
_NAME = Column("text", synonyms=("name_en", "英文名", "英文名称"))
_NAME_ZH = Column("text", synonyms=("名称", "地区", "地区名称", "中文名", "单位名称", "机构名称", "名字"))
_LON = Column("lon", synonyms=("lng", "long", "longitude", "x", "经度"))
_LAT = Column("lat", synonyms=("latitude", "y", "纬度"))

_REGION_CODE = ("region_code", "adcode", "地区代码", "行政区划代码", "区划代码", "代码", "编码")

TABLES: Mapping[str, Mapping[str, Column]] = MappingProxyType(
    {
        "regions": {
            "code": Column("code", required=True, synonyms=_REGION_CODE),
            "name": _NAME,
            "name_zh": _NAME_ZH,
            "level": Column("text", synonyms=("级别", "层级")),
            "parent": Column("code", synonyms=("parent_code", "上级", "上级代码")),
            "lon": _LON,
            "lat": _LAT,
            "capital_lon": Column("lon", synonyms=("首府经度", "省会经度")),
            "capital_lat": Column("lat", synonyms=("首府纬度", "省会纬度")),
        },
        "indicators": {
            "code": Column("code", required=True, synonyms=_REGION_CODE),
            "year": Column("year", required=True, synonyms=_YEAR.synonyms),
        },
        "dictionary": {
            "column": Column("code", required=True, synonyms=("指标",)),
            "unit": Column("text", synonyms=("单位",)),
            "description": Column("text"),
            "description_zh": Column("text", synonyms=("说明",)),
            "source": Column("text", synonyms=("来源",)),
        },
        "actors": {
            "id": Column("code", required=True, synonyms=("actor_id", "编号", "机构编号", "单位编号", "主体编号")),
            "name": _NAME,
            "name_zh": _NAME_ZH,
            "kind": _KIND,
            "region": Column("code", required=True, synonyms=("region_code", "所在地", "所在地区", "地区代码")),
        },
        "records": {
            "record": Column(
                "code",
                required=True,
                synonyms=("record_id", "记录", "项目", "项目编号", "专利号", "记录编号"),
            ),
            "actor": Column(
                "code",
                required=True,
                synonyms=("actor_id", "机构", "单位", "机构编号", "单位编号", "主体编号"),
            ),
            "year": _YEAR,
            "kind": _KIND,
            "field": _FIELD,
        },
        "links": {
            "source": Column("code", required=True, synonyms=("from", "来源地", "起点", "甲方地区", "源")),
            "target": Column("code", required=True, synonyms=("to", "目标地", "终点", "乙方地区", "目标")),
            "weight": Column("number", synonyms=("value", "count", "权重", "数量", "次数", "合作数", "联系强度")),
            "year": _YEAR,
            "kind": _KIND,
            "field": _FIELD,
            "origin": Column("text"),
        },
        "groups": {
            "group": Column("code", required=True, synonyms=("分组", "区域组")),
            "code": Column("code", required=True, synonyms=_REGION_CODE),
            "role": Column("text", synonyms=("角色",)),
        },
        "neighbours": {
            "source": Column("code", required=True),
            "target": Column("code", required=True),
        },
    }
)

ACTOR_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "firm": "enterprise",
        "company": "enterprise",
        "企业": "enterprise",
        "公司": "enterprise",
        "高校": "university",
        "大学": "university",
        "科研院所": "institute",
        "研究所": "institute",
        "研究院": "institute",
        "政府": "government",
        "政府部门": "government",
        "平台": "platform",
        "其他": "other",
    }
)
"""What people write for an actor's kind -> the term used here; other words are kept as they are."""
