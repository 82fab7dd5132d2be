"""Batches of arrays: what ``tf.estimator.inputs.numpy_input_fn`` gives, from tf.data instead of a queue."""

from typing import Any, Callable, Dict, List, Optional, Tuple, Union

import numpy as np
import tensorflow

from .row_order import RowOrder, taken

# Python is asked for the rows of so many batches at once, or for so many bytes.
BATCHES_AT_ONCE = 1024
BYTES_AT_ONCE = 1 << 22

_v1 = getattr(tensorflow.compat, "v1", tensorflow)

_NO_END = np.iinfo(np.int64).max

Arrays = Union[Any, Dict[str, Any]]


def numpy_input_fn(
    x: Arrays,
    y: Optional[Arrays] = None,
    batch_size: int = 128,
    num_epochs: Optional[int] = 1,
    shuffle: Optional[bool] = None,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Callable[[], Any]:
    """Return an input_fn that gives arrays in batches, as ``tf.estimator.inputs.numpy_input_fn`` does.

    The batches are the same ones: without shuffle in the same order, going on across the end of an epoch, with a ragged
    one at the very end; with ``num_threads=n`` each of n readers goes over the data ``num_epochs`` times. What is
    different: several threads without shuffle take turns, where their order was chance; there is no summary of how full
    a queue is; a session that is made anew (after a recoverable error) begins the data anew; and a model that draws its
    first weights by the seed of its configuration draws other ones, for there the number of operations before counts.

    Args:
        x: features: an array of shape [examples, ...], or a dict of such arrays.
        y: labels: likewise, or None for features alone.
        batch_size: examples in a batch.
        num_epochs: how often to go over the data; None for without end.
        shuffle: whether the order is random; to be said.
        queue_capacity: from so many examples the next one is drawn, with shuffle.
        num_threads: how many readers go over the data.

    Returns:
        A function without arguments. It returns tensors: the features alone, or a pair of features and labels.

    Raises:
        ValueError: shuffle is not said; an argument is empty; or two arrays have different lengths. As in the original,
            what concerns the arrays is found out when the input_fn is called.
        TypeError: x is neither an array nor a dict.

    Source:
        https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/estimator/inputs/numpy_input_fn
    """
    if not isinstance(shuffle, bool):
        raise ValueError("shuffle must be True or False, not {}".format(shuffle))

    def input_fn():
        features, labels = _columns(x, "x"), {} if y is None else _columns(y, "y")
        if isinstance(x, dict) and isinstance(y, dict) and set(x).intersection(y):
            raise ValueError("x and y share the keys {}".format(sorted(set(x).intersection(y))))
        arrays = list(features.values()) + list(labels.values())
        if len({len(array) for array in arrays}) != 1:
            shapes = [{key: array.shape for key, array in columns.items()} for columns in (features, labels)]
            raise ValueError("arrays of different lengths: x is {}, y is {}".format(*shapes))
        rows = RowOrder(len(arrays[0]), batch_size, num_epochs, num_threads, shuffle)
        dataset = _dataset(arrays, rows, batch_size, queue_capacity if shuffle else None)
        batch = _next_of(_untuned(dataset))
        given = _like(x, features, batch[: len(features)])
        return given if y is None else (given, _like(y, labels, batch[len(features) :]))

    return input_fn


def _columns(given: Arrays, name: str) -> Dict[str, Any]:
    if isinstance(given, dict):
        if not given:
            raise ValueError("{} is an empty dict".format(name))
        return {key: _array(given[key]) for key in sorted(given)}
    if name == "y":
        given = _array(given)
    if not isinstance(given, np.ndarray):
        raise TypeError("{} must be an array or a dict, not {}".format(name, type(given).__name__))
    if name == "x" and not given.size:
        raise ValueError("x is an empty array")
    return {"": given}


def _array(given: Any) -> Any:
    # As in the original it may be something that is like an array, a Series of pandas for one.
    return np.asarray(given) if hasattr(given, "shape") and hasattr(given, "dtype") else given


def _like(given: Arrays, columns: Dict[str, Any], tensors: Tuple[Any, ...]) -> Any:
    return dict(zip(columns, tensors)) if isinstance(given, dict) else tensors[0]


def _dataset(arrays: List[Any], rows: RowOrder, batch_size: int, window: Optional[int]) -> Any:
    """Return a Dataset of batches: tuples of one tensor of shape [batch, ...] for each array.

    Args:
        arrays: each of shape [examples, ...].
        rows: the order of their rows.
        batch_size: examples in a batch.
        window: from so many examples the next one is drawn; None for the order of the rows.
    """
    # Python hands out blocks of many batches, which are cut up without it: so it costs a step next to nothing.
    bytes_of_batch = batch_size * max(1, sum(array[:1].nbytes for array in arrays))
    block = batch_size * max(1, min(BATCHES_AT_ONCE, BYTES_AT_ONCE // bytes_of_batch))
    end = _NO_END // block * block if rows.total is None else rows.total
    ragged = end % batch_size != 0
    types = [array.dtype for array in arrays]
    # As of the queue: how long a batch is, is known beforehand only when no other one is at the end.
    shapes = [[batch_size if rows.total is None else None] + list(array.shape[1:]) for array in arrays]
    Dataset = (getattr(tensorflow, "data", None) or tensorflow.contrib.data).Dataset

    def look_up(places):
        columns = taken(arrays, rows.at(places))
        full = len(places) // batch_size * batch_size
        batches = [np.reshape(each[:full], (-1, batch_size) + each.shape[1:]) for each in columns]
        return batches + [each[full:] for each in columns]

    def batches_at(places):
        tensors = _v1.py_func(look_up, [places], types + types)
        full, rest = tensors[: len(types)], tensors[len(types) :]
        for shape, batches, last in zip(shapes, full, rest):
            batches.set_shape([None] + shape)
            last.set_shape(shape if ragged else [None] + shape[1:])
        batches = Dataset.from_tensor_slices(tuple(full))
        if not ragged:
            return batches
        there_is_one = _v1.cast(_v1.minimum(_v1.shape(rest[0])[0], 1), _v1.int64)
        return batches.concatenate(Dataset.from_tensors(tuple(rest)).take(there_is_one))

    if window is not None:
        return Dataset.range(end).shuffle(window).batch(block).flat_map(batches_at)
    blocks = Dataset.range(0, end, block)
    return blocks.flat_map(lambda begin: batches_at(_v1.range(begin, _v1.minimum(begin + block, end))))


def _untuned(dataset: Any) -> Any:
    """Return the same Dataset, without the thread that tunes it: there is nothing to tune.

    That thread sleeps for twice as long each time, up to a minute, and the session that ends now and then waits until
    it wakes up: so a training of 6 s may take 10 s.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.15.0/tensorflow/core/framework/model.cc
    """
    options = getattr(getattr(tensorflow, "data", None), "Options", lambda: None)()
    # Where the switch is: since 2.7, since 1.14, since 1.12. Before there was no such thread.
    parts = (
        (getattr(options, "autotune", None), "enabled"),
        (getattr(options, "experimental_optimization", None), "autotune"),
        (options, "experimental_autotune"),
    )
    for part, switch in parts:
        if hasattr(part, switch):
            setattr(part, switch, False)
            return dataset.with_options(options)
    return dataset


def _next_of(dataset: Any) -> Tuple[Any, ...]:
    make = getattr(getattr(_v1, "data", None), "make_one_shot_iterator", None)
    return (make(dataset) if make else dataset.make_one_shot_iterator()).get_next()
