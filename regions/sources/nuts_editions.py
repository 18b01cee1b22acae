"""NUTS codes of the editions of 2006, 2013, 2016 and 2021 in the edition of 2010.

``nuts2_2010.csv``: a code that is none of 2010 (NUTS 2, or NUTS 3 where its NUTS 2 region was cut otherwise) and the
NUTS 2 region of 2010 that holds 99 % of its population of 2011 in every edition that has it, from the conversion
matrices of the Joint Research Centre (reuse with attribution) in github AAoritz/nuts @2fa0eb9 (MIT). Codes that lie
across two regions (``IE062``, ``NO082``, ``SI035``, ``UKM81``) are not in it.
"""

import csv
from collections.abc import Container, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_NUTS2 = 4


@cache
def _load_codes() -> Mapping[str, str]:
    text = files("regions.sources").joinpath("nuts2_2010.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["code"]: row["nuts2_2010"] for row in csv.DictReader(text.splitlines())})


def find_nuts2(code: str, known: Container[str]) -> str:
    """Return the region of a study of NUTS 2 regions in which a code of any edition lies; "" when it is none of them.

    A code that the study has itself is left as it is, so that a study of a later edition is not changed.

    Parameters
    ----------
    code
        NUTS 2 or NUTS 3, in capitals.
    known
        The NUTS 2 codes of the study.

    Examples
    --------
    >>> find_nuts2("FRK26", {"FR71"}), find_nuts2("FRK26", {"FRK2"}), find_nuts2("UKM91", {"UKM2"})
    ('FR71', 'FRK2', 'UKM2')
    >>> find_nuts2("NO082", {"NO01", "NO03"}), find_nuts2("TR100", {"NO01"})
    ('', '')
    """
    if code[:_NUTS2] in known:
        return code[:_NUTS2]
    codes = _load_codes()
    found = codes.get(code) or codes.get(code[:_NUTS2], "")
    return found if found in known else ""
