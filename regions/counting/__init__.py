"""Records -> links at any size: text -> codes -> cells -> sums in memory, or one expression where the records are.

Read `plan` (what to count), `coding` (text -> codes), `memory` (codes -> cells -> sums), `portable` (the same as SQL)
and where it runs: `duck`, in `parts` for large files, `servers`. All engines agree to 1e-12.
"""
