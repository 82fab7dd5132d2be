"""Sentences as data: a code with its parameters, and the template that says it."""

from typing import Any, Dict, List, NamedTuple

from estimator_semantics.law.primitives import grouped


class Range(NamedTuple):
    """A count that the order of events decides.

    Attributes:
        lowest: the least it can be.
        highest: the most it can be.
    """

    lowest: int
    highest: int


class Said(NamedTuple):
    """A clause or a sentence, as data.

    Attributes:
        code: which one, of `TEMPLATES`.
        parameters: what its template names: counts, ranges, words, tuples of these, and clauses.
    """

    code: str
    parameters: Dict[str, Any] = {}  # noqa: RUF012 (nothing changes parameters in place)


# A template names a parameter in braces, and after a colon how it is shown:
#   {steps}           as it is
#   {steps:,}         1,000
#   {steps:step}      1 step, 1,000 steps, 3 to 5 steps
#   {steps:is|are}    is, of one; are, of any other number, or of several things
#   {apis:and}        one and another; also or, list (one; another), comma (one, another) and rest (one, and another)
TEMPLATES = {
    "nothing": "",
    # Subjects, and how long they run.
    "training": "Training",
    "evaluation": "Evaluation",
    "prediction": "Prediction",
    "never_ends": "{who} never ends: {why}, and {no_bound}.",
    "runs": "{who} runs {steps:step}: {why}. {used}.",
    # Which bound stops it.
    "data_is_endless": "the data is endless (num_epochs=None)",
    "has_no_bound": "{api} has no steps",
    "bound_not_given": "{bound} is not given",
    "bounds_not_given": "neither {bound} nor {other} is given",
    "no_example": "numpy_input_fn raises an error, because there is no example",
    "data_ends": "the data ends, and {no_bound}; {data}",
    "data_ends_before": "the data ends before {bound} is reached; {data}",
    "reached_already": "{bound} is reached already",
    "reached_on_endless_data": "{bound} is reached, and the data is endless (num_epochs=None)",
    "reached_with_the_last_batch": "{bound} is reached with the last batch of the data; {data}",
    "reached_before_the_end": "{bound} is reached before the end of the data; {data}",
    "reached_beyond_the_data": "{bound} is reached; {data}",
    "why_and_note": "{why}; {note}",
    "calls_input_fn_again": "until TensorFlow {until} train_and_evaluate calls input_fn again whenever the data ends",
    "ends_with_the_data": "since TensorFlow {since} train_and_evaluate ends when the data does",
    "steps": "steps={steps:,}",
    "max_steps": "max_steps={max_steps:,}",
    "max_steps_from": "max_steps={max_steps:,}, from global step {global_step:,} on,",
    # The data.
    "data": "{epochs} of {examples:example}{threads} in {batches} of {batch_size:,} {num_epochs:makes|make} {made}",
    "epochs": "{num_epochs:epoch}",
    "any_epochs": "any number of epochs",
    "threads": ", once for each of {num_threads:,} threads,",
    "batches": "batches",
    "full_batches": "full batches",
    "made_steps": "{count:step}",
    "made_batches": "{count:batch}",
    # What is used of it.
    "used": "{parts:rest}",
    "uses_examples": "It uses {examples:example}",
    "epochs_completed": "{epochs:epoch} completed",
    "share_of_epoch": "{share} % of one epoch",
    "small_share_of_epoch": "less than 0.0001 % of one epoch",
    "nearly_all_of_epoch": "nearly all of one epoch",
    "updates_weights": "the optimizer updates the weights {updates:time}",
    "ragged_batch": "the last batch holds {last_batch:,} instead of {batch_size:,}",
    "global_step_stays": "the global step stays at {global_step:,}",
    "global_step_ends": "the global step ends at {global_step:,}",
    # Keras.
    "fit_never_ends": "Training never ends: {why}.",
    "fit_raises": "Keras {generation} raises an error after {steps:step}: {why}.",
    "fit_refuses": "Keras {generation} refuses to train: {why}.",
    "fit_has_no_epoch": "Training runs 0 steps: initial_epoch={initial_epoch:,} is not below epochs={epochs:,}.",
    "fit_runs": "Training runs {steps:step}: {shape}. {end}. {used}.",
    "in_one_epoch": "{steps:step} in one epoch",
    "in_each_epoch": "{steps:step} in each of {epochs:,} epochs",
    "in_epochs": "{shown:comma} in {epochs:,} epochs",
    "in_many_epochs": "{shown:comma}, ... in {epochs:,} epochs",
    "epoch_ends_with_data": "An epoch ends when the data does",
    "epoch_has_its_steps": "Every epoch has the steps that steps_per_epoch={steps_per_epoch:,} asks for",
    "asks_for_more": "steps_per_epoch={steps_per_epoch:,} asks for more than the data has left. ",
    "keras_2_ends": "{asked}Keras 2 stops training when the data runs out",
    "keras_3_goes_on": "{asked}Keras 3 ends the epoch when the data runs out, and starts the next one{empty}",
    "epochs_without_step": "; {epochs:epoch} {epochs:trains|train} nothing",
    # Why fit raises an error.
    "fit_data_is_endless": "the data is endless (num_epochs=None), and steps_per_epoch is not given",
    "no_batch": "the data has no batch",
    "looks_for_ever": "TensorFlow {since} never finishes reading arrays without an example",
    "short_execution": "the first execution takes {execution:,} batches, and the data has {batches:,}",
    "epochs_not_positive": "epochs=0 is not positive",
    "generator_has_no_size": "a generator has no size, and steps_per_epoch is not given",
    "execution_wants_steps": (
        "steps_per_execution={steps_per_execution:,} needs steps_per_epoch if the size of the data is not known"
    ),
    # Why numpy_input_fn raises one.
    "without_example": "no example",
    # Several workers or replicas.
    "cluster_never_ends": "Training never ends: the data is endless (num_epochs=None), and neither steps nor max_steps is given.",
    "cluster_runs": "Training runs {steps:step}: {why}. {how}. {usage}.",
    "cluster_data_ends": "the data ends; {data}",
    "cluster_reached": "{bound} is reached",
    "counted_by_each": "{bound} is counted by each worker from the global step that it finds",
    "bounds_together": "{bound} bounds all workers together, and steps that are under way when it is reached come on top",
    "batch_for_each_replica": "Each step takes a batch for each of {workers:replica}{left}",
    "empty_batches": (
        "; in the last one {empty:replica} {empty:has|have} an empty batch, and a loss that is a mean over no example is NaN: then "  # noqa: E501 (random_plans measures the text)
        "training raises NanLossDuringTrainingError, and what it trained is not saved"
    ),
    "left_over": "; {batches:batch} {batches:is|are} left over",
    "batch_of_each_worker": "Each step takes a batch of each of {workers:worker}, and each reads all of the data on its own",
    "chief_is_alone": "The chief is alone, and calls input_fn once",
    "each_reads_all": "Each of {workers:worker} reads all of the data on its own, and runs {steps:,} of the steps",
    "usage_is_open": (
        "How often each example is used depends on the order of events; the global step ends at {global_step:,}"
    ),
    "usage_is": "Used: {used:comma}; the global step ends at {global_step:,}",
    "usage_is_nothing": "The global step ends at {global_step:,}",
    "used_never": "{count:example} never",
    "used_once": "{count:example} once",
    "used_twice": "{count:example} twice",
    "used_often": "{count:example} {times:,} times",
    # Where a release lacks a call.
    "estimator_removed": (
        "tf.estimator was removed from TensorFlow in {since}; python -m estimator_semantics.bridge runs a program with it there."
    ),
    # Why a plan is refused: what follows the value.
    "not_whole": "must be a whole number, at least {lowest}",
    "not_whole_or_none": "must be a whole number, at least {lowest}, or none",
    "too_large": "must fit into 64 bits, at most 2**63 - 1",
    "not_a_choice": "must be one of: {choices:list}",
    "no_such_bound": "{api} has no such bound",
    "other_bound": "{api} has no such bound, only {others:and}",
    "only_has": "only {apis:and} {apis:has|have} that; {api} does not",
    "only_takes": "only {apis:and} {apis:takes|take} that; {api} does not",
    "does_not_take": "{api} does not take that",
    "steps_or_max_steps": (
        "give either steps (counts from where training starts) or max_steps={max_steps} (absolute), not both"
    ),
    "sum_too_large": "is added to global_step={global_step}, and the sum must fit into 64 bits; give {most} at most",
    "global_step_too_large": "is added to global_step={global_step}, and the sum must fit into 64 bits; give a lower global_step",
    "end_too_large": "training would end at step {end}, which does not fit into 64 bits; give less",
    "keeps_last_batch": "{input} keeps the last batch; only a Dataset can drop it",
    "threads_of_numpy": "only numpy_input_fn reads the data once for each thread",
    "keras_is_2_or_3": "must be 2 or 3",
    "epochs_of_arrays": "arrays hold each example once; give epochs instead",
    "dataset_knows_size": "only a Dataset can have an unknown size",
    "takes_a_dataset": "takes its data from a Dataset",
    "workers_of_strategy": "several workers need a strategy",
    "too_many_workers": "the law counts the steps of each, of {most:,} at most",
    "too_many_epochs": "the law goes through epochs one by one, {most:,} at most",
    "not_a_version": "not a version; give one like {example}",
    "unknown_keras": "the law is about Keras 2 and Keras 3",
    "keras_of_tensorflow": "tf.keras is Keras 2 until TensorFlow {until}; {release} has no Keras 3",
    "came_with": "needs {of} {since} or later; {release} does not have it",
    "fit_came_with": "the law covers fit since TensorFlow {since}, not in {release}",
    "dataset_came_with": (
        "an input_fn can return a Dataset since TensorFlow {since}; in {release}, return "
        "dataset.make_one_shot_iterator().get_next()"
    ),
    "drop_remainder_came_with": (
        "needs TensorFlow {since} or later; in {release}, apply tf.contrib.data.batch_and_drop_remainder(batch_size) to the Dataset"  # noqa: E501 (random_plans measures the text)
    ),
    "execution_came_with": (
        "needs TensorFlow {since} or later, where it is experimental_steps_per_execution; compile in {release} does not have it"
    ),
}

