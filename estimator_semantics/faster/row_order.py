"""The order of rows: which example is used at which place, for several epochs and several readers."""

import random
from typing import Any, List, Optional

import numpy as np


class RowOrder:
    """The order in which ``numpy_input_fn`` hands out the rows of its arrays.

    Each reader (one of its threads) goes over the data ``num_epochs`` times, a batch at a time; batches go on across
    the end of an epoch, and only the last one of a reader may be ragged. Where several threads would fill the queue in
    an order of chance, here the readers take turns. With shuffle, each begins at a row of its own.

    Args:
        examples: number of rows of the arrays.
        batch_size: rows that a reader takes in one turn.
        num_epochs: how often each reader goes over the data; None for without end.
        readers: how many there are.
        shuffle: whether they begin at random rows.

    Attributes:
        total: number of rows handed out by all readers together; None for without end.

    Source:
        https://github.com/tensorflow/estimator/blob/v2.15.0/tensorflow_estimator/python/estimator/inputs/queues/feeding_functions.py#L134-L187
    """

    def __init__(self, examples: int, batch_size: int, num_epochs: Optional[int], readers: int, shuffle: bool) -> None:
        self._examples = examples
        self._batch_size = batch_size
        self._readers = readers
        self._begins = np.array([random.Random().randrange(examples) if shuffle else 0 for _ in range(readers)])
        self._each = None if num_epochs is None else num_epochs * examples
        self.total = None if self._each is None else readers * self._each

    def at(self, places: Any) -> Any:
        """Return the numbers of the rows that are handed out at some places.

        Args:
            places: int64 array of shape [n], from 0 to ``total - 1``.

        Returns:
            An int64 array of shape [n], from 0 to ``examples - 1``.
        """
        if self._readers == 1:
            return (places + self._begins[0]) % self._examples
        turn, within = divmod(places, self._batch_size)
        rounds, reader = divmod(turn, self._readers)
        travelled = rounds * self._batch_size + within
        if self._each is not None:
            # In the last round the readers have fewer rows left than a batch.
            full, ragged = divmod(self._each, self._batch_size)
            beyond = places - full * self._batch_size * self._readers
            last = beyond >= 0
            travelled = np.where(last, full * self._batch_size + beyond % max(1, ragged), travelled)
            reader = np.where(last, beyond // max(1, ragged), reader)
        return (travelled + self._begins[reader]) % self._examples


def taken(arrays: List[Any], rows: Any) -> List[Any]:
    """Return some rows of arrays, without copying them where they follow one another.

    Args:
        arrays: each of shape [examples, ...].
        rows: int64 array of shape [n].

    Returns:
        One array of shape [n, ...] for each.
    """
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1 and (np.diff(rows) == 1).all():
        return [array[rows[0] : rows[-1] + 1] for array in arrays]
    return [array[rows] for array in arrays]
