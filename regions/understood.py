"""What a reader understood: how each table was taken, and what it sums to, for a person to compare with their own."""

from dataclasses import dataclass

from regions.words import Words


@dataclass(frozen=True, slots=True)
class Understood:
    """How one table was understood.

    Attributes
    ----------
    label
        File and sheet.
    form
        What it is: a wide matrix, pairs of units, the table of links ...
    rows
        Rows of its body.
    columns
        Header as it stands and what it was taken as.
    left_out
        Why rows were left out, how many, and what stands first in some of them.
    """

    label: str
    form: Words
    rows: int
    columns: tuple[tuple[str, Words], ...] = ()
    left_out: tuple[tuple[Words, int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """What a table holds of one year.

    Attributes
    ----------
    label
        File and sheet.
    role
        What becomes of it: links are taken from it, it is compared only.
    year
        None where the table has none.
    rows
        Rows with a number.
    weight
        Their sum.
    missing
        Rows whose number is missing.
    """

    label: str
    role: Words
    year: int | None
    rows: int
    weight: float
    missing: int
