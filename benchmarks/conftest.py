"""What the benchmarks share: the TensorFlow of this environment."""

import pytest


@pytest.fixture(scope="session")
def tf():
    """The TensorFlow of this environment, under the names that experiments use."""
    from estimator_semantics.probe.adapter import tf

    return tf
