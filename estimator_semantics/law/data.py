"""The data of a plan as a sequence of batches: how many there are, and what is used when some of them are."""

from typing import Dict, NamedTuple, Optional, Tuple, Union

from estimator_semantics.law.release import is_before
from estimator_semantics.law.schema import Plan
from estimator_semantics.law.turning_points import CALLS_INPUT_FN_ONCE


class Data(NamedTuple):
    """The batches that an input gives, in rounds that are all alike.

    A round is what goes on across the end of an epoch: all epochs of ``numpy_input_fn`` or of a ``Dataset`` that is
    repeated and then batched; a single epoch of one that is batched and then repeated.

    Attributes:
        examples: number of examples in one epoch.
        batch_size: number of examples in a full batch.
        round: number of examples in a round; ``None`` when it has no end.
        rounds: number of rounds; ``None`` when there is no end of them.
        drop_remainder: whether a round leaves out its last batch when that is not full.
        mixed: whether examples of one epoch may come before or after examples of another.
        shuffle: whether the order of the examples in an epoch is open.
    """

    examples: int
    batch_size: int
    round: Optional[int]
    rounds: Optional[int]
    drop_remainder: bool
    mixed: bool
    shuffle: bool

    @property
    def batches(self) -> Optional[int]:
        """Number of batches: the epoch bound. ``None`` for endless data."""
        if self.round == 0 or self.rounds == 0:
            return 0
        if self.round is None or self.rounds is None:
            # Endless rounds without a batch in them end at once: TensorFlow notices.
            return 0 if self.round is not None and self._batches_of_round() == 0 else None
        return self.rounds * self._batches_of_round()

    def _batches_of_round(self) -> int:
        assert self.round is not None
        full, ragged = divmod(self.round, self.batch_size)
        return full + (1 if ragged and not self.drop_remainder else 0)

    def consumed(self, batches: int) -> int:
        """Return how many examples the first so many batches hold, repetitions included."""
        if self.round is None:
            return batches * self.batch_size
        if not batches:
            return 0
        rounds, begun = divmod(batches, self._batches_of_round())
        whole = self.round - (self.round % self.batch_size if self.drop_remainder else 0)
        return rounds * whole + min(begun * self.batch_size, whole)

    def usage(self, batches: int) -> Optional[Dict[int, int]]:
        """Return how many examples are used how often by the first so many batches: ``{0: 3, 1: 7}``.

        ``None`` when that is not determined, because shuffled data ends within several epochs.
        """
        if not batches:
            return _counted({0: self.examples})
        consumed = self.consumed(batches)
        everything = self.batches is not None and batches == self.batches
        dropped = self.round % self.batch_size if self.round is not None and self.drop_remainder else 0
        if self.mixed and (dropped or not everything):
            return None
        if self.shuffle and dropped and self.rounds != 1:
            return None  # other ones are left out in each round
        if self.round != self.examples or not dropped:
            epochs, begun = divmod(consumed, self.examples) if self.examples else (0, 0)
            return _counted({epochs: self.examples - begun, epochs + 1: begun})
        # The same few examples at the end of each epoch are left out.
        reached = self.examples - dropped
        rounds, begun = divmod(consumed, reached) if reached else (0, 0)
        counts = {0: dropped}
        for times, count in ((rounds, reached - begun), (rounds + 1, begun)):
            counts[times] = counts.get(times, 0) + count
        return _counted(counts)


class CalledAgain(NamedTuple):
    """The batches of an input_fn that is called again whenever its data ends: there is no end of them.

    Attributes:
        call: the batches of one call; there is at least one.
    """

    call: Data

    @property
    def batches(self) -> Optional[int]:
        """Number of batches: ``None``."""
        return None

    def consumed(self, batches: int) -> int:
        """Return how many examples the first so many batches hold, repetitions included."""
        calls, begun = self._calls(batches)
        return calls * self.call.consumed(self._of_call()) + self.call.consumed(begun)

    def usage(self, batches: int) -> Optional[Dict[int, int]]:
        """Return how many examples are used how often by the first so many batches, as `Data.usage` does."""
        calls, begun = self._calls(batches)
        if not calls:
            return self.call.usage(begun)
        whole, rest = self.call.usage(self._of_call()), self.call.usage(begun)
        if whole is None or rest is None or (len(whole) > 1 and self.call.shuffle):
            return None
        return stacked(_counted({calls * times: count for times, count in whole.items()}), rest)

    def _of_call(self) -> int:
        assert self.call.batches
        return self.call.batches

    def _calls(self, batches: int) -> Tuple[int, int]:
        return divmod(batches, self._of_call())


def data(plan: Plan, tensorflow: Optional[str] = None) -> Union[Data, CalledAgain]:
    """Return the data of a plan.

    Args:
        plan: the plan, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest.
    """
    call = of_call(plan)
    again = plan.api == "train_and_evaluate" and is_before(tensorflow, CALLS_INPUT_FN_ONCE)
    # Of data without a batch there is nothing to go on with.
    return CalledAgain(call) if again and call.batches else call


def of_call(plan: Plan) -> Data:
    """Return the data that one call of the plan's input_fn gives.

    Args:
        plan: the plan, checked.
    """
    threads = plan.num_threads if plan.input == "numpy_input_fn" else 1
    round_, rounds = None, 1  # type: Optional[int], Optional[int]
    if plan.input == "batch, then repeat":
        round_, rounds = plan.examples, plan.num_epochs
    elif plan.num_epochs is None:
        # Without a single example there is nothing to repeat.
        round_ = None if plan.examples > 0 else 0
    else:
        # Each thread of numpy_input_fn goes over the data num_epochs times on its own.
        round_ = plan.examples * plan.num_epochs * threads
    in_rounds = plan.input == "batch, then repeat"
    return Data(
        examples=plan.examples,
        batch_size=plan.batch_size,
        round=round_,
        rounds=rounds,
        drop_remainder=plan.drop_remainder and plan.input != "numpy_input_fn",
        mixed=threads > 1 or (plan.shuffle and plan.num_epochs != 1 and not in_rounds),
        shuffle=plan.shuffle,
    )


def _counted(usage: Dict[int, int]) -> Dict[int, int]:
    return {times: count for times, count in sorted(usage.items()) if count}


def stacked(*usages: Dict[int, int]) -> Dict[int, int]:
    """Return the usage by several sequences of batches together, in each of which earlier examples are used no less."""
    together = {}  # type: Dict[int, int]
    columns = [sorted(usage.items(), reverse=True) for usage in usages]
    while all(columns):
        width = min([column[-1][1] for column in columns])
        times = sum([column[-1][0] for column in columns])
        together[times] = together.get(times, 0) + width
        for column in columns:
            least, count = column.pop()
            if count > width:
                column.append((least, count - width))
    return _counted(together)
