"""How numbers and names of chains are written in sentences."""

from regions.words import Words

_SMALLEST = 0.01


def write_amount(value: float) -> str:
    """Write an amount with two decimals at most, and thousands apart; a small one is never nothing.

    Examples
    --------
    >>> [write_amount(value) for value in (1 / 3, 19 / 3, 4.0, 12345.678, 0.001, 0.0)]
    ['0.33', '6.33', '4', '12,345.68', '<0.01', '0']
    """
    if 0 < value < _SMALLEST:
        return f"<{_SMALLEST}"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def name_in_sentence(name: Words) -> Words:
    """Return a name that a colon may follow: what it has before a colon of its own goes behind it.

    Examples
    --------
    >>> name_in_sentence(Words("Group: Aquatic", "大类：水产"))
    Words(en='Aquatic (group)', zh='水产（大类）')
    >>> name_in_sentence(Words("Rice", "水稻"))
    Words(en='Rice', zh='水稻')
    """
    kind, _, of = name.en.partition(": ")
    kind_zh, _, of_zh = name.zh.partition("：")
    return Words(f"{of} ({kind.lower()})" if of else name.en, f"{of_zh}（{kind_zh}）" if of_zh else name.zh)


def mark_national(note: Words) -> Words:
    """Say that a note is about every region of the study, where only some were asked for.

    Examples
    --------
    >>> mark_national(Words("Six regions are small", "6 个地区较小"))
    Words(en='All regions of the study: Six regions are small', zh='数据集全部地区：6 个地区较小')
    """
    return Words(f"All regions of the study: {note.en}", f"数据集全部地区：{note.zh}")
