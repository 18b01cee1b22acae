"""The workbook that a planner can hand on."""