NOTHING = Said("nothing")


def say(said: Said) -> str:
    """Return a clause or a sentence as text."""
    parts = []  # type: List[str]
    for part in TEMPLATES[said.code].split("{"):
        pieces = part.split("}")
        if len(pieces) == 1:
            parts.append(part)  # what is before the first parameter
        else:
            named, rest = pieces
            name, shown = named.split(":") if ":" in named else [named, ""]
            parts.append(_shown(said.parameters[name], shown))
            parts.append(rest)
    return "".join(parts)


def many(count: Any, noun: str) -> str:
    """Return a count or a range with its noun: ``1 step``, ``1,000 steps``, ``5 batches``, ``3 to 5 steps``."""
    return "{} {}{}".format(number(count), noun, "" if count == 1 else "es" if noun.endswith("tch") else "s")


def number(count: Any) -> str:
    """Return a count or a range in figures: ``1,000``, ``3 to 5``."""
    if isinstance(count, Range):
        return "{} to {}".format(grouped(count.lowest), grouped(count.highest))
    return grouped(count)


def listed(texts: List[str], link: str) -> str:
    """Return texts joined into one: ``"a, b and c"``.

    Args:
        texts: one or more.
        link: how they are joined: ``"and"``, ``"or"``, ``"list"``, ``"comma"``, or ``"rest"`` (a comma before "and" as well).
    """
    if link == "list":
        return "; ".join(texts)
    if link == "comma" or len(texts) == 1:
        return ", ".join(texts)
    last = ", and " if link == "rest" else " {} ".format(link)
    return "{}{}{}".format(", ".join(texts[:-1]), last, texts[-1])


def _shown(value: Any, how: str) -> str:
    if isinstance(value, Said):
        return say(value)
    if "|" in how:
        one, several = how.split("|")
        return one if (len(value) == 1 if isinstance(value, tuple) else value == 1) else several
    if isinstance(value, tuple) and not isinstance(value, Range):
        return listed([_shown(each, ",") for each in value], how)
    if isinstance(value, str):
        return value
    if how == "":
        return str(value)
    return number(value) if how == "," else many(value, how)
