"""The faster numpy_input_fn: the same batches."""

import itertools

import numpy as np
import pytest

EXAMPLES = 10
X = {"x": np.arange(EXAMPLES) / 16, "z": np.arange(2 * EXAMPLES, dtype=np.float32).reshape(EXAMPLES, 2)}
Y = 3 * np.arange(EXAMPLES)


def flat(structure):
    """Return the leaves of dicts and tuples, in one order."""
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flat(structure[key])]
    if isinstance(structure, tuple):
        return [leaf for each in structure for leaf in flat(each)]
    return [structure]


def drained(tf, input_fn, most=100, seed=None):
    """Return the static shapes of what an input_fn gives, and the batches, as lists of arrays."""
    batches = []
    with tf.v1.Graph().as_default():
        tf.v1.set_random_seed(seed)
        tensors = input_fn()
        shapes = [tensor.shape.as_list() for tensor in flat(tensors)]
        with tf.v1.train.MonitoredSession() as session:
            while not session.should_stop() and len(batches) < most:
                batches.append(flat(session.run(tensors)))
    return shapes, batches


def assert_same(found, expected):
    """Check that two lists of batches are equal to the bit, types included."""
    assert [[each.shape for each in batch] for batch in found] == [[each.shape for each in batch] for batch in expected]
    for batch, other in zip(found, expected, strict=True):
        for array, same in zip(batch, other, strict=True):
            assert array.dtype == same.dtype
            np.testing.assert_array_equal(array, same)


GRID = list(itertools.product([1, 3, 4, 5, 10, 12], [0, 1, 2, 3, None]))


@pytest.mark.parametrize(("batch_size", "num_epochs"), GRID)
def test_batches_are_the_same_in_the_same_order(tf, faster, batch_size, num_epochs):
    arguments = {"batch_size": batch_size, "num_epochs": num_epochs, "shuffle": False}
    shapes, batches = drained(tf, faster.numpy_input_fn(X, Y, **arguments))
    expected_shapes, expected = drained(tf, tf.numpy_input_fn(X, Y, **arguments))
    assert shapes == expected_shapes
    assert_same(batches, expected)


@pytest.mark.parametrize("y", [None, Y, {"a": Y, "b": Y[:, None]}], ids=["none", "array", "dict"])
@pytest.mark.parametrize("x", [X, X["z"]], ids=["dict", "array"])
def test_what_is_given_comes_back_in_the_same_form(tf, faster, x, y):
    given = [each(x, y, batch_size=4, shuffle=False) for each in (faster.numpy_input_fn, tf.numpy_input_fn)]
    with tf.v1.Graph().as_default():
        forms = [repr(_form(input_fn())) for input_fn in given]
    assert forms[0] == forms[1]
    (_, batches), (_, expected) = (drained(tf, input_fn) for input_fn in given)
    assert_same(batches, expected)


def _form(structure):
    if isinstance(structure, dict):
        return {key: _form(structure[key]) for key in sorted(structure)}
    return tuple(_form(each) for each in structure) if isinstance(structure, tuple) else structure.dtype


@pytest.mark.parametrize("num_threads", [1, 2, 3])
@pytest.mark.parametrize("num_epochs", [1, 2])
@pytest.mark.parametrize("shuffle", [False, True])
def test_every_thread_goes_over_the_data(tf, faster, num_threads, num_epochs, shuffle):
    arguments = {"batch_size": 4, "num_epochs": num_epochs, "shuffle": shuffle, "num_threads": num_threads}
    _, batches = drained(tf, faster.numpy_input_fn(X, Y, **arguments))
    _, expected = drained(tf, tf.numpy_input_fn(X, Y, **arguments))
    assert [len(batch[-1]) for batch in batches] == [len(batch[-1]) for batch in expected]
    used = np.concatenate([batch[-1] for batch in batches])
    assert sorted(used) == sorted(np.tile(Y, num_epochs * num_threads))
    assert sorted(used) == sorted(np.concatenate([batch[-1] for batch in expected]))


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize("num_epochs", [1, 3])
def test_batches_of_several_blocks(tf, faster, monkeypatch, shuffle, num_epochs):
    from estimator_semantics.faster import batches as module

    monkeypatch.setattr(module, "BATCHES_AT_ONCE", 2)
    arguments = {"batch_size": 3, "num_epochs": num_epochs, "shuffle": shuffle}
    _, batches = drained(tf, faster.numpy_input_fn(X, Y, **arguments))
    _, expected = drained(tf, tf.numpy_input_fn(X, Y, **arguments))
    if shuffle:
        assert [len(batch[-1]) for batch in batches] == [len(batch[-1]) for batch in expected]
        assert sorted(np.concatenate([batch[-1] for batch in batches])) == sorted(np.tile(Y, num_epochs))
    else:
        assert_same(batches, expected)


def test_shuffled_data_is_drawn_from_a_window(tf, faster):
    y = np.arange(1000)
    _, batches = drained(tf, faster.numpy_input_fn(y, y, 10, 1, True, queue_capacity=20), most=1000)
    order = np.concatenate([batch[-1] for batch in batches])
    assert sorted(order) == list(y)
    # The data begins anywhere, and the example drawn in place n is one of the first n + 20 from there.
    place = np.arange(1000)
    begins = [begin % 1000 for begin in range(order[0] - 19, order[0] + 1)]
    assert any(((order - begin) % 1000 < place + 20).all() for begin in begins)
    assert not any(((order - begin) % 1000 == place).all() for begin in begins)


def test_shuffled_data_begins_at_a_row_of_chance(tf, faster):
    y = np.arange(1000)
    firsts = {
        drained(tf, faster.numpy_input_fn(y, y, 1, 1, True, queue_capacity=1), most=1)[1][0][-1][0] for _ in range(8)
    }
    assert len(firsts) > 1


def test_labels_may_be_like_an_array(tf, faster):
    class Series:
        """What a Series of pandas has in common with an array. Its [] goes by labels."""

        shape, dtype = Y.shape, Y.dtype

        def __len__(self):
            return len(Y)

        def __array__(self, *_, **__):
            return Y

    for y in (Series(), {"y": Series()}):
        _, batches = drained(tf, faster.numpy_input_fn(X, y, 4, 1, False))
        assert list(np.concatenate([batch[-1] for batch in batches])) == list(Y)


def test_nothing_tunes_the_dataset(tf, faster, monkeypatch):
    from estimator_semantics.faster import batches as module

    made = []
    monkeypatch.setattr(module, "_next_of", lambda dataset: made.append(dataset) or [Y, X["x"], X["z"]])
    faster.numpy_input_fn(X, Y, shuffle=False)()
    options = made[0].options()
    if not hasattr(options, "autotune"):
        pytest.skip("before 2.7 the switch has other names")
    assert options.autotune.enabled is False


@pytest.mark.parametrize(
    ("x", "y", "shuffle", "error"),
    [
        (X, Y, None, ValueError),
        (X, Y[:-1], False, ValueError),
        ({}, Y, False, ValueError),
        (X, {}, False, ValueError),
        (X, {"x": Y}, False, ValueError),
        (np.zeros([0]), None, False, ValueError),
        ([1, 2], Y, False, TypeError),
    ],
)
def test_what_the_original_refuses_is_refused(tf, faster, x, y, shuffle, error):
    for numpy_input_fn in (tf.numpy_input_fn, faster.numpy_input_fn):
        with tf.v1.Graph().as_default(), pytest.raises(error):
            numpy_input_fn(x, y, shuffle=shuffle)()
