"""Records -> links at any size: in memory where they fit, else inside DuckDB, Spark or PostgreSQL.

Every engine counts whole numbers only and the weights are formed from them in one place (`regions.engine.shares`), so
the tables agree to the last bit whatever the engine, the order of the rows or the number of threads.
"""
