"""The same expression on a cluster or a server that the user has: Apache Spark, PostgreSQL."""

from typing import Any

import pandas as pd

from regions.engine.expression import compile_pairs, form_counted
from regions.engine.plan import Counted, Plan


def count_in_spark(session: Any, plan: Plan, *, places: bool = True) -> Counted:  # noqa: ANN401 - pyspark is an extra
    """Count ties on Apache Spark.

    Parameters
    ----------
    session
        An open ``SparkSession`` with the views ``records`` (``record``, ``actor``, the columns of ``plan.by``; text,
        ``year`` bigint) and, if ``places``, ``places`` (``actor``, ``place``; text; one row per actor).
    plan
        What to count.
    places
        Whether ties are added up in places; else they are between actors.

    Returns
    -------
    Counted
        The same table as `regions.engine.memory.count_in_memory`; it must fit into memory.

    Raises
    ------
    MissingExtraError
        When Ibis or PySpark is not installed (extra ``spark``).
    """
    query = compile_pairs(plan, "pyspark", places="string" if places else None)
    found = session.sql(query)
    return form_counted(_frame(found.columns, [tuple(row) for row in found.collect()]), plan)


def count_in_postgres(connection: Any, plan: Plan, *, places: bool = True) -> Counted:  # noqa: ANN401 - see above
    """Count ties inside PostgreSQL, in a read-only transaction.

    Parameters
    ----------
    connection
        An open `psycopg` connection whose search path holds the tables or views ``records`` and, if ``places``,
        ``places``; columns as for `count_in_spark`.
    plan, places
        As for `count_in_spark`.

    Returns
    -------
    Counted
        The same table as `regions.engine.memory.count_in_memory`, whatever the collation of the database.

    Raises
    ------
    MissingExtraError
        When Ibis or its PostgreSQL dialect is not installed (extras ``big``, ``sql``).
    """
    query = compile_pairs(plan, "postgres", places="string" if places else None)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        # As bytes and without parameters: a percent sign in the text is no place for one.
        cursor.execute(query.encode())
        return form_counted(_frame([column.name for column in cursor.description], cursor.fetchall()), plan)


def _frame(columns: list[str], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame.from_records(rows, columns=columns, coerce_float=False)
