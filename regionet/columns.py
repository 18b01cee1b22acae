"""What the sheets, columns and settings of a study's workbook are called and mean, in English and Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from regions.study import Note


@dataclass(frozen=True, slots=True)
class Explained:
    """A column or setting: its Chinese name, what it means, and what it may hold.

    Attributes
    ----------
    zh
        Chinese name; the English one is the canonical name.
    meaning
        What to fill in.
    values, values_zh
        What it may hold, in both languages; empty when it is free.
    """

    zh: str
    meaning: Note
    values: tuple[str, ...] = ()
    values_zh: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """Return the meaning in ``zh`` or ``en``."""
        return self.meaning.text(language)

    def choices(self, language: str) -> list[str]:
        """Return what it may hold in ``zh`` or ``en``."""
        return list(self.values_zh if language == "zh" else self.values)


def _explain(zh: str, meaning: str, meaning_zh: str) -> Explained:
    return Explained(zh, Note(meaning, meaning_zh))


SHEETS: Mapping[str, Note] = MappingProxyType(
    {
        "guide": Note("guide", "填写说明"),
        "settings": Note("settings", "设置"),
        "regions": Note("regions", "地区"),
        "indicators": Note("indicators", "指标"),
        "dictionary": Note("dictionary", "指标说明"),
        "actors": Note("actors", "主体"),
        "records": Note("records", "记录"),
        "links": Note("links", "联系"),
        "groups": Note("groups", "分组"),
        "neighbours": Note("neighbours", "邻接"),
    }
)

GUIDE: tuple[Note, ...] = (
    Note("Fill in the sheets that you need and leave the others empty.", "只填写需要的工作表，其余留空。"),
    Note(
        "Needed: links (collaboration between regions), or records and actors (who took part in what).",
        "必填：联系（地区之间的合作），或者记录与主体（谁参与了什么）。",
    ),
    Note(
        "Regions are needed too, unless the settings name an embedded study (extends).",
        "还需填写地区；若在设置中选定内置研究，则可不填。",
    ),
    Note(
        "A star marks a column that must be filled in. Further columns of your own may be added.",
        "带 * 的列必填；可以自行增加列。",
    ),
    Note(
        "Codes are text (010000 keeps its zero). Leave a cell empty where there is no value; 0 is a value.",
        "代码按文本填写（010000 前面的 0 保留）。没有数值时留空，0 也是数值。",
    ),
    Note("Check the file: regionet check --study FILE.xlsx", "检查文件：regionet check --study 文件.xlsx"),
)

KINDS: Mapping[str, list[str]] = MappingProxyType(
    {
        "en": ["enterprise", "university", "institute", "government", "platform", "other"],
        "zh": ["企业", "高校", "科研院所", "政府", "平台", "其他"],
    }
)
LEVELS = ["province", "city", "county"]

_REGION = "Code or name of a region, such as 320000, Jiangsu or 江苏."
_REGION_ZH = "地区代码或名称，如 320000、江苏省、江苏。"
_YEAR = _explain("年份", "Four digits.", "四位数字。")
_FIELD = _explain("领域", "Field of technology or industry.", "技术领域或行业。")

COLUMNS: Mapping[str, Mapping[str, Explained]] = MappingProxyType(
    {
        "regions": {
            "code": _explain("地区代码", "Unique code, text.", "唯一代码，按文本填写。"),
            "name": _explain("英文名称", "English name.", "英文名称，可空。"),
            "name_zh": _explain(
                "地区名称", "Chinese name; one of the two names is needed.", "中文名称；中英文名称至少填一个。"
            ),
            "level": _explain("级别", "Level, such as province or city.", "级别，如 province（省）、city（市）。"),
            "parent": _explain("上级代码", "Code of the region above.", "上级地区的代码。"),
            "lon": _explain("经度", "Degrees east, such as 118.8.", "东经度数，如 118.8。"),
            "lat": _explain("纬度", "Degrees north, such as 32.1.", "北纬度数，如 32.1。"),
        },
        "links": {
            "source": _explain("来源地", _REGION, _REGION_ZH),
            "target": _explain("目标地", _REGION, _REGION_ZH),
            "weight": _explain("权重", "How many; 1 if left out.", "数量；不填此列时按 1 计。"),
            "year": _YEAR,
            "kind": _explain("合作类型", "Such as patent, paper, contract.", "如专利、论文、合同。"),
            "field": _FIELD,
        },
        "actors": {
            "id": _explain("主体编号", "Unique id, text.", "唯一编号，按文本填写。"),
            "name": _explain("英文名称", "English name.", "英文名称，可空。"),
            "name_zh": _explain(
                "单位名称", "Chinese name; one of the two names is needed.", "中文名称；中英文名称至少填一个。"
            ),
            "kind": _explain("机构类型", "Kind of actor, from the list.", "机构类型，从列表中选择。"),
            "region": _explain(
                "所在地区",
                f"{_REGION} May be empty where lon and lat are given.",
                f"{_REGION_ZH}填写了经纬度时可空。",
            ),
            "lon": _explain("经度", "Degrees east, WGS84.", "东经度数（WGS84）。"),
            "lat": _explain("纬度", "Degrees north, WGS84.", "北纬度数（WGS84）。"),
        },
        "records": {
            "record": _explain("记录编号", "Number of the patent, paper or project.", "专利、论文或项目的编号。"),
            "actor": _explain(
                "主体编号", "Id of an actor; one row for each that took part.", "主体编号；每个参与主体一行。"
            ),
            "year": _YEAR,
            "kind": _explain("合作类型", "Such as patent, paper, contract.", "如专利、论文、合同。"),
            "field": _FIELD,
        },
        "indicators": {
            "code": _explain("地区代码", _REGION, _REGION_ZH),
            "year": _YEAR,
        },
        "dictionary": {
            "column": _explain("指标", "Header of the column in the sheet of indicators.", "指标表中的列名。"),
            "unit": _explain("单位", "Unit of the numbers.", "计量单位。"),
            "description": _explain("英文说明", "What it is, in English.", "英文说明，可空。"),
            "description_zh": _explain("说明", "What it is, in Chinese.", "中文说明。"),
            "source": _explain("来源", "Where the numbers come from.", "数据来源。"),
        },
        "groups": {
            "group": _explain("分组", "Name of a set of regions.", "一组地区的名称。"),
            "code": _explain("地区代码", _REGION, _REGION_ZH),
            "role": _explain("角色", "Such as core.", "如核心。"),
        },
        "neighbours": {
            "source": _explain("地区1", _REGION, _REGION_ZH),
            "target": _explain("地区2", "A region that shares a border with it.", "与之相邻的地区。"),
        },
    }
)
"""Table -> column -> explanation."""

SETTINGS: Mapping[str, Explained] = MappingProxyType(
    {
        "title": _explain("标题", "Title of pages and reports.", "页面与报告的标题。"),
        "extends": _explain(
            "内置研究", "Embedded study that fills in what is left empty.", "用哪个内置研究补足未填写的表。"
        ),
        "level": _explain("级别", "Level of the regions that are analysed.", "分析哪一级别的地区。"),
        "focus": _explain("分析范围", "Group whose regions are analysed.", "只分析哪个分组中的地区。"),
        "indicator": _explain("指标", "Indicator that spills over.", "测度溢出所用的指标。"),
        "directed": Explained(
            "有向",
            Note("Whether a link from A to B differs from one from B to A.", "甲到乙与乙到甲的联系是否不同。"),
            ("true", "false"),
            ("是", "否"),
        ),
        "mirrored": Explained(
            "双向重复",
            Note("What to do when every link is listed from both ends.", "每条联系从两端各列一次时如何处理。"),
            ("once", "sum"),
            ("计一次", "相加"),
        ),
        "unknown": Explained(
            "未知名称",
            Note("What to do with rows that name an unknown region or actor.", "含未知地区或主体的行如何处理。"),
            ("error", "drop"),
            ("报错", "略去"),
        ),
    }
)
"""Setting -> explanation."""
