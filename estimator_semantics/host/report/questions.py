"""The questions of a newcomer, each with the answer that the records give; none without a record."""

from dataclasses import dataclass

from estimator_semantics.host import experiments, words
from estimator_semantics.host.consequence import Consequence
from estimator_semantics.host.diff import Entry, diff
from estimator_semantics.host.history import History
from estimator_semantics.host.record import Record
from estimator_semantics.host.report import chapters
from estimator_semantics.host.report.logged import logged
from estimator_semantics.host.shift import FAILING

# The upgrade that is asked about most: from the release that the answer of 2018 was about, to the last native one.
UPGRADE = ("1.9", "2.15")


@dataclass(frozen=True)
class Question:
    """A question and its answer.

    Attributes:
        asked: the question.
        answer: what is so, in a sentence or two, with the figures of the records.
        evidence: names of the experiments that measured it.
        more: what else belongs to it, for those who want it all.
    """

    asked: str
    answer: str
    evidence: tuple[str, ...]
    more: str = ""


def questions(history: History, default: str) -> tuple[Question, ...]:
    """Return the questions that these records answer.

    Args:
        history: the records.
        default: the release whose figures are told, where it is among them.
    """
    asked = [
        _which_wins(history, default),
        _what_changes(history),
        _steps_of_train_and_evaluate(history),
        _why_early(history),
        _in_keras_3(history),
    ]
    return tuple(question for question in asked if question is not None)


def _which_wins(history: History, default: str) -> Question | None:
    three = [each for each in chapters.three_trainings(history, default) if each.case.plans[each.scale].steps]
    if len(three) < 2:
        return None
    said = [
        f"steps={each.case.plans[each.scale].steps:,} ran {words.measured(each.example)}" for each in reversed(three)
    ]
    data = words.steps_of_data(three[0].case.plans[three[0].scale])
    return Question(
        "Does `num_epochs` or `steps` win?",
        f"The lower one. With data for {data}, {' and '.join(said)}.",
        tuple(each.case.name for each in three),
    )


def _what_changes(history: History) -> Question | None:
    old, new = (_record(history, minor) for minor in UPGRADE)
    if old is None or new is None:
        return None
    changes = diff(chapters.quick(old), chapters.quick(new), history.records)
    changed = [entry for entry in changes.entries if entry.kind in FAILING]
    # Those first whose trainings are longer or shorter than before.
    longer = {entry.title: f"{entry.title} ({said})" for entry in changed if (said := _steps_of(entry))}
    others = [entry.title for entry in changed if entry.title not in longer]
    named = f"{len(changed)} of {words.many(len(changes.compared), 'behaviour')} changed"
    if longer:
        named += f"; {len(longer)} of them run a different number of steps: {'; '.join(longer.values())}"
    return Question(
        f"What changes from {UPGRADE[0]} to {UPGRADE[1]}?",
        f"Not the rule, but {named}. [What each means, and what to do](#what-an-upgrade-changes).",
        tuple(dict.fromkeys(entry.experiment for entry in changed)),
        f"Something else changed in: {'; '.join(others)}." if others else "",
    )


def _steps_of_train_and_evaluate(history: History) -> Question | None:
    short = _steps_by_release(history, "train_and_evaluate_max_steps[finite data below max_steps]")
    if not short:
        return None
    return Question(
        "Can I use `steps` with `train_and_evaluate`?",
        "No, it has `TrainSpec(input_fn, max_steps=n)` only, an absolute number. Where the data ends before max_steps=25, "
        f"training ran {short}. Write `num_epochs=None` in input_fn, and max_steps decides on every release.",
        ("train_and_evaluate_max_steps",),
    )


def _why_early(history: History) -> Question | None:
    evidence = ("steps_above_epoch_bound", "repeated_train", "request_stop")
    if not all(_is_there(history, name) for name in evidence):
        return None
    return Question(
        "Why did my run stop early?",
        "Most often the data ended: numpy_input_fn reads it once unless told otherwise, and more steps do not lengthen it "
        "(`num_epochs=None` does). Or max_steps was reached by an earlier call, whose checkpoint is in model_dir. Or a hook "
        "requested a stop. Or it is one of [these](#where-the-rule-does-not-hold)."
        f"{' What TensorFlow logs then is [explained](#what-tensorflow-logs).' if logged(history.records) else ''}",
        evidence,
        "To have it said in one line: `estimator.train(input_fn, hooks=[StopReasonHook()])`, of "
        "`estimator_semantics.stop_reason.hook`; or `model.fit(..., callbacks=[stop_reason_callback()])`, of "
        "`estimator_semantics.stop_reason.callback`.",
    )


def _in_keras_3(history: History) -> Question | None:
    endless, short = "keras_steps_per_epoch[Keras 3: Dataset, endless]", "keras_epochs[Keras 3: Dataset]"
    ran, passes = _steps_by_release(history, endless), _steps_by_release(history, short)
    if not ran or not passes:
        return None
    plan, once = (experiments.chosen((case,))[0].plans["quick"] for case in (endless, short))
    return Question(
        "What do I write in Keras 3?",
        f"`model.fit(dataset.repeat(), steps_per_epoch=n, epochs=e)` for n times e steps: "
        f"steps_per_epoch={plan.steps_per_epoch}, epochs={plan.epochs} made {ran}. `model.fit(dataset, epochs=e)` for e passes "
        f"over the data: {words.many(once.epochs, 'epoch')} of {words.many(once.examples, 'example')} in batches of "
        f"{once.batch_size} made {passes}. There is no max_steps.",
        ("keras_steps_per_epoch", "keras_epochs"),
    )


def _steps_of(entry: Entry) -> str:
    """Return the number of steps that changed first, or nothing."""
    shifts = (shift for shift in entry.shifts if shift.consequence is Consequence.STEPS and type(shift.new) is int)
    return next((f"{words.steps(shift.old)} -> {words.steps(shift.new)}" for shift in shifts), "")


def _record(history: History, minor: str) -> Record | None:
    of_minor = [record for record in history.records if words.minor(record.header.versions.tensorflow) == minor]
    return of_minor[0] if of_minor else None


def _is_there(history: History, name: str) -> bool:
    return any(
        result.measured is not None and result.experiment.partition("[")[0] == name
        for record in history.records
        for result in record.results
    )


def _steps_by_release(history: History, case: str) -> str:
    spans = history.spans((case, "quick"), lambda result, _: (result.measured or {}).get("steps"))
    return " and ".join(f"{words.steps(span.value)} ({words.span(span, history)})" for span in spans if span.value)
