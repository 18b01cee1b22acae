"""Fixtures that every test may use."""

from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def golden() -> Callable[[str], Path]:
    """Path of a golden table that is too large to carry; the test skips where it is absent."""

    def find(relative: str) -> Path:
        path = SHARED / "golden" / relative
        if not path.exists():
            pytest.skip(f"golden table {relative} is not on this machine (it stands beside the repository, not in it)")
        return path

    return find
