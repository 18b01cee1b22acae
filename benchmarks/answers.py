"""How many regions of each embedded study the page answers with a gap, with somebody to call, with each sentence.

Run ``python benchmarks/answers.py`` for all, or name studies.
"""

import sys

import regions
from maps import PageOptions
from maps.page.own_gaps import VERDICTS, count_verdicts, find_partnered, has_dropped, judge_regions
from regionet.steps.page_tables import build_page_tables
from regionet.steps.pipeline import Choices, analyse
from regions.errors import MethodError, MissingExtraError

STUDIES = ("china", "china-systems", "china-cities", "yangtze-delta", "northeast", "france", "europe")


def tell(name: str) -> str:
    """Say it of one study, in one line."""
    findings = analyse(regions.load_study(name), Choices())
    gaps, partners = build_page_tables(findings, listed=PageOptions().gaps_listed)
    units = [str(code) for code in findings.study.regions.index]
    verdicts = judge_regions(findings.network, gaps, units, dropped=has_dropped(findings.study))
    counts = ", ".join(f"{verdict} {verdicts.count(verdict)}" for verdict in VERDICTS if verdict in verdicts)
    return f"{name}: {counts}. {count_verdicts(verdicts, find_partnered(gaps, partners)).en}"


if __name__ == "__main__":
    for study in sys.argv[1:] or STUDIES:
        try:
            print(tell(study), flush=True)
        except (MethodError, MissingExtraError) as error:
            print(f"{study}: {error}", flush=True)
