"""Runs: an Estimator that trains many steps in one ``session.run``."""

import copy
import os
from typing import Any, Callable, Iterable, List, Optional

import tensorflow

from .loop import Loop, NotCopied
from .run_length import Timer, steps_of_run

_v1 = getattr(tensorflow.compat, "v1", tensorflow)


def steps_per_run(estimator: Any, steps: int) -> Any:
    """Return an Estimator that trains so many steps in one ``session.run``, in one process on a CPU.

    It has the same model_dir, configuration and class, and everything but ``train`` is the same. Training stops at
    exactly the same step, with the same global step and, unless the model draws random numbers in each step (dropout),
    with the same variables to the bit.

    Of each run all steps but the last one are made in a loop inside the graph; the last one is a step as ever, and the
    only one that hooks are called for. What they see is what they always see, of that step. A run also ends

    * at steps and max_steps, and at the bound of a ``StopAtStepHook``;
    * after the first step, and wherever ``save_checkpoints_steps``, ``save_summary_steps`` and ``log_step_count_steps``
      of the configuration, or a hook that acts every so many global steps, want to act: so checkpoints and summaries
      are of the same steps as without (the summaries, every 100 steps by default, make runs of 100 steps at most; one
      step at a time, their hook takes a step for the next one now and then, and comes a step early);
    * when the data ends: then the last steps are made, and saved, without hooks being called for them.

    What counts the times it is called (``LoggingTensorHook``, which an Estimator uses for its loss) counts runs; what
    looks at each loss (``NanTensorHook``, early stopping) looks at the last one of each run. That goes for the hooks in the
    EstimatorSpec as well, as far as they are TensorFlow's own. Where it has others (BoostedTrees counts its trees with one),
    and once a hook feeds a value, every step is a step as ever, and a warning says so. Summaries are of the same steps
    where a step raises the global step by 1.

    Args:
        estimator: any ``tf.estimator.Estimator``.
        steps: so many steps in a run at most; 100 is a good number, and 1 changes nothing.

    Raises:
        ValueError: steps is below 1, or the Estimator trains with others: in a cluster (parameter servers are one), or on
            several devices.
    """
    if steps < 1:
        raise ValueError("steps_per_run {}: must be at least 1".format(steps))
    config = estimator.config
    others = getattr(config, "num_worker_replicas", 1) - 1 + getattr(config, "num_ps_replicas", 0)
    if others > 0 or getattr(config, "train_distribute", None) is not None:
        raise ValueError("steps_per_run is for an Estimator that trains alone, in one process and without a strategy")

    def train(input_fn, hooks=None, steps=None, max_steps=None, *others, **named):
        hooks = list(hooks or ())
        runs = _Runs(longest, steps, max_steps, config)
        watched = copy.copy(estimator)
        watched._call_model_fn = runs.following(estimator._call_model_fn)
        try:
            runs.follow(hooks)
            watched.train(input_fn, hooks + [runs], steps, max_steps, *others, **named)
        finally:
            runs.unfollow()
        return faster

    longest = steps
    faster = copy.copy(estimator)
    faster.train = train
    return faster


