"""The canonical tables: their columns, what a column holds, and the headers people give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["code", "text", "number", "year", "lon", "lat", "remark"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table.

    Attributes
    ----------
    kind
        What a cell holds: ``code`` (a key, cleaned text), ``text``, ``number`` (finite), ``year`` (four digits),
        ``lon`` or ``lat`` (degrees, EPSG:4326), ``remark`` (for human readers, left out).
    required
        Whether the column must be there and no cell of it may be empty.
    synonyms
        Other headers that mean this column, in lower case.
    """

    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()


_KIND = Column(
    "text",
    synonyms=("type", "类型", "类别", "机构类型", "单位类型", "主体类型", "合作类型", "单位性质", "性质", "种类"),
)
_FIELD = Column(
    "text",
    synonyms=("领域", "学科", "行业", "技术领域", "产业", "产业领域", "专业", "discipline", "subject", "industry"),
)
_YEAR = Column("year", synonyms=("年份", "年", "年度", "申请年", "申请年份", "发表年份", "立项年份", "统计年份"))
_NAME = Column("text", synonyms=("name_en", "english name", "英文名", "英文名称"))
_NAME_ZH = Column(
    "text",
    synonyms=(
        "chinese name",
        *("名称", "中文名", "中文名称", "地区", "地区名称", "区域名称", "城市", "城市名称", "省份", "地名"),
        *("单位名称", "机构名称", "企业名称", "主体名称", "全称", "名字"),
    ),
)
_LON = Column("lon", synonyms=("lng", "long", "longitude", "x", "经度", "东经"))
_LAT = Column("lat", synonyms=("latitude", "y", "纬度", "北纬"))

_REGION_CODE = (
    *("region_code", "region code", "adcode", "region_id"),
    *(
        "地区代码",
        "地区编码",
        "区域代码",
        "行政区划代码",
        "行政区代码",
        "区划代码",
        "城市代码",
        "省份代码",
        "代码",
        "编码",
    ),
)
_ACTOR_ID = (
    *("actor_id", "actor id", "org_id", "organisation_id", "organization_id"),
    *("编号", "机构编号", "机构代码", "单位编号", "单位代码", "主体编号", "主体代码", "统一社会信用代码"),
)

TABLES: Mapping[str, Mapping[str, Column]] = MappingProxyType(
    {
        "regions": {
            "code": Column("code", required=True, synonyms=_REGION_CODE),
            "name": _NAME,
            "name_zh": _NAME_ZH,
            "level": Column("text", synonyms=("级别", "层级", "行政级别")),
            "parent": Column(
                "code", synonyms=("parent_code", "parent code", "上级", "上级代码", "上级地区", "所属省份")
            ),
            "lon": _LON,
            "lat": _LAT,
            "capital_lon": Column("lon", synonyms=("首府经度", "省会经度", "驻地经度")),
            "capital_lat": Column("lat", synonyms=("首府纬度", "省会纬度", "驻地纬度")),
        },
        "indicators": {
            "code": Column(
                "code", required=True, synonyms=(*_REGION_CODE, "region", "地区", "地区名称", "城市", "省份")
            ),
            "year": Column("year", required=True, synonyms=_YEAR.synonyms),
        },
        "dictionary": {
            "column": Column("code", required=True, synonyms=("indicator", "指标", "指标名称", "列名")),
            "unit": Column("text", synonyms=("单位", "计量单位")),
            "unit_zh": Column("text", synonyms=("中文单位",)),
            "description": Column("text", synonyms=("英文说明",)),
            "description_zh": Column("text", synonyms=("说明", "中文说明", "含义")),
            "source": Column("text", synonyms=("来源", "数据来源")),
        },
        "actors": {
            "id": Column("code", required=True, synonyms=_ACTOR_ID),
            "name": _NAME,
            "name_zh": _NAME_ZH,
            "kind": _KIND,
            "region": Column(
                "code",
                synonyms=(
                    *("region_code", "region code", "location"),
                    *("所在地", "所在地区", "所在城市", "所在省份", "所属地区", "注册地", "地区代码", "地区", "城市"),
                ),
            ),
            "lon": _LON,
            "lat": _LAT,
        },
        "records": {
            "record": Column(
                "code",
                required=True,
                synonyms=(
                    *("record_id", "record id", "project_id", "patent_id", "paper_id"),
                    *("记录", "记录编号", "项目", "项目编号", "项目号", "专利号", "申请号", "论文编号", "合同编号"),
                ),
            ),
            "actor": Column(
                "code",
                required=True,
                synonyms=(*_ACTOR_ID, "机构", "单位", "主体", "参与单位", "申请人", "完成单位"),
            ),
            "year": _YEAR,
            "kind": _KIND,
            "field": _FIELD,
        },
        "links": {
            "source": Column(
                "code",
                required=True,
                synonyms=("from", "origin_code", "来源地", "来源", "起点", "甲方地区", "甲方", "地区甲", "地区1", "源"),
            ),
            "target": Column(
                "code",
                required=True,
                synonyms=(
                    *("to", "destination", "目标地", "目的地", "终点"),
                    *("乙方地区", "乙方", "地区乙", "地区2", "目标"),
                ),
            ),
            "weight": Column(
                "number",
                synonyms=(
                    *("value", "count", "strength"),
                    *("权重", "数量", "次数", "件数", "项数", "合作数", "合作次数", "合作量", "联系强度", "强度"),
                ),
            ),
            "year": _YEAR,
            "kind": _KIND,
            "field": _FIELD,
            "origin": Column("text"),
        },
        "groups": {
            "group": Column("code", required=True, synonyms=("分组", "组", "组别", "区域组")),
            "code": Column("code", required=True, synonyms=(*_REGION_CODE, "region", "地区", "地区名称", "成员")),
            "role": Column("text", synonyms=("角色",)),
        },
        "neighbours": {
            "source": Column("code", required=True, synonyms=("from", "地区1", "地区甲", "地区")),
            "target": Column("code", required=True, synonyms=("to", "地区2", "地区乙", "相邻地区")),
        },
    }
)

TABLE_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "regions": ("region", "地区", "地区表", "区域", "区域表", "地区名录"),
        "indicators": ("indicator", "指标", "指标表", "指标数据", "地区指标"),
        "dictionary": ("codebook", "指标说明", "数据字典", "指标字典"),
        "actors": ("actor", "organisations", "organizations", "主体", "主体表", "机构", "机构表", "单位", "创新主体"),
        "records": ("record", "participations", "记录", "记录表", "合作记录", "参与记录", "项目", "项目参与"),
        "links": ("link", "edges", "联系", "联系表", "联系数据", "合作", "合作联系", "合作数据", "网络"),
        "groups": ("group", "分组", "分组表", "区域组", "区域分组"),
        "neighbours": ("neighbors", "neighbour", "neighbor", "邻接", "邻接表", "相邻", "相邻地区"),
    }
)
"""Other names of a table: what people call a sheet or a file of it."""

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
