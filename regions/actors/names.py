"""Names of actors in one form, so that spellings of one name can be found."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_SIMPLER = str.maketrans(
    "學國醫術師華東廣灣臺聯團發開門電機業專鋼鐵車輛飛藥資訊網絡銀環經濟農漁礦備設計製導體範歷書館庫會產",
    "学国医术师华东广湾台联团发开门电机业专钢铁车辆飞药资讯网络银环经济农渔矿备设计制导体范历书馆库会产",
)
"""Traditional characters that are frequent in names of organisations -> simplified ones."""

_PLAIN_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe", "ı": "i"})

_CHINESE_FORMS = re.compile(
    "(?:股份有限责任公司|集团股份有限公司|集团有限责任公司|集团有限公司|股份有限公司|有限责任公司|集团公司|有限公司|总公司|集团|公司)$"
)
_CHINESE_WORDS: Mapping[str, str] = MappingProxyType({"大学本部": "大学", "大学校本部": "大学"})

_LEGAL_FORMS = frozenset(
    [
        "co",
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "company",
        "llc",
        "llp",
        "plc",
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "se",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "ab",
        "oy",
        "oyj",
        "as",
        "asa",
        "aps",
        "kk",
        "pte",
        "pty",
        "pvt",
        "sdn",
        "bhd",
        "zrt",
        "kft",
        "doo",
        "sro",
        "ooo",
        "jsc",
        "pjsc",
        "group",
        "holding",
        "holdings",
    ]
)
_SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "de",
        "des",
        "du",
        "der",
        "die",
        "das",
        "di",
        "del",
        "della",
        "la",
        "le",
        "les",
        "et",
        "und",
        "y",
        "e",
    ]
)
_ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "univ": "university",
        "universitat": "university",
        "universitaet": "university",
        "universite": "university",
        "universidad": "university",
        "universidade": "university",
        "universita": "university",
        "universiteit": "university",
        "inst": "institute",
        "institut": "institute",
        "instituto": "institute",
        "acad": "academy",
        "sci": "sciences",
        "science": "sciences",
        "tech": "technology",
        "technol": "technology",
        "technologies": "technology",
        "engn": "engineering",
        "natl": "national",
        "dept": "department",
        "ctr": "center",
        "centre": "center",
        "hosp": "hospital",
        "lab": "laboratory",
        "labs": "laboratory",
        "laboratories": "laboratory",
        "coll": "college",
        "res": "research",
        "int": "international",
        "intl": "international",
        "sch": "school",
        "med": "medical",
        "agr": "agricultural",
        "elect": "electric",
    }
)

_APOSTROPHE = re.compile(r"['’`´]")
_NO_WORD = re.compile(r"[\W_]+")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_NUMBERS = re.compile("[0-9]+|(?<=第)[一二三四五六七八九十百]+|[一二三四五六七八九十百]+(?=[局院所厂校中部处航冶研])")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")


def has_ideographs(name: str) -> bool:
    """Tell whether a name is written, at least partly, in Chinese characters."""
    return bool(_IDEOGRAPH.search(name))


def fold_actor_name(name: str) -> str:
    """Return a name without differences of typing: width, case, accents, punctuation, traditional characters."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_SIMPLER).translate(_PLAIN_LETTERS)
    plain = "".join(mark for mark in unicodedata.normalize("NFD", plain) if not unicodedata.combining(mark))
    plain = _DOTTED.sub(lambda dotted: dotted.group().replace(".", "") + " ", _APOSTROPHE.sub("", plain))
    plain = _NO_WORD.sub(" ", plain).strip()
    return plain.replace(" ", "") if has_ideographs(plain) else plain


def normalise_name(name: str) -> str:
    """Return the form in which spellings of one name meet.

    Beyond ``fold_actor_name``: legal forms at the end go (``Co., Ltd.``, ``GmbH``, 股份有限公司, 集团), usual
    abbreviations are written out (``Univ`` and ``Universität`` become ``university``), small words go (``of``,
    ``the``), 大学本部 becomes 大学. Words keep their order. A name that is nothing but legal forms stays folded.
    Branches (分公司) and numbers stay, since they tell actors apart.

    Examples
    --------
    >>> normalise_name("Huawei Technologies Co., Ltd.")
    'huawei technology'
    >>> normalise_name("华为技术有限公司")
    '华为技术'
    """
    folded = fold_actor_name(name)
    return _shorten_chinese(folded) if has_ideographs(folded) else _shorten_latin(folded)


def _shorten_chinese(folded: str) -> str:
    for long, short in _CHINESE_WORDS.items():
        folded = folded.removesuffix(long) + short if folded.endswith(long) else folded
    if folded.endswith("分公司"):
        return folded
    return _CHINESE_FORMS.sub("", folded) or folded


def _shorten_latin(folded: str) -> str:
    words = folded.split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words if word not in _SMALL_WORDS) or folded


def list_numbers(name: str) -> tuple[str, ...]:
    """Return the numbers in a name, sorted: Arabic ones, and Chinese ones that count institutes (第一医院, 十四所).

    Two names with different numbers are two actors, however alike they look.
    """
    return tuple(sorted(_NUMBERS.findall(unicodedata.normalize("NFKC", name))))
