"""Fields of the embedded studies in Chinese; ``field_words.yaml`` has them."""

from collections.abc import Mapping
from functools import cache

from regions.schema.word_files import read_words
from regions.words import Words


@cache
def list_fields() -> Mapping[str, str]:
    """Return the word of a field in the records of an embedded study -> its Chinese name."""
    found: Mapping[str, str] = read_words("regions.schema", "field_words.yaml")
    return found


def name_field(field: str) -> Words:
    """Return what a field is called in both languages; a field of the user's own is called as it is.

    Examples
    --------
    >>> name_field("Potato")
    Words(en='Potato', zh='马铃薯')
    >>> name_field("Experimental stations: Rice")
    Words(en='Experimental stations: Rice', zh='综合试验站：水稻')
    >>> name_field("集成电路")
    Words(en='集成电路', zh='集成电路')
    """
    known = list_fields()
    what, _, of = field.partition(": ")
    both = f"{known[what]}：{known[of]}" if what in known and of in known else field
    return Words(field, known.get(field, both))
