"use strict";
// The law, from estimator_semantics/law. Written by `python -m estimator_semantics.host.translation`; do not edit it.

const law = (() => {
  // What the law takes from Python and JavaScript has in another way. Whole numbers are BigInt, tuples and lists are arrays, dicts
  // are Maps, None is null. The last three functions are those of law/primitives.py.

  class Record {
    constructor(...values) {
      const { fields, defaults } = new.target;
      fields.forEach((field, at) => {
        this[field] = at < values.length && values[at] !== undefined ? values[at] : defaults[field];
      });
    }

    _replace(changes) {
      return Object.assign(Object.create(Object.getPrototypeOf(this)), this, changes);
    }
  }

  class InvalidPlan extends Error {
    constructor(field, value, code, parameters = new Map(), give = null) {
      super(code);
      Object.assign(this, { field, value, code, parameters, give });
    }
  }

  const truth = (value) => (Array.isArray(value) ? value.length > 0 : value instanceof Map ? value.size > 0 : Boolean(value));
  const isInstance = (value, of) => value instanceof of;
  const equal = (one, other) => one === other
    || (one instanceof Record && other instanceof Record && one.constructor === other.constructor
      && one.constructor.fields.every((field) => equal(one[field], other[field])))
    || (one instanceof Map && other instanceof Map && one.size === other.size && [...one].every(([key, value]) => equal(value, other.get(key))))
    || (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((each, at) => equal(each, other[at])));

  const list = (values) => (values instanceof Map ? [...values.keys()] : [...values]);
  const len = (values) => BigInt(values.size ?? values.length);
  const has = (values, value) => (values instanceof Map ? values.has(value) : values.includes(value));
  const at = (values, index) => (values instanceof Map ? values.get(index) : values.at(Number(index)));
  const put = (values, index, value) => {
    if (values instanceof Map) values.set(index, value);
    else values[Number(index) < 0 ? values.length + Number(index) : Number(index)] = value;
  };
  const get = (map, key, otherwise = null) => (map.has(key) ? map.get(key) : otherwise);
  const slice = (values, from, to) => values.slice(from === null ? 0 : Number(from), to === null ? undefined : Number(to));
  const items = (map) => [...map];
  const count = (values, value) => BigInt(values.filter((each) => each === value).length);
  const zfill = (text, width) => text.padStart(Number(width), "0");
  const range = (...bounds) => {
    const [from, to] = bounds.length === 1 ? [0n, bounds[0]] : bounds;
    return Array.from({ length: from < to ? Number(to - from) : 0 }, (_, more) => from + BigInt(more));
  };

  const floordiv = (one, other) => (one % other !== 0n && one < 0n !== other < 0n ? one / other - 1n : one / other);
  const divmod = (one, other) => [floordiv(one, other), one - floordiv(one, other) * other];
  const mod = (one, other) => divmod(one, other)[1];
  const least = (one, other) => (compared(other, one) < 0 ? other : one);
  const greatest = (one, other) => (compared(other, one) > 0 ? other : one);
  const min = (...values) => (values.length === 1 ? values[0] : values).reduce(least);
  const max = (...values) => (values.length === 1 ? values[0] : values).reduce(greatest);
  const sum = (values) => values.reduce((all, each) => all + each, 0n);
  const all = (values) => values.every(truth);
  const compared = (one, other) => {
    if (!Array.isArray(one)) return one < other ? -1 : one > other ? 1 : 0;
    const differs = one.findIndex((each, index) => each !== other[index]);
    return differs < 0 ? 0 : compared(one[differs], other[differs]);
  };
  const sorted = (values, reverse = false) => list(values).sort(reverse ? (one, other) => compared(other, one) : compared);
  const int = (text) => BigInt(text.replace("+", ""));

  const whole = (value) => (typeof value === "bigint" ? value : null);
  const groups = (pattern, text) => {
    const found = new RegExp(`^(?:${pattern})$`).exec(text);
    return found && found.slice(1).map((group) => group ?? null);
  };
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

  const law = { InvalidPlan, grouped };

  law.wording = (() => {
    class Range extends Record {
      static fields = ["lowest", "highest"];
      static defaults = {  };
    }
    class Said extends Record {
      static fields = ["code", "parameters"];
      static defaults = { parameters: new Map([]) };
    }
    const TEMPLATES = new Map([
      ["nothing", ""],
      ["training", "Training"],
      ["evaluation", "Evaluation"],
      ["prediction", "Prediction"],
      ["never_ends", "{who} never ends: {why}, and {no_bound}."],
      ["runs", "{who} runs {steps:step}: {why}. {used}."],
      ["data_is_endless", "the data is endless (num_epochs=None)"],
      ["has_no_bound", "{api} has no steps"],
      ["bound_not_given", "{bound} is not given"],
      ["bounds_not_given", "neither {bound} nor {other} is given"],
      ["no_example", "numpy_input_fn raises an error, because there is no example"],
      ["data_ends", "the data ends, and {no_bound}; {data}"],
      ["data_ends_before", "the data ends before {bound} is reached; {data}"],
      ["reached_already", "{bound} is reached already"],
      ["reached_on_endless_data", "{bound} is reached, and the data is endless (num_epochs=None)"],
      ["reached_with_the_last_batch", "{bound} is reached with the last batch of the data; {data}"],
      ["reached_before_the_end", "{bound} is reached before the end of the data; {data}"],
      ["reached_beyond_the_data", "{bound} is reached; {data}"],
      ["why_and_note", "{why}; {note}"],
      ["calls_input_fn_again", "until TensorFlow {until} train_and_evaluate calls input_fn again whenever the data ends"],
      ["ends_with_the_data", "since TensorFlow {since} train_and_evaluate ends when the data does"],
      ["steps", "steps={steps:,}"],
      ["max_steps", "max_steps={max_steps:,}"],
      ["max_steps_from", "max_steps={max_steps:,}, from global step {global_step:,} on,"],
      ["data", "{epochs} of {examples:example}{threads} in {batches} of {batch_size:,} {num_epochs:makes|make} {made}"],
      ["epochs", "{num_epochs:epoch}"],
      ["any_epochs", "any number of epochs"],
      ["threads", ", once for each of {num_threads:,} threads,"],
      ["batches", "batches"],
      ["full_batches", "full batches"],
      ["made_steps", "{count:step}"],
      ["made_batches", "{count:batch}"],
      ["used", "{parts:rest}"],
      ["uses_examples", "It uses {examples:example}"],
      ["epochs_completed", "{epochs:epoch} completed"],
      ["share_of_epoch", "{share} % of one epoch"],
      ["small_share_of_epoch", "less than 0.0001 % of one epoch"],
      ["nearly_all_of_epoch", "nearly all of one epoch"],
      ["updates_weights", "the optimizer updates the weights {updates:time}"],
      ["ragged_batch", "the last batch holds {last_batch:,} instead of {batch_size:,}"],
      ["global_step_stays", "the global step stays at {global_step:,}"],
      ["global_step_ends", "the global step ends at {global_step:,}"],
      ["fit_never_ends", "Training never ends: {why}."],
      ["fit_raises", "Keras {generation} raises an error after {steps:step}: {why}."],
      ["fit_refuses", "Keras {generation} refuses to train: {why}."],
      ["fit_has_no_epoch", "Training runs 0 steps: initial_epoch={initial_epoch:,} is not below epochs={epochs:,}."],
      ["fit_runs", "Training runs {steps:step}: {shape}. {end}. {used}."],
      ["in_one_epoch", "{steps:step} in one epoch"],
      ["in_each_epoch", "{steps:step} in each of {epochs:,} epochs"],
      ["in_epochs", "{shown:comma} in {epochs:,} epochs"],
      ["in_many_epochs", "{shown:comma}, ... in {epochs:,} epochs"],
      ["epoch_ends_with_data", "An epoch ends when the data does"],
      ["epoch_has_its_steps", "Every epoch has the steps that steps_per_epoch={steps_per_epoch:,} asks for"],
      ["asks_for_more", "steps_per_epoch={steps_per_epoch:,} asks for more than the data has left. "],
      ["keras_2_ends", "{asked}Keras 2 stops training when the data runs out"],
      ["keras_3_goes_on", "{asked}Keras 3 ends the epoch when the data runs out, and starts the next one{empty}"],
      ["epochs_without_step", "; {epochs:epoch} {epochs:trains|train} nothing"],
      ["fit_data_is_endless", "the data is endless (num_epochs=None), and steps_per_epoch is not given"],
      ["no_batch", "the data has no batch"],
      ["looks_for_ever", "TensorFlow {since} never finishes reading arrays without an example"],
      ["short_execution", "the first execution takes {execution:,} batches, and the data has {batches:,}"],
      ["epochs_not_positive", "epochs=0 is not positive"],
      ["generator_has_no_size", "a generator has no size, and steps_per_epoch is not given"],
      [
        "execution_wants_steps",
        "steps_per_execution={steps_per_execution:,} needs steps_per_epoch if the size of the data is not known",
      ],
      ["without_example", "no example"],
      [
        "cluster_never_ends",
        "Training never ends: the data is endless (num_epochs=None), and neither steps nor max_steps is given.",
      ],
      ["cluster_runs", "Training runs {steps:step}: {why}. {how}. {usage}."],
      ["cluster_data_ends", "the data ends; {data}"],
      ["cluster_reached", "{bound} is reached"],
      ["counted_by_each", "{bound} is counted by each worker from the global step that it finds"],
      [
        "bounds_together",
        "{bound} bounds all workers together, and steps that are under way when it is reached come on top",
      ],
      ["batch_for_each_replica", "Each step takes a batch for each of {workers:replica}{left}"],
      [
        "empty_batches",
        "; in the last one {empty:replica} {empty:has|have} an empty batch, and a loss that is a mean over no example is NaN: then training raises NanLossDuringTrainingError, and what it trained is not saved",
      ],
      ["left_over", "; {batches:batch} {batches:is|are} left over"],
      [
        "batch_of_each_worker",
        "Each step takes a batch of each of {workers:worker}, and each reads all of the data on its own",
      ],
      ["chief_is_alone", "The chief is alone, and calls input_fn once"],
      ["each_reads_all", "Each of {workers:worker} reads all of the data on its own, and runs {steps:,} of the steps"],
      [
        "usage_is_open",
        "How often each example is used depends on the order of events; the global step ends at {global_step:,}",
      ],
      ["usage_is", "Used: {used:comma}; the global step ends at {global_step:,}"],
      ["usage_is_nothing", "The global step ends at {global_step:,}"],
      ["used_never", "{count:example} never"],
      ["used_once", "{count:example} once"],
      ["used_twice", "{count:example} twice"],
      ["used_often", "{count:example} {times:,} times"],
      [
        "estimator_removed",
        "tf.estimator was removed from TensorFlow in {since}; python -m estimator_semantics.bridge runs a program with it there.",
      ],
      ["not_whole", "must be a whole number, at least {lowest}"],
      ["not_whole_or_none", "must be a whole number, at least {lowest}, or none"],
      ["too_large", "must fit into 64 bits, at most 2**63 - 1"],
      ["not_a_choice", "must be one of: {choices:list}"],
      ["no_such_bound", "{api} has no such bound"],
      ["other_bound", "{api} has no such bound, only {others:and}"],
      ["only_has", "only {apis:and} {apis:has|have} that; {api} does not"],
      ["only_takes", "only {apis:and} {apis:takes|take} that; {api} does not"],
      ["does_not_take", "{api} does not take that"],
      [
        "steps_or_max_steps",
        "give either steps (counts from where training starts) or max_steps={max_steps} (absolute), not both",
      ],
      ["sum_too_large", "is added to global_step={global_step}, and the sum must fit into 64 bits; give {most} at most"],
      [
        "global_step_too_large",
        "is added to global_step={global_step}, and the sum must fit into 64 bits; give a lower global_step",
      ],
      ["end_too_large", "training would end at step {end}, which does not fit into 64 bits; give less"],
      ["keeps_last_batch", "{input} keeps the last batch; only a Dataset can drop it"],
      ["threads_of_numpy", "only numpy_input_fn reads the data once for each thread"],
      ["keras_is_2_or_3", "must be 2 or 3"],
      ["epochs_of_arrays", "arrays hold each example once; give epochs instead"],
      ["dataset_knows_size", "only a Dataset can have an unknown size"],
      ["takes_a_dataset", "takes its data from a Dataset"],
      ["workers_of_strategy", "several workers need a strategy"],
      ["too_many_workers", "the law counts the steps of each, of {most:,} at most"],
      ["too_many_epochs", "the law goes through epochs one by one, {most:,} at most"],
      ["not_a_version", "not a version; give one like {example}"],
      ["unknown_keras", "the law is about Keras 2 and Keras 3"],
      ["keras_of_tensorflow", "tf.keras is Keras 2 until TensorFlow {until}; {release} has no Keras 3"],
      ["came_with", "needs {of} {since} or later; {release} does not have it"],
      ["fit_came_with", "the law covers fit since TensorFlow {since}, not in {release}"],
      [
        "dataset_came_with",
        "an input_fn can return a Dataset since TensorFlow {since}; in {release}, return dataset.make_one_shot_iterator().get_next()",
      ],
      [
        "drop_remainder_came_with",
        "needs TensorFlow {since} or later; in {release}, apply tf.contrib.data.batch_and_drop_remainder(batch_size) to the Dataset",
      ],
      [
        "execution_came_with",
        "needs TensorFlow {since} or later, where it is experimental_steps_per_execution; compile in {release} does not have it",
      ],
    ]);
    const NOTHING = new Said("nothing", new Map([]));
    function say(said) {
      let name, named, part, parts, pieces, rest, shown;
      parts = [];
      for (part of list(at(TEMPLATES, said.code).split("{"))) {
        pieces = part.split("}");
        if (len(pieces) === 1n) {
          parts.push(part);
        } else {
          [named, rest] = pieces;
          [name, shown] = (has(named, ":") ? named.split(":") : [named, ""]);
          parts.push(_shown(at(said.parameters, name), shown));
          parts.push(rest);
        }
      }
      return list(parts).join("");
    }
    function many(count, noun) {
      return `${number(count)} ${noun}${(count === 1n ? "" : (truth(noun.endsWith("tch")) ? "es" : "s"))}`;
    }
    function number(count) {
      if (truth(isInstance(count, Range))) {
        return `${grouped(count.lowest)} to ${grouped(count.highest)}`;
      }
      return grouped(count);
    }
    function listed(texts, link) {
      let last;
      if (link === "list") {
        return list(texts).join("; ");
      }
      if ((link === "comma" || len(texts) === 1n)) {
        return list(texts).join(", ");
      }
      last = (link === "rest" ? ", and " : ` ${link} `);
      return `${list(slice(texts, null, -1n)).join(", ")}${last}${at(texts, -1n)}`;
    }
    function _shown(value, how) {
      let one, several;
      if (truth(isInstance(value, Said))) {
        return say(value);
      }
      if (has(how, "|")) {
        [one, several] = how.split("|");
        return (truth((truth(isInstance(value, Array)) ? len(value) === 1n : value === 1n)) ? one : several);
      }
      if ((truth(isInstance(value, Array)) && !truth(isInstance(value, Range)))) {
        return listed(list(value).map((each) => _shown(each, ",")), how);
      }
      if (truth((typeof value === "string"))) {
        return value;
      }
      if (how === "") {
        return String(value);
      }
      return (how === "," ? number(value) : many(value, how));
    }
    return { Range, Said, TEMPLATES, NOTHING, say, many, number, listed, _shown };
  })();

  law.turning_points = (() => {
    class Turn extends Record {
      static fields = ["of", "minor", "experiment", "source", "version"];
      static defaults = { version: "" };
    }
    function since(turn) {
      let major, second;
      [major, second] = turn.minor;
      return `${major}.${second}`;
    }
    function until(turn) {
      let major, second;
      [major, second] = turn.minor;
      return `${major}.${(second - 1n)}`;
    }
    const _RELEASE = "https://github.com/tensorflow/tensorflow/releases/tag/{}";
    const _CODE = "https://github.com/tensorflow/tensorflow/blob/{}";
    const _KERAS = "https://github.com/keras-team/keras/blob/{}";
    const TRAIN_AND_EVALUATE = new Turn(
      "tensorflow",
      [1n, 4n],
      "train_and_evaluate_max_steps",
      "https://github.com/tensorflow/tensorflow/releases/tag/v1.4.0",
      "",
    );
    const TF_DATA = new Turn(
      "tensorflow",
      [1n, 4n],
      "one_shot_iterator",
      "https://github.com/tensorflow/tensorflow/releases/tag/v1.4.0",
      "",
    );
    const DATASET_OF_INPUT_FN = new Turn(
      "tensorflow",
      [1n, 5n],
      "ragged_batches",
      "https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0",
      "",
    );
    const TRAIN_DISTRIBUTE = new Turn(
      "tensorflow",
      [1n, 8n],
      "mirrored_replicas",
      "https://github.com/tensorflow/tensorflow/blob/v1.8.0/tensorflow/python/estimator/run_config.py#L305",
      "",
    );
    const CALLS_INPUT_FN_ONCE = new Turn(
      "tensorflow",
      [1n, 10n],
      "train_and_evaluate_max_steps",
      "https://github.com/tensorflow/tensorflow/issues/19062",
      "",
    );
    const DROP_REMAINDER = new Turn(
      "tensorflow",
      [1n, 10n],
      "ragged_batches",
      "https://github.com/tensorflow/tensorflow/releases/tag/v1.10.0",
      "",
    );
    const MIRRORED_WORKERS = new Turn(
      "tensorflow",
      [1n, 12n],
      "multi_worker_mirrored",
      "https://github.com/tensorflow/tensorflow/releases/tag/v1.12.0",
      "",
    );
    const REPLICAS_IN_ORDER = new Turn(
      "tensorflow",
      [1n, 13n],
      "mirrored_replicas",
      "https://github.com/tensorflow/tensorflow/blob/v1.13.1/tensorflow/python/distribute/values.py#L1192",
      "",
    );
    const EMPTY_BATCHES = new Turn(
      "tensorflow",
      [2n, 0n],
      "mirrored_replicas",
      "https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/distribute/input_lib.py#L256",
      "",
    );
    const NO_EMPTY_BATCHES = new Turn(
      "tensorflow",
      [2n, 4n],
      "mirrored_replicas",
      "https://github.com/tensorflow/tensorflow/blob/v2.4.4/tensorflow/python/distribute/input_lib.py#L1428",
      "",
    );
    const FIT_TAKES_A_DATASET = new Turn(
      "tensorflow",
      [1n, 14n],
      "keras_epochs",
      "https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/keras/engine/training.py",
      "",
    );
    const CUTS_ARRAYS = new Turn(
      "tensorflow",
      [2n, 0n],
      "keras_steps_per_epoch",
      "https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/training_v2.py",
      "",
    );
    const READS_GENERATORS = new Turn(
      "tensorflow",
      [2n, 0n],
      "keras_epochs",
      "https://github.com/tensorflow/tensorflow/blob/v2.0.0/tensorflow/python/keras/engine/data_adapter.py",
      "",
    );
    const LOOKS_FOR_EVER = new Turn(
      "tensorflow",
      [2n, 0n],
      "keras_no_batch",
      "https://github.com/tensorflow/tensorflow/blob/v2.0.4/tensorflow/python/keras/engine/data_adapter.py#L274",
      "",
    );
    const LOOKS_ONCE = new Turn(
      "tensorflow",
      [2n, 1n],
      "keras_no_batch",
      "https://github.com/tensorflow/tensorflow/blob/v2.1.0/tensorflow/python/keras/engine/data_adapter.py",
      "",
    );
    const BEGINS_ANEW = new Turn(
      "tensorflow",
      [2n, 2n],
      "keras_steps_per_epoch",
      "https://github.com/tensorflow/tensorflow/blob/v2.2.0/tensorflow/python/keras/engine/data_adapter.py#L1097",
      "",
    );
    const STEPS_PER_EXECUTION = new Turn(
      "tensorflow",
      [2n, 3n],
      "keras_steps_per_execution",
      "https://github.com/tensorflow/tensorflow/blob/v2.3.0/tensorflow/python/keras/engine/training.py#L468",
      "",
    );
    const KERAS_IS_A_PACKAGE = new Turn("tensorflow", [2n, 6n], "", "https://github.com/tensorflow/tensorflow/releases/tag/v2.6.0", "keras");
    const WANTS_DATA = new Turn(
      "tensorflow",
      [2n, 14n],
      "keras_no_batch",
      "https://github.com/keras-team/keras/blob/v2.15.0/keras/src/engine/data_adapter.py#L1319",
      "",
    );
    const ESTIMATOR_REMOVED = new Turn("tensorflow", [2n, 16n], "", "https://github.com/tensorflow/tensorflow/releases/tag/v2.16.1", "estimator");
    const KERAS_3 = new Turn(
      "tensorflow",
      [2n, 16n],
      "keras_epochs",
      "https://github.com/tensorflow/tensorflow/releases/tag/v2.16.1",
      "",
    );
    const WANTS_EPOCHS = new Turn(
      "tensorflow",
      [2n, 17n],
      "keras_initial_epoch",
      "https://github.com/keras-team/tf-keras/commit/c24bbfac7",
      "",
    );
    const GRADIENT_ACCUMULATION = new Turn(
      "keras",
      [3n, 0n],
      "keras_gradient_accumulation",
      "https://github.com/keras-team/keras/blob/v3.0.5/keras/src/optimizers/base_optimizer.py#L353",
      "",
    );
    const WANTS_AN_EXECUTION = new Turn(
      "keras",
      [3n, 3n],
      "keras_steps_per_execution",
      "https://github.com/keras-team/keras/blob/v3.3.3/keras/src/backend/tensorflow/trainer.py#L321",
      "",
    );
    const WANTS_NOTHING = new Turn(
      "keras",
      [3n, 5n],
      "keras_steps_per_execution",
      "https://github.com/keras-team/keras/releases/tag/v3.5.0",
      "",
    );
    const COUNTS_BATCHES = new Turn("keras", [3n, 7n], "keras_steps_per_epoch", "https://github.com/keras-team/keras/pull/20396", "");
    return {
      Turn,
      since,
      until,
      _RELEASE,
      _CODE,
      _KERAS,
      TRAIN_AND_EVALUATE,
      TF_DATA,
      DATASET_OF_INPUT_FN,
      TRAIN_DISTRIBUTE,
      CALLS_INPUT_FN_ONCE,
      DROP_REMAINDER,
      MIRRORED_WORKERS,
      REPLICAS_IN_ORDER,
      EMPTY_BATCHES,
      NO_EMPTY_BATCHES,
      FIT_TAKES_A_DATASET,
      CUTS_ARRAYS,
      READS_GENERATORS,
      LOOKS_FOR_EVER,
      LOOKS_ONCE,
      BEGINS_ANEW,
      STEPS_PER_EXECUTION,
      KERAS_IS_A_PACKAGE,
      WANTS_DATA,
      ESTIMATOR_REMOVED,
      KERAS_3,
      WANTS_EPOCHS,
      GRADIENT_ACCUMULATION,
      WANTS_AN_EXECUTION,
      WANTS_NOTHING,
      COUNTS_BATCHES,
    };
  })();

  law.schema = (() => {
    const turning_points = law.turning_points;
    const { Turn } = law.turning_points;
    class Plan extends Record {
      static fields = [
        "examples",
        "batch_size",
        "num_epochs",
        "steps",
        "max_steps",
        "global_step",
        "shuffle",
        "api",
        "input",
        "drop_remainder",
        "num_threads",
        "keras",
        "epochs",
        "initial_epoch",
        "steps_per_epoch",
        "steps_per_execution",
        "gradient_accumulation_steps",
        "known_size",
        "strategy",
        "workers",
      ];
      static defaults = {
        num_epochs: 1n,
        steps: null,
        max_steps: null,
        global_step: 0n,
        shuffle: true,
        api: "train",
        input: "numpy_input_fn",
        drop_remainder: false,
        num_threads: 1n,
        keras: null,
        epochs: 1n,
        initial_epoch: 0n,
        steps_per_epoch: null,
        steps_per_execution: 1n,
        gradient_accumulation_steps: 1n,
        known_size: true,
        strategy: null,
        workers: 1n,
      };
    }
    class Choice extends Record {
      static fields = ["name", "label", "apis", "since", "absent"];
      static defaults = { since: null, absent: "came_with" };
    }
    class Argument extends Record {
      static fields = [
        "name",
        "kind",
        "default",
        "required",
        "help",
        "lowest",
        "optional",
        "bound",
        "choices",
        "apis",
        "written",
        "since",
        "absent",
        "option",
        "label",
        "rare",
        "unset",
        "usual",
      ];
      static defaults = {  };
    }
    const COUNT = "count";
    const FLAG = "flag";
    const CHOICE = "choice";
    const DERIVED = "derived";
    const _API = [
      new Choice("train", "train", ["train"], null, "came_with"),
      new Choice(
        "train_and_evaluate",
        "train_and_evaluate",
        ["train_and_evaluate"],
        new Turn(
          "tensorflow",
          [1n, 4n],
          "train_and_evaluate_max_steps",
          "https://github.com/tensorflow/tensorflow/releases/tag/v1.4.0",
          "",
        ),
        "came_with",
      ),
      new Choice("evaluate", "evaluate", ["evaluate"], null, "came_with"),
      new Choice("predict", "predict", ["predict"], null, "came_with"),
      new Choice(
        "fit",
        "Keras: model.fit",
        ["fit"],
        new Turn(
          "tensorflow",
          [1n, 14n],
          "keras_epochs",
          "https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/keras/engine/training.py",
          "",
        ),
        "fit_came_with",
      ),
    ];
    const APIS = ["train", "train_and_evaluate", "evaluate", "predict", "fit"];
    const OF_ESTIMATOR = ["train", "train_and_evaluate", "evaluate", "predict"];
    const OF_KERAS = ["fit"];
    const TRAINS = ["train", "train_and_evaluate"];
    const _INPUT = [
      new Choice(
        "numpy_input_fn",
        "numpy_input_fn",
        ["train", "train_and_evaluate", "evaluate", "predict"],
        null,
        "came_with",
      ),
      new Choice(
        "repeat, then batch",
        "Dataset: repeat, then batch",
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        new Turn(
          "tensorflow",
          [1n, 5n],
          "ragged_batches",
          "https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0",
          "",
        ),
        "dataset_came_with",
      ),
      new Choice(
        "batch, then repeat",
        "Dataset: batch, then repeat",
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        new Turn(
          "tensorflow",
          [1n, 5n],
          "ragged_batches",
          "https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0",
          "",
        ),
        "dataset_came_with",
      ),
      new Choice("arrays", "arrays", ["fit"], null, "came_with"),
      new Choice("generator", "generator", ["fit"], null, "came_with"),
    ];
    const INPUTS = ["numpy_input_fn", "repeat, then batch", "batch, then repeat"];
    const INPUTS_OF_FIT = ["repeat, then batch", "batch, then repeat", "arrays", "generator"];
    const DATASETS = ["repeat, then batch", "batch, then repeat"];
    const _STRATEGY = [
      new Choice(
        "parameter_server",
        "parameter_server",
        ["train", "train_and_evaluate"],
        new Turn(
          "tensorflow",
          [1n, 4n],
          "train_and_evaluate_max_steps",
          "https://github.com/tensorflow/tensorflow/releases/tag/v1.4.0",
          "",
        ),
        "came_with",
      ),
      new Choice(
        "mirrored",
        "mirrored",
        ["train"],
        new Turn(
          "tensorflow",
          [1n, 8n],
          "mirrored_replicas",
          "https://github.com/tensorflow/tensorflow/blob/v1.8.0/tensorflow/python/estimator/run_config.py#L305",
          "",
        ),
        "came_with",
      ),
      new Choice(
        "multi_worker_mirrored",
        "multi_worker_mirrored",
        ["train", "train_and_evaluate"],
        new Turn(
          "tensorflow",
          [1n, 12n],
          "multi_worker_mirrored",
          "https://github.com/tensorflow/tensorflow/releases/tag/v1.12.0",
          "",
        ),
        "came_with",
      ),
    ];
    const STRATEGIES = ["parameter_server", "mirrored", "multi_worker_mirrored"];
    const MIRRORING = ["mirrored", "multi_worker_mirrored"];
    const HIGHEST = 9223372036854775807n;
    const MOST_WORKERS = 100000n;
    const ARGUMENTS = [
      new Argument(
        "examples",
        "count",
        null,
        true,
        "Number of examples in the data.",
        0n,
        false,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "examples",
        "examples",
        false,
        "",
        "700000",
      ),
      new Argument(
        "batch_size",
        "count",
        null,
        true,
        "Number of examples in a batch.",
        1n,
        false,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "batch_size",
        "batch size",
        false,
        "",
        "4",
      ),
      new Argument(
        "num_epochs",
        "count",
        1n,
        false,
        "Passes over the data; none for endless data.",
        0n,
        true,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "num_epochs",
        "num_epochs",
        false,
        "",
        "1",
      ),
      new Argument(
        "steps",
        "count",
        null,
        false,
        "Steps to run in this call; none for no such bound.",
        1n,
        true,
        true,
        [],
        ["train", "evaluate"],
        ["train", "evaluate"],
        null,
        "came_with",
        "steps",
        "steps",
        false,
        "",
        "none",
      ),
      new Argument(
        "max_steps",
        "count",
        null,
        false,
        "Global step at which to stop; none for no such bound.",
        1n,
        true,
        true,
        [],
        ["train", "train_and_evaluate"],
        ["train", "TrainSpec"],
        null,
        "came_with",
        "max_steps",
        "max_steps",
        false,
        "",
        "none",
      ),
      new Argument(
        "global_step",
        "count",
        0n,
        false,
        "Global step before the call.",
        0n,
        false,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "global_step",
        "global step before",
        true,
        "",
        "0",
      ),
      new Argument(
        "shuffle",
        "derived",
        true,
        false,
        "Whether the input shuffles.",
        0n,
        false,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "shuffle",
        "shuffle",
        false,
        "",
        "True",
      ),
      new Argument(
        "api",
        "choice",
        "train",
        false,
        "What to call; without it, a table of every way to train.",
        0n,
        false,
        false,
        [
          new Choice("train", "train", ["train"], null, "came_with"),
          new Choice(
            "train_and_evaluate",
            "train_and_evaluate",
            ["train_and_evaluate"],
            new Turn(
              "tensorflow",
              [1n, 4n],
              "train_and_evaluate_max_steps",
              "https://github.com/tensorflow/tensorflow/releases/tag/v1.4.0",
              "",
            ),
            "came_with",
          ),
          new Choice("evaluate", "evaluate", ["evaluate"], null, "came_with"),
          new Choice("predict", "predict", ["predict"], null, "came_with"),
          new Choice(
            "fit",
            "Keras: model.fit",
            ["fit"],
            new Turn(
              "tensorflow",
              [1n, 14n],
              "keras_epochs",
              "https://github.com/tensorflow/tensorflow/blob/v1.9.0/tensorflow/python/keras/engine/training.py",
              "",
            ),
            "fit_came_with",
          ),
        ],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "api",
        "what is called",
        false,
        "",
        "train",
      ),
      new Argument(
        "input",
        "choice",
        "numpy_input_fn",
        false,
        "Source of the batches; a Dataset is named after the order of its calls. Default: numpy_input_fn; with --api fit and the mirrored strategies, \"repeat, then batch\".",
        0n,
        false,
        false,
        [
          new Choice(
            "numpy_input_fn",
            "numpy_input_fn",
            ["train", "train_and_evaluate", "evaluate", "predict"],
            null,
            "came_with",
          ),
          new Choice(
            "repeat, then batch",
            "Dataset: repeat, then batch",
            ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
            new Turn(
              "tensorflow",
              [1n, 5n],
              "ragged_batches",
              "https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0",
              "",
            ),
            "dataset_came_with",
          ),
          new Choice(
            "batch, then repeat",
            "Dataset: batch, then repeat",
            ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
            new Turn(
              "tensorflow",
              [1n, 5n],
              "ragged_batches",
              "https://github.com/tensorflow/tensorflow/releases/tag/v1.5.0",
              "",
            ),
            "dataset_came_with",
          ),
          new Choice("arrays", "arrays", ["fit"], null, "came_with"),
          new Choice("generator", "generator", ["fit"], null, "came_with"),
        ],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        [],
        null,
        "came_with",
        "input",
        "batches come from",
        true,
        "",
        "numpy_input_fn",
      ),
      new Argument(
        "drop_remainder",
        "flag",
        false,
        false,
        "The Dataset drops a batch that is not full.",
        0n,
        false,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict", "fit"],
        ["batch"],
        new Turn(
          "tensorflow",
          [1n, 10n],
          "ragged_batches",
          "https://github.com/tensorflow/tensorflow/releases/tag/v1.10.0",
          "",
        ),
        "drop_remainder_came_with",
        "drop_remainder",
        "drop_remainder",
        true,
        "",
        "False",
      ),
      new Argument(
        "num_threads",
        "count",
        1n,
        false,
        "Threads of numpy_input_fn.",
        1n,
        false,
        false,
        [],
        ["train", "train_and_evaluate", "evaluate", "predict"],
        ["numpy_input_fn"],
        null,
        "came_with",
        "num_threads",
        "num_threads",
        true,
        "",
        "1",
      ),
      new Argument(
        "keras",
        "derived",
        null,
        false,
        "The Keras whose fit is called, 2 or 3; without it, the Keras behind tf.keras.",
        0n,
        true,
        false,
        [],
        ["fit"],
        [],
        null,
        "came_with",
        "keras",
        "keras",
        false,
        "",
        "none",
      ),
      new Argument(
        "epochs",
        "count",
        1n,
        false,
        "Epoch at which fit ends.",
        0n,
        false,
        true,
        [],
        ["fit"],
        ["fit"],
        null,
        "came_with",
        "epochs",
        "epochs",
        false,
        "",
        "1",
      ),
      new Argument(
        "initial_epoch",
        "count",
        0n,
        false,
        "Epoch at which fit begins.",
        0n,
        false,
        false,
        [],
        ["fit"],
        ["fit"],
        null,
        "came_with",
        "initial_epoch",
        "initial_epoch",
        true,
        "",
        "0",
      ),
      new Argument(
        "steps_per_epoch",
        "count",
        null,
        false,
        "Steps per epoch of fit; none for as many as the data has.",
        1n,
        true,
        true,
        [],
        ["fit"],
        ["fit"],
        null,
        "came_with",
        "steps_per_epoch",
        "steps_per_epoch",
        false,
        "",
        "none",
      ),
      new Argument(
        "steps_per_execution",
        "count",
        1n,
        false,
        "Steps that a compiled Keras model runs in one execution.",
        1n,
        false,
        false,
        [],
        ["fit"],
        ["compile"],
        new Turn(
          "tensorflow",
          [2n, 3n],
          "keras_steps_per_execution",
          "https://github.com/tensorflow/tensorflow/blob/v2.3.0/tensorflow/python/keras/engine/training.py#L468",
          "",
        ),
        "execution_came_with",
        "steps_per_execution",
        "steps_per_execution",
        true,
        "",
        "1",
      ),
      new Argument(
        "gradient_accumulation_steps",
        "count",
        1n,
        false,
        "Steps whose gradients a Keras optimizer adds up for one update of the weights.",
        1n,
        false,
        false,
        [],
        ["fit"],
        ["optimizer"],
        new Turn(
          "keras",
          [3n, 0n],
          "keras_gradient_accumulation",
          "https://github.com/keras-team/keras/blob/v3.0.5/keras/src/optimizers/base_optimizer.py#L353",
          "",
        ),
        "came_with",
        "gradient_accumulation_steps",
        "gradient_accumulation_steps",
        true,
        "",
        "1",
      ),
      new Argument(
        "known_size",
        "flag",
        true,
        false,
        "fit reads a Dataset of unknown size.",
        0n,
        false,
        false,
        [],
        ["fit"],
        [],
        null,
        "came_with",
        "unknown_size",
        "size of the Dataset unknown",
        true,
        "",
        "True",
      ),
      new Argument(
        "strategy",
        "choice",
        null,
        false,
        "How several workers or replicas train; without it, a single process.",
        0n,
        true,
        false,
        [
          new Choice(
            "parameter_server",
            "parameter_server",
            ["train", "train_and_evaluate"],
            new Turn(
              "tensorflow",
              [1n, 4n],
              "train_and_evaluate_max_steps",
              "https://github.com/tensorflow/tensorflow/releases/tag/v1.4.0",
              "",
            ),
            "came_with",
          ),
          new Choice(
            "mirrored",
            "mirrored",
            ["train"],
            new Turn(
              "tensorflow",
              [1n, 8n],
              "mirrored_replicas",
              "https://github.com/tensorflow/tensorflow/blob/v1.8.0/tensorflow/python/estimator/run_config.py#L305",
              "",
            ),
            "came_with",
          ),
          new Choice(
            "multi_worker_mirrored",
            "multi_worker_mirrored",
            ["train", "train_and_evaluate"],
            new Turn(
              "tensorflow",
              [1n, 12n],
              "multi_worker_mirrored",
              "https://github.com/tensorflow/tensorflow/releases/tag/v1.12.0",
              "",
            ),
            "came_with",
          ),
        ],
        ["train", "train_and_evaluate"],
        [],
        null,
        "came_with",
        "strategy",
        "strategy",
        true,
        "one process",
        "none",
      ),
      new Argument(
        "workers",
        "count",
        1n,
        false,
        "Number of workers, the chief included, or of replicas.",
        1n,
        false,
        false,
        [],
        ["train", "train_and_evaluate"],
        [],
        null,
        "came_with",
        "workers",
        "workers or replicas",
        true,
        "",
        "1",
      ),
    ];
    const OF_FIT = [
      "keras",
      "epochs",
      "initial_epoch",
      "steps_per_epoch",
      "steps_per_execution",
      "gradient_accumulation_steps",
      "known_size",
    ];
    function argument_of(name) {
      let argument;
      for (argument of list(ARGUMENTS)) {
        if (equal(argument.name, name)) {
          return argument;
        }
      }
      return null;
    }
    function chosen(argument, value) {
      let choice;
      for (choice of list(argument.choices)) {
        if (equal(choice.name, value)) {
          return choice;
        }
      }
      return null;
    }
    function bounds_of(api) {
      return list(
        list(ARGUMENTS).filter((argument) => (truth(argument.bound) && has(argument.apis, api))).map((argument) => argument.name),
      );
    }
    function usual_input(api, strategy) {
      return ((has(OF_KERAS, api) || has(MIRRORING, strategy)) ? at(DATASETS, 0n) : at(INPUTS, 0n));
    }
    return {
      Plan,
      Choice,
      Argument,
      COUNT,
      FLAG,
      CHOICE,
      DERIVED,
      _API,
      APIS,
      OF_ESTIMATOR,
      OF_KERAS,
      TRAINS,
      _INPUT,
      INPUTS,
      INPUTS_OF_FIT,
      DATASETS,
      _STRATEGY,
      STRATEGIES,
      MIRRORING,
      HIGHEST,
      MOST_WORKERS,
      ARGUMENTS,
      OF_FIT,
      argument_of,
      chosen,
      bounds_of,
      usual_input,
    };
  })();

  law.refusal = (() => {
    const { argument_of } = law.schema;
    const { Said, listed, say } = law.wording;
    class Give extends Record {
      static fields = ["field", "values"];
      static defaults = {  };
    }
    function reason(error) {
      return say(new Said(error.code, error.parameters));
    }
    function remedy(error) {
      let give, given;
      give = error.give;
      if (give === null) {
        return reason(error);
      }
      given = list(give.values).map((value) => _option(give.field, value));
      return `${reason(error)}; give ${listed(given, "or")}`;
    }
    function in_options(error) {
      let argument, field, value;
      argument = argument_of(error.field);
      field = (argument === null ? error.field : argument.option);
      value = (error.value === null ? "none" : error.value);
      return `${_option(field, (truth((typeof value === "boolean")) ? "" : String(value)), false)}: ${remedy(error)}`;
    }
    function _option(name, value, quotes = true) {
      let option;
      option = `--${name.replaceAll("_", "-")}`;
      if (value === "") {
        return option;
      }
      return ((truth(quotes) && has(value, " ")) ? `${option} "${value}"` : `${option} ${value}`);
    }
    return { Give, reason, remedy, in_options, _option };
  })();

  law.release = (() => {
    const { Turn } = law.turning_points;
    function minor(version, field = "tensorflow") {
      let example, major, parts, second;
      parts = groups("([0-9]{1,6})\\.([0-9]{1,6})(?:[^0-9][^\\n]*)?", version);
      if (parts === null) {
        example = (field === "keras" ? "3.10.0" : "2.15.1");
        throw new InvalidPlan(field, version, "not_a_version", new Map([["example", example]]));
      }
      [major, second] = parts;
      return [int(major), int(second)];
    }
    function is_before(version, turn) {
      let its_major, its_second, major, second;
      if (version === null) {
        return false;
      }
      [major, second] = minor(version, turn.of);
      [its_major, its_second] = turn.minor;
      return (major < its_major || (equal(major, its_major) && second < its_second));
    }
    return { minor, is_before };
  })();

  law.plan = (() => {
    const { Give } = law.refusal;
    const {
      APIS,
      ARGUMENTS,
      CHOICE,
      COUNT,
      DATASETS,
      HIGHEST,
      INPUTS,
      INPUTS_OF_FIT,
      MIRRORING,
      MOST_WORKERS,
      OF_FIT,
      STRATEGIES,
      Argument,
      Plan,
      bounds_of,
      chosen,
    } = law.schema;
    function check(plan) {
      let argument, choices, code, parameters, value;
      plan = _counted(plan);
      for (argument of list(ARGUMENTS)) {
        value = plan[argument.name];
        if ((equal(argument.kind, CHOICE) && !equal(value, argument.default) && chosen(argument, value) === null)) {
          choices = list(list(argument.choices).map((choice) => choice.name));
          throw new InvalidPlan(argument.name, value, "not_a_choice", new Map([["choices", choices]]));
        }
      }
      if ((plan.strategy === null && plan.workers !== 1n)) {
        throw new InvalidPlan("workers", plan.workers, "workers_of_strategy", new Map([]), new Give("strategy", STRATEGIES));
      }
      if (plan.workers > MOST_WORKERS) {
        throw new InvalidPlan("workers", plan.workers, "too_many_workers", new Map([["most", MOST_WORKERS]]));
      }
      for (argument of list(ARGUMENTS)) {
        _check_api(plan, argument);
      }
      if ((plan.steps !== null && plan.max_steps !== null)) {
        throw new InvalidPlan("steps", plan.steps, "steps_or_max_steps", new Map([["max_steps", plan.max_steps]]));
      }
      if ((plan.api === "train" && plan.steps !== null && (plan.global_step + plan.steps) > HIGHEST)) {
        code = (plan.global_step < HIGHEST ? "sum_too_large" : "global_step_too_large");
        parameters = new Map([["global_step", plan.global_step], ["most", (HIGHEST - plan.global_step)]]);
        throw new InvalidPlan("steps", plan.steps, code, parameters);
      }
      _check_input(plan);
      return plan;
    }
    function check_end(plan, bound, steps) {
      let end, field;
      end = (has(["evaluate", "predict"], plan.api) ? steps : (plan.global_step + steps));
      if (end <= HIGHEST) {
        return;
      }
      field = (bound === null ? "steps_per_epoch" : bound);
      if (bound === "epochs") {
        field = (plan.api === "fit" ? "epochs" : "num_epochs");
        if (plan.global_step > 0n) {
          field = "global_step";
        }
      }
      throw new InvalidPlan(field, plan[field], "end_too_large", new Map([["end", end]]));
    }
    function count(field, value, lowest, optional = false) {
      let number;
      number = whole(value);
      if ((number === null || number < lowest)) {
        throw new InvalidPlan(field, value, (truth(optional) ? "not_whole_or_none" : "not_whole"), new Map([["lowest", lowest]]));
      }
      if (number > HIGHEST) {
        throw new InvalidPlan(field, `<${_bits(number)} bits>`, "too_large");
      }
      return number;
    }
    function _counted(plan) {
      let argument, counts, value;
      counts = new Map([]);
      for (argument of list(ARGUMENTS)) {
        value = plan[argument.name];
        if ((equal(argument.kind, COUNT) && !(truth(argument.optional) && value === null))) {
          put(counts, argument.name, count(argument.name, value, argument.lowest, argument.optional));
        }
      }
      return plan._replace({ ...Object.fromEntries(counts) });
    }
    function _bits(number) {
      let bits;
      bits = 0n;
      while (number > 0n) {
        number = floordiv(number, 2n);
        bits = (bits + 1n);
      }
      return bits;
    }
    function _check_api(plan, argument) {
      let api, choice, fits, others, value;
      value = plan[argument.name];
      if ((!has(argument.apis, plan.api) && !equal(value, argument.default))) {
        api = new Map([["api", plan.api]]);
        if (len(argument.apis) === 1n) {
          throw new InvalidPlan(argument.name, value, "only_has", _apis(argument.apis, plan), new Give("api", argument.apis));
        }
        if (!truth(argument.bound)) {
          throw new InvalidPlan(argument.name, value, "only_has", _apis(argument.apis, plan));
        }
        others = bounds_of(plan.api);
        if (len(others) === 0n) {
          throw new InvalidPlan(argument.name, value, "no_such_bound", api);
        }
        throw new InvalidPlan(argument.name, value, "other_bound", new Map([["api", plan.api], ["others", others]]));
      }
      choice = chosen(argument, value);
      if ((choice !== null && !has(choice.apis, plan.api) && argument.name !== "api")) {
        if (len(choice.apis) === 1n) {
          throw new InvalidPlan(argument.name, value, "only_takes", _apis(choice.apis, plan), new Give("api", choice.apis));
        }
        fits = list(list(argument.choices).filter((each) => has(each.apis, plan.api)).map((each) => each.name));
        throw new InvalidPlan(argument.name, value, "does_not_take", new Map([["api", plan.api]]), new Give(argument.name, fits));
      }
    }
    function _apis(apis, plan) {
      return new Map([["apis", apis], ["api", plan.api]]);
    }
    function _check_input(plan) {
      let a_dataset;
      a_dataset = new Give("input", DATASETS);
      if ((has(MIRRORING, plan.strategy) && !has(DATASETS, plan.input))) {
        throw new InvalidPlan("strategy", plan.strategy, "takes_a_dataset", new Map([]), a_dataset);
      }
      if ((truth(plan.drop_remainder) && !has(DATASETS, plan.input))) {
        throw new InvalidPlan(
          "drop_remainder",
          plan.drop_remainder,
          "keeps_last_batch",
          new Map([["input", plan.input]]),
          a_dataset,
        );
      }
      if ((plan.num_threads !== 1n && plan.input !== "numpy_input_fn")) {
        throw new InvalidPlan("num_threads", plan.num_threads, "threads_of_numpy");
      }
      if (!has([null, 2n, 3n], plan.keras)) {
        throw new InvalidPlan("keras", plan.keras, "keras_is_2_or_3");
      }
      if ((plan.input === "arrays" && plan.num_epochs !== 1n)) {
        throw new InvalidPlan("num_epochs", plan.num_epochs, "epochs_of_arrays");
      }
      if ((!truth(plan.known_size) && !has(DATASETS, plan.input))) {
        throw new InvalidPlan("known_size", plan.known_size, "dataset_knows_size", new Map([]), a_dataset);
      }
    }
    return { check, check_end, count, _counted, _bits, _check_api, _apis, _check_input };
  })();

  law.bounds = (() => {
    const { Plan } = law.schema;
    function step_bound(plan) {
      if (plan.steps !== null) {
        return ["steps", plan.steps];
      }
      if (plan.max_steps !== null) {
        return ["max_steps", max(0n, (plan.max_steps - plan.global_step))];
      }
      return [null, null];
    }
    function lower(bound, allowed, batches) {
      if ((batches === null || (allowed !== null && allowed <= batches))) {
        return [bound, allowed];
      }
      return ["epochs", batches];
    }
    return { step_bound, lower };
  })();

  law.data = (() => {
    const { is_before } = law.release;
    const { Plan } = law.schema;
    const { CALLS_INPUT_FN_ONCE } = law.turning_points;
    class Data extends Record {
      static fields = ["examples", "batch_size", "round", "rounds", "drop_remainder", "mixed", "shuffle"];
      static defaults = {  };
      get batches() {
        if ((this.round === 0n || this.rounds === 0n)) {
          return 0n;
        }
        if ((this.round === null || this.rounds === null)) {
          return ((this.round !== null && this._batches_of_round() === 0n) ? 0n : null);
        }
        return (this.rounds * this._batches_of_round());
      }
      _batches_of_round() {
        let full, ragged;
        [full, ragged] = divmod(this.round, this.batch_size);
        return (full + ((truth(ragged) && !truth(this.drop_remainder)) ? 1n : 0n));
      }
      consumed(batches) {
        let begun, rounds, whole;
        if (this.round === null) {
          return (batches * this.batch_size);
        }
        if (!truth(batches)) {
          return 0n;
        }
        [rounds, begun] = divmod(batches, this._batches_of_round());
        whole = (this.round - (truth(this.drop_remainder) ? mod(this.round, this.batch_size) : 0n));
        return ((rounds * whole) + min((begun * this.batch_size), whole));
      }
      usage(batches) {
        let begun, consumed, count, counts, dropped, epochs, everything, reached, rounds, times;
        if (!truth(batches)) {
          return _counted(new Map([[0n, this.examples]]));
        }
        consumed = this.consumed(batches);
        everything = (this.batches !== null && equal(batches, this.batches));
        dropped = ((this.round !== null && truth(this.drop_remainder)) ? mod(this.round, this.batch_size) : 0n);
        if ((truth(this.mixed) && (truth(dropped) || !truth(everything)))) {
          return null;
        }
        if ((truth(this.shuffle) && truth(dropped) && this.rounds !== 1n)) {
          return null;
        }
        if ((!equal(this.round, this.examples) || !truth(dropped))) {
          [epochs, begun] = (truth(this.examples) ? divmod(consumed, this.examples) : [0n, 0n]);
          return _counted(new Map([[epochs, (this.examples - begun)], [(epochs + 1n), begun]]));
        }
        reached = (this.examples - dropped);
        [rounds, begun] = (truth(reached) ? divmod(consumed, reached) : [0n, 0n]);
        counts = new Map([[0n, dropped]]);
        for ([times, count] of list([[rounds, (reached - begun)], [(rounds + 1n), begun]])) {
          put(counts, times, (get(counts, times, 0n) + count));
        }
        return _counted(counts);
      }
    }
    class CalledAgain extends Record {
      static fields = ["call"];
      static defaults = {  };
      get batches() {
        return null;
      }
      consumed(batches) {
        let begun, calls;
        [calls, begun] = this._calls(batches);
        return ((calls * this.call.consumed(this._of_call())) + this.call.consumed(begun));
      }
      usage(batches) {
        let begun, calls, rest, whole;
        [calls, begun] = this._calls(batches);
        if (!truth(calls)) {
          return this.call.usage(begun);
        }
        [whole, rest] = [this.call.usage(this._of_call()), this.call.usage(begun)];
        if ((whole === null || rest === null || (len(whole) > 1n && truth(this.call.shuffle)))) {
          return null;
        }
        return stacked(_counted(new Map(list(items(whole)).map(([times, count]) => [(calls * times), count]))), rest);
      }
      _of_call() {
        return this.call.batches;
      }
      _calls(batches) {
        return divmod(batches, this._of_call());
      }
    }
    function data(plan, tensorflow = null) {
      let again, call;
      call = of_call(plan);
      again = (plan.api === "train_and_evaluate" && truth(is_before(tensorflow, CALLS_INPUT_FN_ONCE)));
      return ((truth(again) && truth(call.batches)) ? new CalledAgain(call) : call);
    }
    function of_call(plan) {
      let in_rounds, round_, rounds, threads;
      threads = (plan.input === "numpy_input_fn" ? plan.num_threads : 1n);
      [round_, rounds] = [null, 1n];
      if (plan.input === "batch, then repeat") {
        [round_, rounds] = [plan.examples, plan.num_epochs];
      } else {
        if (plan.num_epochs === null) {
          round_ = (plan.examples > 0n ? null : 0n);
        } else {
          round_ = ((plan.examples * plan.num_epochs) * threads);
        }
      }
      in_rounds = plan.input === "batch, then repeat";
      return new Data(
        plan.examples,
        plan.batch_size,
        round_,
        rounds,
        (truth(plan.drop_remainder) && plan.input !== "numpy_input_fn"),
        (threads > 1n || (truth(plan.shuffle) && plan.num_epochs !== 1n && !truth(in_rounds))),
        plan.shuffle,
      );
    }
    function _counted(usage) {
      return new Map(list(sorted(items(usage))).filter(([times, count]) => truth(count)).map(([times, count]) => [times, count]));
    }
    function stacked(...usages) {
      let column, columns, count, least, times, together, width;
      together = new Map([]);
      columns = list(usages).map((usage) => sorted(items(usage), true));
      while (truth(all(columns))) {
        width = min(list(columns).map((column) => at(at(column, -1n), 1n)));
        times = sum(list(columns).map((column) => at(at(column, -1n), 0n)));
        put(together, times, (get(together, times, 0n) + width));
        for (column of list(columns)) {
          [least, count] = column.pop();
          if (count > width) {
            column.push([least, (count - width)]);
          }
        }
      }
      return _counted(together);
    }
    return { Data, CalledAgain, data, of_call, _counted, stacked };
  })();

  law.fit = (() => {
    const { Data, of_call, stacked } = law.data;
    const { is_before, minor } = law.release;
    const { Plan } = law.schema;
    const {
      BEGINS_ANEW,
      COUNTS_BATCHES,
      CUTS_ARRAYS,
      KERAS_3,
      LOOKS_FOR_EVER,
      LOOKS_ONCE,
      READS_GENERATORS,
      WANTS_AN_EXECUTION,
      WANTS_DATA,
      WANTS_EPOCHS,
      WANTS_NOTHING,
      since,
    } = law.turning_points;
    const { Said } = law.wording;
    const LOOKED_AT = 2n;
    const MOST_EPOCHS = 100000n;
    class Epochs extends Record {
      static fields = ["steps", "passes", "attempts"];
      static defaults = { attempts: [] };
    }
    class Error extends Record {
      static fields = ["steps", "why"];
      static defaults = {  };
    }
    const ENDLESS_DATA = new Said("fit_data_is_endless", new Map([]));
    const NO_BATCH = new Said("no_batch", new Map([]));
    const IN_SEARCH = new Said("looks_for_ever", new Map([["since", "2.0"]]));
    function generation(plan, tensorflow = null, keras = null) {
      let major;
      if (plan.keras !== null) {
        return plan.keras;
      }
      if (keras === null) {
        return (truth(is_before(tensorflow, KERAS_3)) ? 2n : 3n);
      }
      major = at(minor(keras, "keras"), 0n);
      if (!has([2n, 3n], major)) {
        throw new InvalidPlan("keras", keras, "unknown_keras");
      }
      return major;
    }
    function error(plan, tensorflow = null, keras = null) {
      let execution, of_2, release, short, size, why;
      of_2 = generation(plan, tensorflow, keras) === 2n;
      release = of_keras_2(tensorflow, keras);
      size = batches(plan, tensorflow, keras).batches;
      if (truth(looks_for_ever(plan, tensorflow, keras))) {
        return null;
      }
      if ((size === 0n && plan.input === "generator")) {
        return new Error(0n, NO_BATCH);
      }
      why = (truth(of_2) ? _refused_by_keras_2(plan, release, size) : null);
      if (why !== null) {
        return new Error(0n, why);
      }
      if ((plan.epochs <= plan.initial_epoch || size === null)) {
        return null;
      }
      if (truth(of_2)) {
        execution = (plan.steps_per_epoch === null ? 1n : min(plan.steps_per_execution, plan.steps_per_epoch));
        if ((plan.input === "arrays" && plan.steps_per_epoch !== null && truth(is_before(release, CUTS_ARRAYS)))) {
          return null;
        }
      } else {
        if ((truth(is_before(keras, WANTS_AN_EXECUTION)) || !truth(is_before(keras, WANTS_NOTHING)))) {
          return null;
        } else {
          execution = plan.steps_per_execution;
        }
      }
      if (size >= execution) {
        return null;
      }
      short = new Said("short_execution", new Map([["execution", execution], ["batches", size]]));
      return new Error(size, (truth(size) ? short : NO_BATCH));
    }
    function looks_for_ever(plan, tensorflow, keras) {
      let in_2_0, nothing, release;
      release = of_keras_2(tensorflow, keras);
      in_2_0 = (truth(is_before(release, LOOKS_ONCE)) && !truth(is_before(release, LOOKS_FOR_EVER)) && generation(plan, tensorflow, keras) === 2n);
      nothing = (plan.input === "arrays" && plan.examples === 0n && plan.steps_per_epoch === null);
      return (truth(in_2_0) && truth(nothing) && plan.epochs > plan.initial_epoch);
    }
    function _refused_by_keras_2(plan, release, size) {
      let known;
      if ((plan.epochs === 0n && !truth(is_before(release, WANTS_EPOCHS)))) {
        return new Said("epochs_not_positive");
      }
      if (plan.steps_per_epoch !== null) {
        return null;
      }
      if ((plan.input === "generator" && truth(is_before(release, READS_GENERATORS)))) {
        return new Said("generator_has_no_size");
      }
      known = (truth(plan.known_size) && plan.input !== "generator");
      if ((size === null && truth(known))) {
        return ENDLESS_DATA;
      }
      if ((!truth(known) && plan.steps_per_execution > 1n)) {
        return new Said("execution_wants_steps", new Map([["steps_per_execution", plan.steps_per_execution]]));
      }
      return ((size === 0n && truth(known) && !truth(is_before(release, WANTS_DATA))) ? NO_BATCH : null);
    }
    function of_keras_2(tensorflow, keras) {
      return ((tensorflow === null && keras !== null && at(minor(keras, "keras"), 0n) === 2n) ? keras : tensorflow);
    }
    function epochs(plan, tensorflow = null, keras = null) {
      let data, failed;
      failed = error(plan, tensorflow, keras);
      if (failed !== null) {
        return new Epochs([], [failed.steps]);
      }
      if (plan.epochs <= plan.initial_epoch) {
        return new Epochs([], []);
      }
      data = batches(plan, tensorflow, keras);
      if ((plan.steps_per_epoch === null && (data.batches === null || truth(looks_for_ever(plan, tensorflow, keras))))) {
        return null;
      }
      if ((plan.epochs - plan.initial_epoch) > MOST_EPOCHS) {
        throw new InvalidPlan("epochs", plan.epochs, "too_many_epochs", new Map([["most", MOST_EPOCHS]]));
      }
      if (generation(plan, tensorflow, keras) === 2n) {
        return _keras_2(plan, data.batches, !truth(is_before(of_keras_2(tensorflow, keras), BEGINS_ANEW)));
      }
      return _keras_3(plan, data.batches, !truth(is_before(keras, COUNTS_BATCHES)));
    }
    function batches(plan, tensorflow = null, keras = null) {
      if (plan.input === "generator") {
        plan = plan._replace({ input: "batch, then repeat" });
      }
      if ((plan.input === "arrays" && plan.steps_per_epoch !== null && generation(plan, tensorflow, keras) === 2n)) {
        if (truth(is_before(of_keras_2(tensorflow, keras), CUTS_ARRAYS))) {
          plan = plan._replace({ batch_size: max(1n, plan.examples) });
          return of_call(plan._replace({ num_epochs: null, input: "batch, then repeat" }));
        }
        return of_call(plan._replace({ num_epochs: (plan.epochs - plan.initial_epoch), input: "batch, then repeat" }));
      }
      return of_call(plan);
    }
    function usage(plan, trained, data) {
      let counted, part, parts, taken, times;
      counted = new Map([]);
      for (taken of list(trained.passes)) {
        put(counted, taken, (get(counted, taken, 0n) + 1n));
      }
      parts = [];
      for ([taken, times] of list(items(counted))) {
        part = data.usage(taken);
        if ((part === null || (truth(data.shuffle) && len(part) > 1n && len(trained.passes) > 1n))) {
          return null;
        }
        parts.push(new Map(list(items(part)).map(([used, count]) => [(used * times), count])));
      }
      return stacked(new Map([[0n, plan.examples]]), ...parts);
    }
    function updates(plan, trained) {
      let counted, due, epoch, every, steps;
      every = plan.gradient_accumulation_steps;
      if (every === 1n) {
        return null;
      }
      [counted, due] = [0n, 0n];
      for (epoch of list(range(len(trained.steps)))) {
        steps = at(trained.steps, epoch);
        due = (due + (floordiv((counted + steps), every) - floordiv(counted, every)));
        counted = (counted + (steps + at(trained.attempts, epoch)));
      }
      return due;
    }
    function _keras_2(plan, batches, begins_anew) {
      let anew, epoch, known, left, of_size, passes, steps, wanted;
      known = (truth(plan.known_size) && !has(["arrays", "generator"], plan.input));
      of_size = (truth(known) && truth(begins_anew) && equal(plan.steps_per_epoch, batches));
      anew = (plan.input !== "generator" && (plan.steps_per_epoch === null || truth(of_size)));
      steps = [];
      passes = [0n];
      for (epoch of list(range(plan.initial_epoch, plan.epochs))) {
        if ((truth(anew) && truth(steps))) {
          passes.push(0n);
        }
        left = (batches === null ? null : (batches - at(passes, -1n)));
        wanted = (plan.steps_per_epoch !== null ? plan.steps_per_epoch : batches);
        steps.push((left === null ? wanted : min(wanted, left)));
        put(passes, -1n, (at(passes, -1n) + at(steps, -1n)));
        if (at(steps, -1n) < wanted) {
          break;
        }
      }
      return new Epochs(list(steps), list(passes));
    }
    function _keras_3(plan, batches, counts) {
      let _, anew, at_end, attempts, execution, executions, known, left, passes, size, steps, wanted;
      known = (truth(plan.known_size) && plan.input !== "generator");
      execution = plan.steps_per_execution;
      size = batches;
      steps = [];
      passes = [];
      attempts = [];
      anew = true;
      for (_ of list(range(plan.initial_epoch, plan.epochs))) {
        if ((truth(anew) && truth(passes) && plan.input === "generator")) {
          size = (truth(counts) ? min(LOOKED_AT, (batches === null ? 0n : batches)) : 0n);
        }
        if (truth(anew)) {
          passes.push(0n);
        }
        left = (size === null ? null : (size - at(passes, -1n)));
        wanted = (plan.steps_per_epoch !== null ? plan.steps_per_epoch : left);
        executions = -floordiv(-wanted, execution);
        steps.push((left === null ? (executions * execution) : min((executions * execution), left)));
        put(passes, -1n, (at(passes, -1n) + at(steps, -1n)));
        at_end = (left !== null && ((executions * execution) > left || (plan.steps_per_epoch === null && !truth(known))));
        attempts.push(((truth(at_end) && !(truth(counts) && (truth(known) || execution > 1n))) ? 1n : 0n));
        if (plan.steps_per_epoch === null) {
          anew = true;
        } else {
          if (left === null) {
            anew = false;
          } else {
            if (!truth(counts)) {
              anew = (executions * execution) > left;
            } else {
              if (truth(known)) {
                anew = equal(at(passes, -1n), size);
              } else {
                anew = executions > -floordiv(-left, execution);
              }
            }
          }
        }
      }
      return new Epochs(list(steps), list(passes), list(attempts));
    }
    return {
      LOOKED_AT,
      MOST_EPOCHS,
      Epochs,
      Error,
      ENDLESS_DATA,
      NO_BATCH,
      IN_SEARCH,
      generation,
      error,
      looks_for_ever,
      _refused_by_keras_2,
      of_keras_2,
      epochs,
      batches,
      usage,
      updates,
      _keras_2,
      _keras_3,
    };
  })();

  law.prediction = (() => {
    const fit = law.fit;
    const { lower, step_bound } = law.bounds;
    const { data } = law.data;
    const { check, check_end } = law.plan;
    const { Plan } = law.schema;
    const { Said } = law.wording;
    class Prediction extends Record {
      static fields = [
        "steps",
        "global_step",
        "examples",
        "last_batch",
        "epochs",
        "bound",
        "usage",
        "steps_by_epoch",
        "raises",
        "updates",
      ];
      static defaults = { steps_by_epoch: null, raises: null, updates: null };
    }
    const ENDLESS = new Prediction(null, null, null, null, null, null, null, null, null, null);
    const OPTIONAL = ["steps_by_epoch", "raises", "updates"];
    const NO_COUNTS = new Map([
      ["steps", null],
      ["global_step", null],
      ["examples", null],
      ["last_batch", null],
      ["epochs", null],
      ["bound", null],
      ["usage", null],
    ]);
    const NO_EXAMPLE = new Said("without_example", new Map([]));
    function predict(plan, tensorflow = null, keras = null) {
      let allowed, batches, bound, consumed, own_bound, refused, steps;
      plan = check(plan);
      if (plan.api === "fit") {
        return _fit(plan, tensorflow, keras);
      }
      batches = data(plan, tensorflow);
      [own_bound, allowed] = step_bound(plan);
      [bound, steps] = lower(own_bound, allowed, batches.batches);
      if ((bound === null || steps === null)) {
        return ENDLESS;
      }
      check_end(plan, bound, steps);
      consumed = batches.consumed(steps);
      refused = (bound === "epochs" && plan.input === "numpy_input_fn" && plan.examples === 0n);
      return new Prediction(
        steps,
        (plan.global_step + (!has(["evaluate", "predict"], plan.api) ? steps : 0n)),
        consumed,
        (truth(steps) ? (consumed - batches.consumed((steps - 1n))) : 0n),
        (truth(plan.examples) ? floordiv(consumed, plan.examples) : 0n),
        bound,
        batches.usage(steps),
        undefined,
        (truth(refused) ? NO_EXAMPLE : null),
      );
    }
    function _fit(plan, tensorflow, keras) {
      let batches, bound, bounded, consumed, epochs, failed, last, steps, taken;
      epochs = fit.epochs(plan, tensorflow, keras);
      if (epochs === null) {
        return ENDLESS;
      }
      failed = fit.error(plan, tensorflow, keras);
      [steps, batches] = [sum(epochs.passes), fit.batches(plan, tensorflow, keras)];
      consumed = sum(list(epochs.passes).map((taken) => batches.consumed(taken)));
      last = 0n;
      for (taken of list(epochs.passes)) {
        last = (taken > 0n ? taken : last);
      }
      bounded = (plan.steps_per_epoch !== null && truth(all(list(epochs.steps).map((each) => equal(each, plan.steps_per_epoch)))));
      bound = (failed !== null ? null : (truth(bounded) ? "steps_per_epoch" : "epochs"));
      check_end(plan, bound, steps);
      return new Prediction(
        steps,
        (plan.global_step + steps),
        consumed,
        (truth(last) ? (batches.consumed(last) - batches.consumed((last - 1n))) : 0n),
        (truth(plan.examples) ? floordiv(consumed, plan.examples) : 0n),
        bound,
        fit.usage(plan, epochs, batches),
        epochs.steps,
        (failed === null ? null : failed.why),
        fit.updates(plan, epochs),
      );
    }
    return { Prediction, ENDLESS, OPTIONAL, NO_COUNTS, NO_EXAMPLE, predict, _fit };
  })();

  law.cluster = (() => {
    const { lower, step_bound } = law.bounds;
    const { Data, of_call } = law.data;
    const { check, check_end } = law.plan;
    const { is_before } = law.release;
    const { Plan } = law.schema;
    const { EMPTY_BATCHES, NO_EMPTY_BATCHES, REPLICAS_IN_ORDER } = law.turning_points;
    const { Range } = law.wording;
    class ClusterPrediction extends Record {
      static fields = ["steps", "global_step", "steps_of_each_worker", "bound", "usage"];
      static defaults = {  };
    }
    const ENDLESS_CLUSTER = new ClusterPrediction(null, null, null, null, null);
    function predict_cluster(plan, tensorflow = null) {
      let allowed, available, bound, data, over, own_bound, side_by_side, steps, usage;
      plan = check(plan);
      data = of_call(plan);
      if (plan.strategy === "parameter_server") {
        return _parameter_server(plan, data);
      }
      side_by_side = (plan.strategy === "mirrored" ? plan.workers : 1n);
      available = data.batches;
      if (available !== null) {
        over = mod(available, side_by_side);
        available = floordiv(available, side_by_side);
        if ((over > 0n && truth(takes_empty_batches(plan, tensorflow)))) {
          available = (available + 1n);
        }
      }
      [own_bound, allowed] = step_bound(plan);
      [bound, steps] = lower(own_bound, allowed, available);
      if (steps === null) {
        return ENDLESS_CLUSTER;
      }
      check_end(plan, bound, steps);
      usage = data.usage((data.batches === null ? (steps * side_by_side) : min((steps * side_by_side), data.batches)));
      if ((plan.strategy === "mirrored" && truth(is_before(tensorflow, REPLICAS_IN_ORDER)) && !equal((steps * side_by_side), data.batches))) {
        usage = null;
      }
      if (plan.strategy === "multi_worker_mirrored") {
        usage = _times(plan.workers, usage, data);
      }
      return new ClusterPrediction(steps, (plan.global_step + steps), _of_each(plan.workers, steps), bound, usage);
    }
    function takes_empty_batches(plan, tensorflow) {
      let takes;
      takes = (plan.strategy === "mirrored" && !truth(plan.drop_remainder));
      return (truth(takes) && truth(is_before(tensorflow, NO_EMPTY_BATCHES)) && !truth(is_before(tensorflow, EMPTY_BATCHES)));
    }
    function _parameter_server(plan, data) {
      let allowed, beyond, binding, bound, each, highest, highest_of_one, lowest, lowest_of_one, of_one, steps, together, usage;
      [bound, allowed] = step_bound(plan);
      each = data.batches;
      together = (each === null ? null : (plan.workers * each));
      if ((plan.workers === 1n || allowed === null || allowed === 0n || (together !== null && together <= allowed))) {
        [binding, steps] = lower(bound, allowed, together);
        if (steps === null) {
          return ENDLESS_CLUSTER;
        }
        check_end(plan, binding, steps);
        of_one = floordiv(steps, plan.workers);
        usage = _times(plan.workers, data.usage(of_one), data);
        return new ClusterPrediction(steps, (plan.global_step + steps), _of_each(plan.workers, of_one), binding, usage);
      }
      beyond = (2n * (plan.workers - 1n));
      highest = ((allowed * (bound === "steps" ? plan.workers : 1n)) + beyond);
      lowest_of_one = (each === null ? 0n : max(0n, (allowed - ((plan.workers - 1n) * each))));
      if (together !== null) {
        highest = min(highest, together);
      }
      check_end(plan, bound, highest);
      lowest = allowed;
      if (bound === "steps") {
        lowest_of_one = max(1n, lowest_of_one);
        lowest = max(allowed, plan.workers);
      }
      highest_of_one = (each === null ? (allowed + 1n) : min((allowed + 1n), each));
      return new ClusterPrediction(
        _count(lowest, highest),
        _count((plan.global_step + lowest), (plan.global_step + highest)),
        _of_each(plan.workers, _count(lowest_of_one, highest_of_one)),
        bound,
        null,
      );
    }
    function _times(workers, usage, data) {
      if ((usage === null || (workers > 1n && truth(data.shuffle) && len(usage) > 1n))) {
        return null;
      }
      return new Map(list(items(usage)).map(([times, count]) => [(workers * times), count]));
    }
    function _count(lowest, highest) {
      return (equal(lowest, highest) ? lowest : new Range(lowest, highest));
    }
    function _of_each(workers, count) {
      return list(list(range(workers)).map((_) => count));
    }
    return {
      ClusterPrediction,
      ENDLESS_CLUSTER,
      predict_cluster,
      takes_empty_batches,
      _parameter_server,
      _times,
      _count,
      _of_each,
    };
  })();

  law.sentence = (() => {
    const fit = law.fit;
    const { Data, of_call } = law.data;
    const { Prediction } = law.prediction;
    const { is_before } = law.release;
    const { Plan, bounds_of } = law.schema;
    const { CALLS_INPUT_FN_ONCE, since, until } = law.turning_points;
    const { NOTHING, Said, say } = law.wording;
    const _WHO = new Map([["evaluate", new Said("evaluation", new Map([]))], ["predict", new Said("prediction", new Map([]))]]);
    const _TRAINING = new Said("training", new Map([]));
    const _SHOWN = 6n;
    function explain(plan, prediction, tensorflow = null, keras = null) {
      return say(explanation(plan, prediction, tensorflow, keras));
    }
    function explanation(plan, prediction, tensorflow = null, keras = null) {
      let beyond, call, note, who, why;
      if (plan.api === "fit") {
        return _fit(plan, prediction, fit.generation(plan, tensorflow, keras));
      }
      call = of_call(plan);
      note = ((plan.api === "train_and_evaluate" && truth(call.batches)) ? _note(tensorflow) : NOTHING);
      who = get(_WHO, plan.api, _TRAINING);
      if (prediction.steps === null) {
        why = (call.batches === null ? new Said("data_is_endless") : note);
        return new Said("never_ends", new Map([["who", who], ["why", why], ["no_bound", _no_step_bound(plan)]]));
      }
      beyond = (call.batches !== null && prediction.steps > call.batches);
      if (prediction.bound === "epochs") {
        why = _data_ends(plan, call);
      } else {
        if (truth(beyond)) {
          why = new Said("reached_beyond_the_data", new Map([["bound", _step_bound(plan)], ["data", data_of(plan, call)]]));
        } else {
          why = _step_bound_ends(plan, call, prediction.steps);
        }
      }
      if ((!equal(note, NOTHING) && (prediction.bound === "epochs" || truth(beyond)))) {
        why = new Said("why_and_note", new Map([["why", why], ["note", note]]));
      }
      return new Said(
        "runs",
        new Map([["who", who], ["steps", prediction.steps], ["why", why], ["used", _used(plan, prediction)]]),
      );
    }
    function _note(tensorflow) {
      let turn;
      turn = CALLS_INPUT_FN_ONCE;
      if (truth(is_before(tensorflow, turn))) {
        return new Said("calls_input_fn_again", new Map([["until", until(turn)]]));
      }
      return new Said("ends_with_the_data", new Map([["since", since(turn)]]));
    }
    function _no_step_bound(plan) {
      let bounds;
      bounds = bounds_of(plan.api);
      if (len(bounds) === 0n) {
        return new Said("has_no_bound", new Map([["api", plan.api]]));
      }
      if (len(bounds) === 1n) {
        return new Said("bound_not_given", new Map([["bound", at(bounds, 0n)]]));
      }
      return new Said("bounds_not_given", new Map([["bound", at(bounds, 0n)], ["other", at(bounds, 1n)]]));
    }
    function _data_ends(plan, call) {
      if ((plan.examples === 0n && plan.input === "numpy_input_fn")) {
        return new Said("no_example");
      }
      if ((plan.steps === null && plan.max_steps === null)) {
        return new Said("data_ends", new Map([["no_bound", _no_step_bound(plan)], ["data", data_of(plan, call)]]));
      }
      return new Said("data_ends_before", new Map([["bound", _step_bound(plan)], ["data", data_of(plan, call)]]));
    }
    function _step_bound_ends(plan, call, steps) {
      let bound, code;
      bound = _step_bound(plan);
      if ((plan.max_steps !== null && plan.global_step >= plan.max_steps)) {
        return new Said("reached_already", new Map([["bound", bound]]));
      }
      if (call.batches === null) {
        return new Said("reached_on_endless_data", new Map([["bound", bound]]));
      }
      code = (equal(steps, call.batches) ? "reached_with_the_last_batch" : "reached_before_the_end");
      return new Said(code, new Map([["bound", bound], ["data", data_of(plan, call)]]));
    }
    function _step_bound(plan) {
      if (plan.steps !== null) {
        return new Said("steps", new Map([["steps", plan.steps]]));
      }
      if (plan.global_step > 0n) {
        return new Said("max_steps_from", new Map([["max_steps", plan.max_steps], ["global_step", plan.global_step]]));
      }
      return new Said("max_steps", new Map([["max_steps", plan.max_steps]]));
    }
    function data_of(plan, call, made = "made_steps") {
      return new Said(
        "data",
        new Map([
          ["epochs", (plan.num_epochs === null ? new Said("any_epochs") : new Said("epochs", new Map([["num_epochs", plan.num_epochs]])))],
          ["examples", plan.examples],
          ["threads", (plan.num_threads > 1n ? new Said("threads", new Map([["num_threads", plan.num_threads]])) : NOTHING)],
          ["batches", (truth(plan.drop_remainder) ? new Said("full_batches") : new Said("batches"))],
          ["batch_size", plan.batch_size],
          ["num_epochs", plan.num_epochs],
          ["made", new Said(made, new Map([["count", call.batches]]))],
        ]),
      );
    }
    function _fit(plan, prediction, generation) {
      let by_epoch, code, end, epochs, parameters, shape, used;
      if ((prediction.steps === null || prediction.steps_by_epoch === null)) {
        return new Said("fit_never_ends", new Map([["why", (plan.examples > 0n ? fit.ENDLESS_DATA : fit.IN_SEARCH)]]));
      }
      if (prediction.raises !== null) {
        parameters = new Map([["generation", generation], ["steps", prediction.steps], ["why", prediction.raises]]);
        return new Said((prediction.steps > 0n ? "fit_raises" : "fit_refuses"), parameters);
      }
      by_epoch = prediction.steps_by_epoch;
      epochs = len(by_epoch);
      if (epochs === 0n) {
        return new Said("fit_has_no_epoch", new Map([["initial_epoch", plan.initial_epoch], ["epochs", plan.epochs]]));
      }
      if (!truth(_alike(prediction))) {
        code = (epochs <= _SHOWN ? "in_epochs" : "in_many_epochs");
        shape = new Said(code, new Map([["shown", slice(by_epoch, null, _SHOWN)], ["epochs", epochs]]));
      } else {
        if (epochs === 1n) {
          shape = new Said("in_one_epoch", new Map([["steps", at(by_epoch, 0n)]]));
        } else {
          shape = new Said("in_each_epoch", new Map([["steps", at(by_epoch, 0n)], ["epochs", epochs]]));
        }
      }
      end = _epochs_end(plan, prediction, generation);
      used = _used(plan, prediction);
      return new Said("fit_runs", new Map([["steps", prediction.steps], ["shape", shape], ["end", end], ["used", used]]));
    }
    function _alike(prediction) {
      let by_epoch;
      by_epoch = prediction.steps_by_epoch;
      return all(list(by_epoch).map((steps) => equal(steps, at(by_epoch, 0n))));
    }
    function _epochs_end(plan, prediction, generation) {
      let asked, empty, nothing;
      if ((plan.steps_per_epoch === null && truth(_alike(prediction)))) {
        return new Said("epoch_ends_with_data");
      }
      if (prediction.bound === "steps_per_epoch") {
        return new Said("epoch_has_its_steps", new Map([["steps_per_epoch", plan.steps_per_epoch]]));
      }
      asked = NOTHING;
      if (plan.steps_per_epoch !== null) {
        asked = new Said("asks_for_more", new Map([["steps_per_epoch", plan.steps_per_epoch]]));
      }
      if (generation === 2n) {
        return new Said("keras_2_ends", new Map([["asked", asked]]));
      }
      empty = count(prediction.steps_by_epoch, 0n);
      nothing = (empty > 0n ? new Said("epochs_without_step", new Map([["epochs", empty]])) : NOTHING);
      return new Said("keras_3_goes_on", new Map([["asked", asked], ["empty", nothing]]));
    }
    function _used(plan, prediction) {
      let code, parts;
      parts = [new Said("uses_examples", new Map([["examples", prediction.examples]]))];
      if (truth(prediction.epochs)) {
        parts.push(new Said("epochs_completed", new Map([["epochs", prediction.epochs]])));
      } else {
        if (prediction.examples > 0n) {
          parts.push(_share(prediction.examples, plan.examples));
        }
      }
      if (!has([0n, plan.batch_size], prediction.last_batch)) {
        parts.push(new Said("ragged_batch", new Map([["last_batch", prediction.last_batch], ["batch_size", plan.batch_size]])));
      }
      if (prediction.updates !== null) {
        parts.push(new Said("updates_weights", new Map([["updates", prediction.updates]])));
      }
      if (plan.api !== "fit") {
        code = (has(_WHO, plan.api) ? "global_step_stays" : "global_step_ends");
        parts.push(new Said(code, new Map([["global_step", prediction.global_step]])));
      }
      return new Said("used", new Map([["parts", list(parts)]]));
    }
    function _share(examples, epoch) {
      if ((1000n * examples) >= (999n * epoch)) {
        return new Said("nearly_all_of_epoch");
      }
      if (((10n ** 6n) * examples) < epoch) {
        return new Said("small_share_of_epoch");
      }
      return new Said("share_of_epoch", new Map([["share", three_digits((100n * examples), epoch)]]));
    }
    function three_digits(numerator, denominator) {
      let digits, part, places, rest, whole;
      places = 0n;
      while ((numerator * (10n ** places)) < (100n * denominator)) {
        places = (places + 1n);
      }
      [digits, rest] = divmod((numerator * (10n ** places)), denominator);
      if (((2n * rest) > denominator || (equal((2n * rest), denominator) && mod(digits, 2n) === 1n))) {
        digits = (digits + 1n);
      }
      while ((places > 0n && mod(digits, 10n) === 0n)) {
        digits = floordiv(digits, 10n);
        places = (places - 1n);
      }
      if (places === 0n) {
        return String(digits);
      }
      [whole, part] = divmod(digits, (10n ** places));
      return `${whole}.${zfill(String(part), places)}`;
    }
    return {
      _WHO,
      _TRAINING,
      _SHOWN,
      explain,
      explanation,
      _note,
      _no_step_bound,
      _data_ends,
      _step_bound_ends,
      _step_bound,
      data_of,
      _fit,
      _alike,
      _epochs_end,
      _used,
      _share,
      three_digits,
    };
  })();

  law.cluster_sentence = (() => {
    const { ClusterPrediction, takes_empty_batches } = law.cluster;
    const { of_call } = law.data;
    const { Plan } = law.schema;
    const { data_of } = law.sentence;
    const { NOTHING, Range, Said, say } = law.wording;
    const _OFTEN = new Map([[0n, "used_never"], [1n, "used_once"], [2n, "used_twice"]]);
    function explain_cluster(plan, prediction, tensorflow = null) {
      return say(cluster_explanation(plan, prediction, tensorflow));
    }
    function cluster_explanation(plan, prediction, tensorflow = null) {
      if (prediction.steps === null) {
        return new Said("cluster_never_ends");
      }
      return new Said(
        "cluster_runs",
        new Map([
          ["steps", prediction.steps],
          ["why", _why(plan, prediction)],
          ["how", _how(plan, prediction, tensorflow)],
          ["usage", _usage(prediction)],
        ]),
      );
    }
    function _why(plan, prediction) {
      let bound;
      if (prediction.bound === "epochs") {
        return new Said("cluster_data_ends", new Map([["data", data_of(plan, of_call(plan), "made_batches")]]));
      }
      bound = (plan.steps === null ? new Said("max_steps", new Map([["max_steps", plan.max_steps]])) : new Said("steps", new Map([["steps", plan.steps]])));
      if (!truth(isInstance(prediction.steps, Range))) {
        return new Said("cluster_reached", new Map([["bound", bound]]));
      }
      return new Said((prediction.bound === "steps" ? "counted_by_each" : "bounds_together"), new Map([["bound", bound]]));
    }
    function _how(plan, prediction, tensorflow) {
      let batches, empty, left;
      if (plan.strategy === "mirrored") {
        left = NOTHING;
        batches = of_call(plan).batches;
        empty = (batches === null ? 0n : ((prediction.steps * plan.workers) - batches));
        if ((empty > 0n && truth(takes_empty_batches(plan, tensorflow)))) {
          left = new Said("empty_batches", new Map([["empty", empty]]));
        } else {
          if ((prediction.bound === "epochs" && batches !== null && mod(batches, plan.workers) !== 0n)) {
            left = new Said("left_over", new Map([["batches", mod(batches, plan.workers)]]));
          }
        }
        return new Said("batch_for_each_replica", new Map([["workers", plan.workers], ["left", left]]));
      }
      if (plan.strategy === "multi_worker_mirrored") {
        return new Said("batch_of_each_worker", new Map([["workers", plan.workers]]));
      }
      if (plan.workers === 1n) {
        return new Said("chief_is_alone");
      }
      return new Said("each_reads_all", new Map([["workers", plan.workers], ["steps", at(prediction.steps_of_each_worker, 0n)]]));
    }
    function _usage(prediction) {
      let global_step, usage, used;
      [usage, global_step] = [prediction.usage, prediction.global_step];
      if (usage === null) {
        return new Said("usage_is_open", new Map([["global_step", global_step]]));
      }
      used = list(items(usage)).map(([times, count]) => new Said(get(_OFTEN, times, "used_often"), new Map([["count", count], ["times", times]])));
      if (len(used) === 0n) {
        return new Said("usage_is_nothing", new Map([["global_step", global_step]]));
      }
      return new Said("usage_is", new Map([["used", list(used)], ["global_step", global_step]]));
    }
    return { _OFTEN, explain_cluster, cluster_explanation, _why, _how, _usage };
  })();

  law.absent = (() => {
    const { generation, of_keras_2 } = law.fit;
    const { is_before, minor } = law.release;
    const { ARGUMENTS, OF_KERAS, Argument, Plan, chosen } = law.schema;
    const { KERAS_3, Turn, since, until } = law.turning_points;
    function check_release(plan, tensorflow = null, keras = null) {
      let argument, choice, is_absent, of_fit, of_keras, turn, value;
      if (tensorflow !== null) {
        minor(tensorflow);
      }
      of_keras = generation(plan, tensorflow, keras);
      for (argument of list(ARGUMENTS)) {
        value = plan[argument.name];
        choice = chosen(argument, value);
        if ((choice !== null && choice.since !== null && truth(is_before(tensorflow, choice.since)))) {
          throw _absent(argument, value, choice.since, choice.absent, tensorflow);
        }
      }
      if ((of_keras === 3n && truth(is_before(tensorflow, KERAS_3)))) {
        value = (keras === null ? plan.keras : keras);
        throw new InvalidPlan(
          "keras",
          value,
          "keras_of_tensorflow",
          new Map([["until", until(KERAS_3)], ["release", tensorflow]]),
        );
      }
      of_fit = (of_keras === 2n ? of_keras_2(tensorflow, keras) : keras);
      for (argument of list(ARGUMENTS)) {
        value = plan[argument.name];
        turn = argument.since;
        if ((turn !== null && !equal(value, argument.default))) {
          is_absent = is_before(tensorflow, turn);
          if (equal(argument.apis, OF_KERAS)) {
            is_absent = _is_absent(turn, of_keras, of_fit);
          }
          if (truth(is_absent)) {
            throw _absent(argument, value, turn, argument.absent, (equal(argument.apis, OF_KERAS) ? of_fit : tensorflow));
          }
        }
      }
    }
    function _is_absent(turn, of_keras, release) {
      if (turn.of === "keras") {
        return (of_keras === 2n || truth(is_before(release, turn)));
      }
      return (of_keras === 2n && truth(is_before(release, turn)));
    }
    function _absent(argument, value, turn, code, release) {
      let of, parameters;
      of = (turn.of === "keras" ? "Keras" : "TensorFlow");
      parameters = new Map([["of", of], ["since", since(turn)], ["release", (release === null ? "Keras 2" : release)]]);
      return new InvalidPlan(argument.name, value, code, parameters);
    }
    return { check_release, _is_absent, _absent };
  })();

  law.typed = (() => {
    const { ARGUMENTS, COUNT, Plan, usual_input } = law.schema;
    const _MOST_CHARACTERS = 1000n;
    const _WHOLE = "[+-]?[0-9]+(?:_[0-9]+)*";
    const _IN_GROUPS = "[+-]?[0-9]{1,3}(?:[,\\s][0-9]{3})+";
    const _WITH_EXPONENT = "([+-]?[0-9]+)(?:\\.([0-9]+))?[eE]\\+?([0-9]{1,3})";
    const _NOTHING_TYPED = new Plan(
      0n,
      1n,
      1n,
      null,
      null,
      0n,
      true,
      "train",
      "numpy_input_fn",
      false,
      1n,
      null,
      1n,
      0n,
      null,
      1n,
      1n,
      true,
      null,
      1n,
    );
    function number(text) {
      let exponent, given, part, parts, typed, whole, zeros;
      typed = text.trim();
      if (typed.toLowerCase() === "none") {
        return null;
      }
      if (len(typed) > _MOST_CHARACTERS) {
        return text;
      }
      if ((groups(_WHOLE, typed) !== null || groups(_IN_GROUPS, typed) !== null)) {
        return int(list(list(typed).filter((each) => has("-0123456789", each)).map((each) => each)).join(""));
      }
      parts = groups(_WITH_EXPONENT, typed);
      if (parts === null) {
        return text;
      }
      [whole, given, exponent] = parts;
      part = (given === null ? "" : given);
      zeros = (int(exponent) - len(part));
      return (zeros < 0n ? text : (int(`${whole}${part}`) * (10n ** zeros)));
    }
    function plan_of(typed) {
      let argument, fields, given, plan;
      fields = new Map([]);
      for (argument of list(ARGUMENTS)) {
        given = get(typed, argument.name);
        if (given !== null) {
          put(fields, argument.name, (equal(argument.kind, COUNT) ? number(given) : given));
        }
      }
      plan = _NOTHING_TYPED._replace({ ...Object.fromEntries(fields) });
      return (has(fields, "input") ? plan : plan._replace({ input: usual_input(plan.api, plan.strategy) }));
    }
    return { _MOST_CHARACTERS, _WHOLE, _IN_GROUPS, _WITH_EXPONENT, _NOTHING_TYPED, number, plan_of };
  })();

  law.answer = (() => {
    const { check_release } = law.absent;
    const { ClusterPrediction, predict_cluster } = law.cluster;
    const { cluster_explanation } = law.cluster_sentence;
    const { check } = law.plan;
    const { Prediction, predict } = law.prediction;
    const { is_before } = law.release;
    const { OF_ESTIMATOR, Plan } = law.schema;
    const { explanation } = law.sentence;
    const { ESTIMATOR_REMOVED, since } = law.turning_points;
    const { plan_of } = law.typed;
    const { NOTHING, Said } = law.wording;
    class Answer extends Record {
      static fields = ["plan", "prediction", "explanation", "note"];
      static defaults = {  };
    }
    function answer(typed, tensorflow = null, keras = null) {
      let note, plan, prediction, together;
      plan = check(plan_of(typed));
      check_release(plan, tensorflow, keras);
      note = (has(OF_ESTIMATOR, plan.api) ? removed(tensorflow) : NOTHING);
      if (plan.strategy !== null) {
        together = predict_cluster(plan, tensorflow);
        return new Answer(plan, together, cluster_explanation(plan, together, tensorflow), note);
      }
      prediction = predict(plan, tensorflow, keras);
      return new Answer(plan, prediction, explanation(plan, prediction, tensorflow, keras), note);
    }
    function removed(tensorflow) {
      if (truth(is_before(tensorflow, ESTIMATOR_REMOVED))) {
        return NOTHING;
      }
      return new Said("estimator_removed", new Map([["since", since(ESTIMATOR_REMOVED)]]));
    }
    return { Answer, answer, removed };
  })();

  return law;
})();
