"""Write tables as CSV, and together as one workbook in one language with notes and a codebook."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from regionet.console.language import Language
from regionet.console.terminal import format_table, tell
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from maps.words.column_words import ColumnWords
    from regionet.console.run_folder import Run
    from regions.study import Study
    from regions.words import Words

    Values = Mapping[str, Mapping[str, Words]]


def write_worded(
    run: "Run",
    study: "Study",
    tables: "Mapping[str, pd.DataFrame]",
    *,
    words: "Mapping[str, ColumnWords]",
    notes: Sequence[str],
    lang: Language,
    book: str,
    values: "Values | None" = None,
) -> None:
    """Write every table as ``NAME.csv``, and the workbook ``book``.

    Parameters
    ----------
    tables
        Name, one of `maps.words.pair_words.SHEETS`, -> table. Columns that are there in both languages stand once in
        the workbook.
    words
        Column -> its words, where they differ from those of other tables.
    notes
        Sentences of the first sheet; limits and sources of the study follow.
    values
        Column -> names of its codes, beside `maps.words.pair_words.VALUES`.
    """
    told = [*notes, *(note.text(lang.value) for note in (*study.limits, *study.sources))]
    lines = list(dict.fromkeys(told))  # a limit that stands among the notes is told once
    write_titled(run, tables, title=study.title, lines=lines, words=words, lang=lang, book=book, values=values)


def write_titled(
    run: "Run",
    tables: "Mapping[str, pd.DataFrame]",
    *,
    title: "Words",
    lines: Sequence[str],
    words: "Mapping[str, ColumnWords]",
    lang: Language,
    book: str,
    values: "Values | None" = None,
) -> None:
    """Write tables that belong to no study, as `write_worded` does; ``lines`` are all that the first sheet says."""
    import pandas as pd

    from maps.exchange.table_files import Sheet, write_csv, write_workbook
    from maps.words.pair_words import SHEETS, find_words, list_codebook

    tell(say("progress/tables").text(lang))
    for name, table in tables.items():
        run.write(f"{name}.csv", partial(write_csv, table))
    about = pd.DataFrame({"text": list(lines)})
    sheets = [Sheet(SHEETS["about"].text(lang.value), about, {"text": title.text(lang.value)})]
    for name, table in tables.items():
        shown = put_into_words(table, lang, values)
        headers = {str(column): find_words(str(column), words).label.text(lang.value) for column in shown}
        sheets.append(Sheet(SHEETS[name].text(lang.value), shown, headers))
    columns = [str(column) for table in tables.values() for column in table]
    sheets.append(Sheet(SHEETS["codebook"].text(lang.value), list_codebook(columns, words, lang.value), {}))
    run.write(book, partial(write_workbook, sheets, language=lang.value))


def lay_out_worded(
    table: "pd.DataFrame", words: "Mapping[str, ColumnWords]", lang: Language, *, values: "Values | None" = None
) -> str:
    """Return a table as the terminal shows it, in one language and to three decimals."""
    shown = put_into_words(table, lang, values)
    headers = [words[str(column)].label.text(lang) for column in shown]
    return format_table(headers, shown.round(3).astype(object).where(shown.notna(), None).to_numpy().tolist())


def put_into_words(table: "pd.DataFrame", lang: Language, values: "Values | None" = None) -> "pd.DataFrame":
    """Return a table with its twin columns in one language, codes of values as their names, years as texts."""
    from maps.words.pair_words import VALUES

    twins = [column for column in table if f"{column}_zh" in table]
    shown = table.drop(columns=twins if lang is Language.ZH else [f"{column}_zh" for column in twins])
    for column, names in {**VALUES, **(values or {})}.items():
        if column in shown:
            shown[column] = [names[value].text(lang.value) if value in names else value for value in shown[column]]
    for column in ("year", "previous", "next_year", "other_year"):
        if column in shown:
            shown[column] = ["" if pd_missing(value) else str(int(value)) for value in shown[column]]
    return shown


def pd_missing(value: object) -> bool:
    """Tell whether a cell is missing."""
    import pandas as pd

    return bool(pd.isna(value))  # type: ignore[call-overload]
