"""Records on a cluster or a server that the user has, counted there: Apache Spark, PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from regions.counting.duck import import_extra, list_files
from regions.counting.portable import Server, compile_records, match_columns
from regions.errors import MethodError
from regions.messages import say


@contextmanager
def open_spark(records: Path, places: pd.DataFrame, master: str | None = None) -> Iterator[Server]:
    """Open Apache Spark over a file of records.

    Parameters
    ----------
    records
        Parquet or CSV (UTF-8), or a folder of such files, where the cluster sees it.
    places
        See `regions.counting.portable.code_places`.
    master
        Such as ``local[2]``; None takes ``SPARK_MASTER`` of the environment, else what Spark is configured with
        (``spark.master``), else ``local[*]``. A session that is open is used as it is.

    Raises
    ------
    MissingExtraError, MethodError
        When PySpark or Ibis is not installed (extra ``spark``); when Spark does not start, or cannot read the records.
    """
    sql = import_extra("pyspark.sql", "spark")
    failure = import_extra("pyspark.errors", "spark").PySparkException
    found = sql.SparkSession.getActiveSession()
    try:
        session = found or _start_spark(sql.SparkSession.builder, master or os.environ.get("SPARK_MASTER"))
        try:
            files = [str(path) for path in list_files(records)]
            reader = session.read.option("header", "true")
            given = reader.parquet(*files) if files[0].endswith(".parquet") else reader.csv(files)
            given.createOrReplaceTempView("records_given")
            given.selectExpr("CAST(NULL AS BIGINT) AS line", "*").createOrReplaceTempView("records_numbered")
            rows = [(actor, None if pd.isna(place) else int(place)) for actor, place in places.to_numpy().tolist()]
            session.createDataFrame(rows, "actor string, place bigint").createOrReplaceTempView("places")
            headers = match_columns(records.name, given.columns)
            session.sql(compile_records(headers, "pyspark")).createOrReplaceTempView("records")
            yield Server("pyspark", records.name, headers, lambda query: _collect(session.sql(query)))
        finally:
            if found is None:
                session.stop()
    except failure as error:
        said = str(error).strip().splitlines()[0]
        raise MethodError(say("counting/spark", records=records.name, said=said)) from error


def _start_spark(builder: Any, master: str | None) -> Any:  # noqa: ANN401 - pyspark is an extra
    builder = builder.appName("regionet").config("spark.ui.showConsoleProgress", "false")
    return (builder.master(master) if master else builder).getOrCreate()


def _collect(frame: Any) -> pd.DataFrame:  # noqa: ANN401 - as above
    return pd.DataFrame.from_records([tuple(row) for row in frame.collect()], columns=frame.columns, coerce_float=False)


@contextmanager
def open_postgres(url: str, source: str, places: pd.DataFrame) -> Iterator[Server]:
    """Open PostgreSQL over records that are in it; nothing is written there, and it is read in one transaction.

    Parameters
    ----------
    url
        ``postgresql://user@host/name``; it comes from the user, never from data.
    source
        One SELECT, see `regions.records.database.form_query`.
    places
        See `regions.counting.portable.code_places`; it is sent along with every query.

    Raises
    ------
    MissingExtraError, MethodError
        When psycopg or Ibis is not installed (extras ``sql``, ``big``); when the server refuses.
    """
    psycopg = import_extra("psycopg", "sql")
    values = [places["actor"].tolist(), [None if pd.isna(code) else int(code) for code in places["place"]]]
    given = f"WITH records_given AS (SELECT * FROM ({source}) AS given)"  # noqa: S608 - the transaction can only read
    given += ", records_numbered AS (SELECT CAST(NULL AS BIGINT) AS line, * FROM records_given)"
    sent = ", places AS (SELECT * FROM unnest(%s::text[], %s::bigint[]) AS place(actor, place)) "
    try:
        with closing(psycopg.connect(url)) as connection:
            connection.read_only = True
            empty = given + " SELECT * FROM records_given LIMIT 0"  # noqa: S608 - as above
            columns = connection.execute(empty.encode()).description
            headers = match_columns("the query", [column.name for column in columns])
            given += f", records AS ({compile_records(headers, 'postgres')})"

            def run(query: str) -> pd.DataFrame:
                text = given.replace("%", "%%") + sent + f"SELECT * FROM ({query}) AS found".replace("%", "%%")  # noqa: S608
                cursor = connection.execute(text.encode(), values)
                names = [column.name for column in cursor.description]
                return pd.DataFrame.from_records(cursor.fetchall(), columns=names, coerce_float=False)

            yield Server("postgres", "the database", headers, run)
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[0]
        raise MethodError(say("database/refused", said=said)) from error
