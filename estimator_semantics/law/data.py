"""The data of a plan as a sequence of batches: how many there are, and what is used when some of them are."""

from typing import Dict, NamedTuple, Optional

from estimator_semantics.law.plan import Plan


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
        """Returns how many examples the first so many batches hold, repetitions included."""
        if self.round is None:
            return batches * self.batch_size
        if not batches:
            return 0
        rounds, begun = divmod(batches, self._batches_of_round())
        whole = self.round - (self.round % self.batch_size if self.drop_remainder else 0)
        return rounds * whole + min(begun * self.batch_size, whole)

    def usage(self, batches: int) -> Optional[Dict[int, int]]:
        """Returns how many examples are used how often by the first so many batches: ``{0: 3, 1: 7}``.

        ``None`` when that is not determined, because shuffled data ends within several epochs.
        """
        consumed = self.consumed(batches)
        everything = self.batches is not None and batches == self.batches
        dropped = self.round is not None and self.drop_remainder and self.round % self.batch_size
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


def data(plan: Plan) -> Data:
    """Returns the data of a plan.

    Args:
        plan: the plan, checked.
    """
    threads = plan.num_threads if plan.input == "numpy_input_fn" else 1
    if plan.input == "batch, then repeat":
        round_, rounds = plan.examples, plan.num_epochs
    elif plan.num_epochs is None:
        # Without a single example there is nothing to repeat.
        round_, rounds = (None if plan.examples else 0), 1
    else:
        # Each thread of numpy_input_fn goes over the data num_epochs times on its own.
        round_, rounds = plan.examples * plan.num_epochs * threads, 1
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
