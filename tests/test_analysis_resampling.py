import dataclasses

import networkx as nx
import numpy as np
import pytest
from many_samples import BY_HAND, make_study

from analysis.inference.resampling import draw_records, list_record_links
from analysis.networks.network import build_network
from regions import MethodError, load_study
from regions.records.count_links import Counting


@pytest.mark.parametrize("counting", ["full", "newman", "pair"])
@pytest.mark.parametrize("name", ["tiny", "china", "yangtze-delta"])
def test_every_record_once_is_the_network(name: str, counting: Counting) -> None:
    """Also with records of one actor, repeated rows, several actors at one place, and places outside the focus."""
    study = make_study(BY_HAND) if name == "tiny" else load_study(name)
    ties = list_record_links(study, counting=counting)
    weights, internal, external = ties.sum_up(np.ones((1, ties.n_records), dtype=np.int64))
    network = build_network(study, counting)
    np.testing.assert_allclose(weights[0], nx.to_numpy_array(network), rtol=1e-12)
    np.testing.assert_allclose(internal[0], [value for _, value in network.nodes(data="internal")], rtol=1e-12)
    np.testing.assert_allclose(external[0], [value for _, value in network.nodes(data="external")], rtol=1e-12)


def test_records_count_as_often_as_they_are_drawn() -> None:
    ties = list_record_links(make_study(BY_HAND))
    assert ties.n_records == 4
    weights, internal, external = ties.sum_up(np.array([[0, 3, 0, 1], [2, 0, 1, 0]]))
    assert (weights[0, 0, 1], weights[1, 0, 1]) == (3, 4)  # r2 gives A-B 1, r1 gives it 2
    assert internal[:, 0].tolist() == [0, 2]
    assert external[:, :2].tolist() == [[0, 0], [4, 2 + 3]]
    assert (weights == weights.transpose(0, 2, 1)).all()


def test_draws() -> None:
    """As many records in every draw; each record 1 time on average, with the variance of a binomial."""
    times = draw_records(50, draws=4000, seed=1)
    assert (times.sum(axis=1) == 50).all()
    # Standard errors: .016 of a mean over 4,000 draws; four of them.
    np.testing.assert_allclose(times.mean(axis=0), 1, atol=0.07)
    assert times.var() == pytest.approx(1 - 1 / 50, abs=0.03)
    np.testing.assert_array_equal(times, draw_records(50, draws=4000, seed=1))
    assert draw_records(0, draws=3, seed=0).shape == (3, 0)


def test_what_cannot_be_drawn() -> None:
    study = make_study(BY_HAND)
    with pytest.raises(MethodError, match="has no records"):
        list_record_links(dataclasses.replace(study, records=None))
    with pytest.raises(MethodError, match="counting must be one of"):
        list_record_links(study, counting="half")  # type: ignore[arg-type]
