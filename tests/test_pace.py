"""The pace of a training: a few points, however long it takes. Needs no TensorFlow. Runs on macOS and Windows too."""

import itertools

import pytest

from estimator_semantics.host.pace import POINTS, Pace


@pytest.mark.parametrize("count", [0, 1, POINTS, POINTS + 1, 10 * POINTS, 5_000])
def test_few_points_spread_over_the_whole_time(count):
    pace = Pace(100.0)
    for at in range(count):
        pace.add(100.0 + at / 4, at * 10)
    points = pace.points
    assert len(points) <= POINTS
    assert points == sorted(set(points))
    assert all(step == round(seconds * 40) for seconds, step in points)
    if count > POINTS:
        assert len(points) >= POINTS // 2 - 1
        assert points[-1][0] > 0.75 * (count - 1) / 4
        gaps = [later[0] - earlier[0] for earlier, later in itertools.pairwise(points)]
        assert max(gaps) <= 4 * min(gaps)
