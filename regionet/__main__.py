"""``python -m regionet``."""

from regionet.cli import main

main()
