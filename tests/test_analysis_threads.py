"""One BLAS thread inside, as many as before outside."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from analysis.loglinear.ppml import fit_ppml
from analysis.loglinear.threads import use_one_thread


def count_threads() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def test_one_thread_inside_and_the_old_number_outside() -> None:
    with threadpool_limits(limits=2, user_api="blas"):
        before = count_threads()
        assert use_one_thread(count_threads)() == {1}
        assert count_threads() == before


def test_an_error_gives_the_threads_back() -> None:
    @use_one_thread
    def fail() -> None:
        raise ValueError("no")

    with threadpool_limits(limits=2, user_api="blas"):
        before = count_threads()
        with pytest.raises(ValueError, match="no"):
            fail()
        assert count_threads() == before


def test_the_function_keeps_its_name_and_help() -> None:
    assert fit_ppml.__name__ == "fit_ppml"
    assert "Poisson pseudo-maximum likelihood" in (fit_ppml.__doc__ or "")


def test_inside_another_nothing_is_asked_again_and_the_last_gives_back() -> None:
    @use_one_thread
    def nest() -> tuple[set[int], set[int]]:
        return use_one_thread(count_threads)(), count_threads()

    with threadpool_limits(limits=2, user_api="blas"):
        before = count_threads()
        assert nest() == ({1}, {1})
        assert count_threads() == before
        assert use_one_thread(count_threads)() == {1}
