"""Natural persons among the actors: found, counted, and not named unless somebody asks for it."""

import re
from dataclasses import replace

import pandas as pd

from regions.study import Study

PERSON = "person"
HIDDEN = "个人"
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔"
    "白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_NAME = re.compile("^[\u4e00-\u9fff]{3}$")
_ORGANISATION = frozenset("司厂院所校局会部室心社店行馆站队团业场网台园处办坊库")
_UNTOLD = frozenset({"", "other", PERSON})


def find_persons(actors: pd.DataFrame) -> "pd.Series[bool]":
    """Find natural persons: by their kind, or, where the kind tells nothing, by a Chinese name of three characters.

    Such a name begins with one of the hundred commonest surnames and does not end like an organisation (甲电厂).

    Parameters
    ----------
    actors
        Index ``id``; ``kind``, ``name_zh``.

    Examples
    --------
    >>> actors = pd.DataFrame({"kind": ["other", "other", "person"], "name_zh": ["王小明", "王家厂", "甲"]})
    >>> find_persons(actors).tolist()
    [True, False, True]
    """
    names = actors["name_zh"]
    like = names.map(lambda name: bool(_NAME.match(name)) and name[0] in _SURNAMES and name[-1] not in _ORGANISATION)
    return (actors["kind"] == PERSON) | (actors["kind"].isin(_UNTOLD) & like)


def hide_persons(study: Study) -> Study:
    """Return the study with a number in the place of the id and the name of every natural person.

    They stay in their records and count as before; their kind is ``person``.
    """
    if study.actors is None:
        return study
    persons = find_persons(study.actors)
    return study if not persons.any() else _rename(study, persons, kind=PERSON)


def hide_actors(study: Study) -> Study:
    """Return the study with a number in the place of the id of every actor and no name; kinds and regions stay."""
    if study.actors is None:
        return study
    return _rename(study, pd.Series(data=True, index=study.actors.index), kind=None)


def are_hidden(study: Study) -> bool:
    """Tell whether no actor of the study has a name."""
    return study.actors is not None and bool((study.actors["name"] == "").all())


def _rename(study: Study, chosen: "pd.Series[bool]", *, kind: str | None) -> Study:
    assert study.actors is not None  # noqa: S101 - the callers have looked
    ids = study.actors.index[chosen]
    prefix = PERSON if kind else "actor"
    new = {old: f"{prefix}-{place}" for place, old in enumerate(ids, 1)}
    table = study.actors.copy()
    shown = ("(natural person)", HIDDEN) if kind else ("", "")
    for column, text in zip(("name", "name_zh"), shown, strict=True):
        table[column] = table[column].mask(chosen, text)
    if kind:
        table["kind"] = table["kind"].mask(chosen, kind)
    table = table.rename(index=new)
    records = study.records
    if records is not None:
        records = records.assign(actor=records["actor"].map(lambda actor: new.get(actor, actor)).astype("str"))
    others = {
        name: each.assign(actor=each["actor"].map(lambda actor: new.get(actor, actor))) if "actor" in each else each
        for name, each in study.other_years.items()
    }
    return replace(study, actors=table.sort_index(), records=records, other_years=others)