class _Runs(_v1.train.SessionRunHook):
    """Makes, before each step, all the steps of a run that come before its last one.

    Args:
        longest: so many steps in a run at most.
        steps: bound of this training, counted from its first step; None for no such bound.
        max_steps: bound on the global step; None for no such bound.
        config: the RunConfig of the training.
    """

    def __init__(self, longest: int, steps: Optional[int], max_steps: Optional[int], config: Any) -> None:
        self._longest = longest
        self._steps = steps
        self._last = max_steps
        self._config = config
        self._hooks: List[Any] = []
        self._before_runs: List[Any] = []
        self._loop: Optional[Loop] = None

    def follow(self, hooks: Iterable[Any]) -> None:
        """Heeds when other hooks of the training want to act, and whether they feed a value.

        Args:
            hooks: some of them.
        """
        for hook in hooks:
            self._hooks.append(hook)
            self._before_runs.append(vars(hook).get("before_run"))
            hook.before_run = self._noticing(hook.before_run)

    def unfollow(self) -> None:
        """Leaves the hooks as they were."""
        for hook, before_run in zip(self._hooks, self._before_runs):
            del hook.before_run
            if before_run is not None:
                hook.before_run = before_run

    def following(self, call_model_fn: Callable[..., Any]) -> Callable[..., Any]:
        """Return what an Estimator calls its model_fn with, so that the hooks of the model are followed too.

        Args:
            call_model_fn: the same without; it returns an EstimatorSpec.
        """

        def call(*arguments: Any, **named: Any) -> Any:
            spec = call_model_fn(*arguments, **named)
            hooks = list(spec.training_hooks or ()) + list(spec.training_chief_hooks or ())
            unknown = [hook for hook in hooks if not type(hook).__module__.endswith(".basic_session_run_hooks")]
            if unknown:
                self._give_up("its model has a hook of its own, {}".format(type(unknown[0]).__name__))
            self.follow(hooks)
            return spec

        return call

    def _noticing(self, before_run: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def noticed(run_context: Any) -> Any:
            arguments = before_run(run_context)
            if arguments is not None and arguments.feed_dict and self._longest > 1:
                self._give_up("values are fed to it")
            return arguments

        return noticed

    def begin(self) -> None:
        self._global_step = _v1.train.get_global_step()

    def after_create_session(self, session: Any, coord: Any) -> None:
        global_step = int(session.run(self._global_step))
        # A session that is made anew does not begin to count anew.
        if self._last is None and self._steps is not None:
            self._last = global_step + self._steps
        # The first checkpoint is saved before the first step since 1.9, and after it before; others are counted from it.
        self._saving = [Timer(every, global_step) for every in self._checkpoints()]
        self._acting: List[Timer] = []
        self._before: Optional[int] = None
        self._increment: Optional[int] = None

    def before_run(self, run_context: Any) -> None:
        if self._longest == 1:
            return
        session = run_context.session
        global_step = int(session.run(self._global_step))
        ahead = 0
        if self._before is not None:
            ahead = self._steps_after(global_step, global_step - self._before) - 1
        if ahead and self._loop is None:
            self._loop = self._made(run_context)
        if ahead and self._loop is not None:
            self._loop.run(session, ahead)
            global_step += ahead * (self._increment or 0)
        self._before = global_step

    def _steps_after(self, global_step: int, increment: int) -> int:
        """Return how many steps the next run has, after a step that raised the global step by so much to this one."""
        if self._increment is None:
            self._increment = increment
            self._saving += [Timer(every, global_step) for every in self._checkpoints()]
            self._acting += [Timer(every, global_step) for every in self._others()]
        elif increment != self._increment:
            self._give_up("the global step rises by {} or by {} in a step".format(self._increment, increment))
            return 1
        for timer in self._saving + self._acting:
            timer.reach(global_step)
        stops = [hook._last_step for hook in self._hooks if isinstance(hook, _v1.train.StopAtStepHook)]
        due = [timer.due for timer in self._saving + self._acting]
        # Whether to act in a step some hooks decide before it, by the step that they were called for last.
        decided = [timer.due - increment for timer in self._acting]
        return steps_of_run(global_step, self._longest, increment, [self._last] + stops + due + decided)

    def _made(self, run_context: Any) -> Optional[Loop]:
        step = run_context.original_args
        if step.feed_dict:
            self._give_up("values are fed to it")
            return None
        with run_context.session.graph.as_default():
            try:
                return Loop(run_context.session, step.fetches, synchronous=_threads(self._config) > 1)
            except NotCopied as error:
                self._give_up(str(error))
                return None

    def _give_up(self, reason: str) -> None:
        _v1.logging.warn("steps_per_run: this training is made one step at a time: %s", reason)
        self._longest = 1

    def _checkpoints(self) -> List[int]:
        hooks = [hook for hook in self._hooks if isinstance(hook, _v1.train.CheckpointSaverHook)]
        return _given([getattr(self._config, "save_checkpoints_steps", None)] + _periods(hooks))

    def _others(self) -> List[int]:
        names = ("save_summary_steps", "log_step_count_steps")
        hooks = [hook for hook in self._hooks if not isinstance(hook, _v1.train.CheckpointSaverHook)]
        return _given([getattr(self._config, name, None) for name in names] + _periods(hooks))


def _periods(hooks: List[Any]) -> List[Optional[int]]:
    """Return every how many steps some hooks act, of those that go by the global step."""
    timers = [getattr(hook, "_timer", None) for hook in hooks if not hasattr(hook, "_iter_count")]
    return [getattr(timer, "_every_steps", None) for timer in timers]


def _given(periods: List[Optional[int]]) -> List[int]:
    return sorted({period for period in periods if period})


def _threads(config: Any) -> int:
    session_config: Any = getattr(config, "session_config", None)
    if getattr(session_config, "inter_op_parallelism_threads", 0):
        return session_config.inter_op_parallelism_threads
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
