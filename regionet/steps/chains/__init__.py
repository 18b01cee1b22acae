"""What the command of industry chains does: scope, findings, tables, sentences."""
