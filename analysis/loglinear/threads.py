"""One BLAS thread for many small factorisations.

A gravity model factorises matrices of a few hundred rows some fifty times. Split over threads, each of these lasts
as long as the slowest core takes to turn up: on a busy machine ten times longer than on one thread, and on a quiet one
hardly shorter.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, wraps
from typing import ParamSpec, TypeVar

import scipy.linalg  # noqa: F401 - its BLAS must be loaded before the controller looks for libraries
from threadpoolctl import ThreadpoolController

_P = ParamSpec("_P")
_R = TypeVar("_R")


_INSIDE = ContextVar("one_thread", default=False)


@cache
def _find_libraries() -> ThreadpoolController:
    return ThreadpoolController()


def use_one_thread(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let ``function`` use one BLAS thread; the limit ends with the call, and others keep theirs."""

    @wraps(function)
    def limited(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if _INSIDE.get():  # to ask the libraries takes longer than many a factorisation
            return function(*args, **kwargs)
        token = _INSIDE.set(True)
        try:
            return limit(*args, **kwargs)
        finally:
            _INSIDE.reset(token)

    def limit(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with _find_libraries().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return limited
