"use strict";
// The law, as estimator_semantics/law has it in Python: the same functions in the same order, tested against it plan by
// plan (tests/test_calculator.py). Counts are BigInt, because a global step has 64 bits and a Number has 53.

const law = (() => {
  const APIS = ["train", "train_and_evaluate", "evaluate", "predict", "fit"];
  const DATASETS = ["repeat, then batch", "batch, then repeat"];
  const INPUTS = ["numpy_input_fn", ...DATASETS];
  const INPUTS_OF_FIT = [...DATASETS, "arrays", "generator"];
  const STRATEGIES = ["parameter_server", "mirrored", "multi_worker_mirrored"];
  const MIRRORING = STRATEGIES.slice(1);
  const MOST_WORKERS = 100_000n;
  const HIGHEST = 2n ** 63n - 1n;
  // The first TensorFlow whose tf.keras is Keras 3.
  const KERAS_3 = [2, 16];
  // The first minor whose train_and_evaluate calls input_fn once, and the first that has one.
  const CALLS_ONCE = [1, 10];
  const HAS_TRAIN_AND_EVALUATE = [1, 4];
  const FIT_TAKES_A_DATASET = [1, 14];

  const DEFAULTS = {
    num_epochs: 1n, steps: null, max_steps: null, global_step: 0n, shuffle: true, api: "train", input: "numpy_input_fn",
    drop_remainder: false, num_threads: 1n, keras: null, epochs: 1n, initial_epoch: 0n, steps_per_epoch: null,
    steps_per_execution: 1n, known_size: true, strategy: null, workers: 1n,
  };
  // The smallest value of each count, and whether it may be left out (null).
  const LOWEST = {
    examples: [0n, false], batch_size: [1n, false], num_epochs: [0n, true], steps: [1n, true], max_steps: [1n, true],
    global_step: [0n, false], num_threads: [1n, false], epochs: [0n, false], initial_epoch: [0n, false],
    steps_per_epoch: [1n, true], steps_per_execution: [1n, false], workers: [1n, false],
  };
  const ONLY_FIT = ["keras", "epochs", "initial_epoch", "steps_per_epoch", "steps_per_execution", "known_size"];
  const WITHOUT = {
    train_and_evaluate: [["steps", "train_and_evaluate has no such bound, only max_steps (of its TrainSpec)"]],
    evaluate: [["max_steps", "evaluate has no such bound, only steps"]],
    predict: [["steps", "predict has no such bound"], ["max_steps", "predict has no such bound"]],
    fit: [
      ["steps", "fit has no such bound, only steps_per_epoch"],
      ["max_steps", "fit has no such bound, only steps_per_epoch and epochs"],
    ],
  };
  // How an input that is a Dataset is asked for.
  const A_DATASET = DATASETS.map((name) => `--input "${name}"`).join(" or ");
  const WHO = { evaluate: "Evaluation", predict: "Prediction" };
  const NO_STEP_BOUND = {
    train_and_evaluate: "max_steps is not given", evaluate: "steps is not given", predict: "predict has no steps",
  };

  class InvalidPlan extends Error {
    constructor(field, value, remedy) {
      super(`${field}=${value}: ${remedy}`);
      Object.assign(this, { field, value, remedy });
    }
  }

  // ---- typed.py

  const WHOLE = /^[+-]?[0-9]+(_[0-9]+)*$/;
  const IN_GROUPS = /^[+-]?[0-9]{1,3}([,\s][0-9]{3})+$/;
  const WITH_EXPONENT = /^([+-]?[0-9]+)(\.([0-9]+))?[eE]\+?([0-9]{1,3})$/;

  /** Returns what was typed as a count: a BigInt, null for "none", or the text itself, which check() refuses. */
  function number(text) {
    const typed = text.trim();
    if (typed.toLowerCase() === "none") return null;
    if (typed.length > 1000) return text;
    if (WHOLE.test(typed) || IN_GROUPS.test(typed)) return BigInt(typed.replace(/[,_\s+]/g, ""));
    const found = WITH_EXPONENT.exec(typed);
    if (!found) return text;
    const [, whole, , part = "", exponent] = found;
    const zeros = Number(exponent) - part.length;
    return zeros < 0 ? text : BigInt(`${whole}${part}${"0".repeat(zeros)}`.replace("+", ""));
  }

  // ---- plan.py

  /** Returns the plan, or throws InvalidPlan for the first value that no training accepts. */
  function check(plan) {
    for (const [field, [lowest, optional]] of Object.entries(LOWEST)) {
      if (plan[field] === null && optional) continue;
      const remedy = `must be a whole number, at least ${lowest}${optional ? ", or none" : ""}`;
      if (typeof plan[field] !== "bigint" || plan[field] < lowest) throw new InvalidPlan(field, plan[field], remedy);
      if (plan[field] > HIGHEST) {
        const bits = `<${plan[field].toString(2).length} bits>`;
        throw new InvalidPlan(field, bits, "must fit into 64 bits, at most 2**63 - 1");
      }
    }
    for (const [field, choices] of [["api", APIS], ["input", [...INPUTS, "arrays", "generator"]]]) {
      if (!choices.includes(plan[field])) {
        throw new InvalidPlan(field, plan[field], `must be one of: ${choices.join("; ")}`);
      }
    }
    checkStrategy(plan);
    if (plan.steps !== null && plan.max_steps !== null) {
      const both = `give either steps (counts from where training starts) or max_steps=${plan.max_steps} (absolute), not both`;
      throw new InvalidPlan("steps", plan.steps, both);
    }
    if (plan.api === "train" && plan.steps !== null && plan.global_step + plan.steps > HIGHEST) {
      const most = plan.global_step < HIGHEST ? `${HIGHEST - plan.global_step} at most` : "a lower global_step";
      const sum = `is added to global_step=${plan.global_step}, and the sum must fit into 64 bits; give ${most}`;
      throw new InvalidPlan("steps", plan.steps, sum);
    }
    for (const [field, remedy] of WITHOUT[plan.api] ?? []) {
      if (plan[field] !== null) throw new InvalidPlan(field, plan[field], remedy);
    }
    if (plan.drop_remainder && !DATASETS.includes(plan.input)) {
      throw new InvalidPlan("drop_remainder", true, `${plan.input} keeps the last batch; only a Dataset may drop it; give ${A_DATASET}`);
    }
    if (plan.num_threads !== 1n && plan.input !== "numpy_input_fn") {
      throw new InvalidPlan("num_threads", plan.num_threads, "only numpy_input_fn reads the data once for each thread");
    }
    checkFit(plan);
    return plan;
  }

  /** Throws where a training that ends would end at a global step that is no 64-bit integer. */
  function checkEnd(plan, bound, steps) {
    const end = plan.api in WHO ? steps : plan.global_step + steps;
    if (end <= HIGHEST) return;
    let field = bound ?? "steps_per_epoch";
    if (bound === "epochs") field = plan.global_step ? "global_step" : plan.api === "fit" ? "epochs" : "num_epochs";
    const remedy = `training would end at step ${end}, which does not fit into 64 bits; give less`;
    throw new InvalidPlan(field, plan[field], remedy);
  }

  function checkFit(plan) {
    if (plan.api !== "fit") {
      for (const field of ONLY_FIT) {
        if (plan[field] !== DEFAULTS[field]) throw new InvalidPlan(field, plan[field], `only fit has that; ${plan.api} does not; give --api fit`);
      }
      if (!INPUTS.includes(plan.input)) throw new InvalidPlan("input", plan.input, `only fit takes that; ${plan.api} does not; give --api fit`);
      return;
    }
    if (!INPUTS_OF_FIT.includes(plan.input)) {
      throw new InvalidPlan("input", plan.input, `fit takes no input_fn; give ${A_DATASET}, or arrays, or generator`);
    }
    if (![null, 2, 3].includes(plan.keras)) throw new InvalidPlan("keras", plan.keras, "must be 2 or 3");
    if (plan.input === "arrays" && plan.num_epochs !== 1n) {
      throw new InvalidPlan("num_epochs", plan.num_epochs, "arrays hold each example once; give epochs instead");
    }
    if (!plan.known_size && !DATASETS.includes(plan.input)) {
      throw new InvalidPlan("known_size", plan.known_size, `only a Dataset may be of unknown size; give ${A_DATASET}`);
    }
  }

  function checkStrategy(plan) {
    const oneOf = `must be one of: ${STRATEGIES.join("; ")}`;
    if (plan.strategy === null) {
      if (plan.workers !== 1n) throw new InvalidPlan("workers", plan.workers, `say how they train side by side: strategy ${oneOf}`);
      return;
    }
    const refuse = (remedy) => {
      throw new InvalidPlan("strategy", plan.strategy, remedy);
    };
    if (!STRATEGIES.includes(plan.strategy)) refuse(oneOf);
    if (plan.workers > MOST_WORKERS) throw new InvalidPlan("workers", plan.workers, `the law counts the steps of each, of ${grouped(MOST_WORKERS)} at most`);
    if (plan.api !== "train" && plan.api !== "train_and_evaluate") refuse("only train and train_and_evaluate are known to be distributed");
    if (plan.strategy === "mirrored" && plan.api !== "train") refuse("is known for train");
    if (plan.strategy !== "parameter_server" && plan.input === "numpy_input_fn") {
      refuse(`takes its data from a Dataset; give ${A_DATASET}`);
    }
  }

  // ---- release.py

  function minor(version, field = "tensorflow") {
    const found = /^([0-9]{1,6})\.([0-9]{1,6})(?![0-9])/.exec(version);
    const example = field === "keras" ? "3.10.0" : "2.15.1";
    if (!found) throw new InvalidPlan(field, version, `not a version; give one like ${example}`);
    return [Number(found[1]), Number(found[2])];
  }

  function isBefore(version, [major, second], field = "tensorflow") {
    if (version === null) return false;
    const [its, own] = minor(version, field);
    return its < major || (its === major && own < second);
  }

  // ---- data.py

  /** The batches that an input gives, in rounds that are all alike. */
  class Data {
    constructor(fields) {
      Object.assign(this, fields);
    }

    get batches() {
      if (this.round === 0n || this.rounds === 0n) return 0n;
      if (this.round === null || this.rounds === null) {
        return this.round !== null && this.batchesOfRound() === 0n ? 0n : null;
      }
      return this.rounds * this.batchesOfRound();
    }

    batchesOfRound() {
      const ragged = this.round % this.batch_size;
      return this.round / this.batch_size + (ragged && !this.drop_remainder ? 1n : 0n);
    }

    consumed(batches) {
      if (this.round === null) return batches * this.batch_size;
      if (!batches) return 0n;
      const ofRound = this.batchesOfRound();
      const whole = this.round - (this.drop_remainder ? this.round % this.batch_size : 0n);
      return (batches / ofRound) * whole + least((batches % ofRound) * this.batch_size, whole);
    }

    usage(batches) {
      if (!batches) return counted([[0n, this.examples]]);
      const consumed = this.consumed(batches);
      const everything = this.batches !== null && batches === this.batches;
      const dropped = this.round !== null && this.drop_remainder ? this.round % this.batch_size : 0n;
      if (this.mixed && (dropped || !everything)) return null;
      if (this.shuffle && dropped && this.rounds !== 1n) return null;
      if (this.round !== this.examples || !dropped) {
        const [epochs, begun] = this.examples ? [consumed / this.examples, consumed % this.examples] : [0n, 0n];
        return counted([[epochs, this.examples - begun], [epochs + 1n, begun]]);
      }
      const reached = this.examples - dropped;
      const [rounds, begun] = reached ? [consumed / reached, consumed % reached] : [0n, 0n];
      return counted([[0n, dropped], [rounds, reached - begun], [rounds + 1n, begun]]);
    }
  }

  /** The batches of an input_fn that is called again whenever its data ends: there is no end of them. */
  class CalledAgain {
    constructor(call) {
      this.call = call;
      this.batches = null;
    }

    consumed(batches) {
      const ofCall = this.call.batches;
      return (batches / ofCall) * this.call.consumed(ofCall) + this.call.consumed(batches % ofCall);
    }

    usage(batches) {
      const [calls, begun] = [batches / this.call.batches, batches % this.call.batches];
      if (!calls) return this.call.usage(begun);
      const [whole, rest] = [this.call.usage(this.call.batches), this.call.usage(begun)];
      if (whole === null || rest === null || (whole.length > 1 && this.call.shuffle)) return null;
      return stacked(counted(whole.map(([times, count]) => [calls * times, count])), rest);
    }
  }

  function data(plan, tensorflow) {
    const call = ofCall(plan);
    const again = plan.api === "train_and_evaluate" && isBefore(tensorflow, CALLS_ONCE);
    return again && call.batches ? new CalledAgain(call) : call;
  }

  function ofCall(plan) {
    const inRounds = plan.input === "batch, then repeat";
    const threads = plan.input === "numpy_input_fn" ? plan.num_threads : 1n;
    let [round, rounds] = [null, 1n];
    if (inRounds) [round, rounds] = [plan.examples, plan.num_epochs];
    else if (plan.num_epochs === null) round = plan.examples ? null : 0n;
    else round = plan.examples * plan.num_epochs * threads;
    return new Data({
      examples: plan.examples,
      batch_size: plan.batch_size,
      round,
      rounds,
      drop_remainder: plan.drop_remainder && plan.input !== "numpy_input_fn",
      mixed: threads > 1n || (plan.shuffle && plan.num_epochs !== 1n && !inRounds),
      shuffle: plan.shuffle,
    });
  }

  /** How many examples are used how often: a list of [times, count], the least used first. */
  function counted(pairs) {
    const counts = new Map();
    for (const [times, count] of pairs) counts.set(times, (counts.get(times) ?? 0n) + count);
    return [...counts].filter(([, count]) => count).sort(([one], [other]) => (one < other ? -1 : 1));
  }

  function stacked(...usages) {
    const pairs = [];
    const columns = usages.map((usage) => usage.map((pair) => [...pair]).reverse());
    while (columns.every((column) => column.length)) {
      const width = columns.map((column) => column.at(-1)[1]).reduce(least);
      pairs.push([columns.reduce((sum, column) => sum + column.at(-1)[0], 0n), width]);
      for (const column of columns) {
        const [times, count] = column.pop();
        if (count > width) column.push([times, count - width]);
      }
    }
    return counted(pairs);
  }

  const least = (one, other) => (other < one ? other : one);

  // ---- fit.py

  const BEGINS_ANEW = [2, 2];
  const CUTS_ARRAYS = [2, 0];
  const COUNTS_BATCHES = [3, 7];
  const READS_GENERATORS = [2, 0];
  const WANTS_DATA = [2, 14];
  const WANTS_EPOCHS = [2, 17];
  const WANTS_AN_EXECUTION = [3, 3];
  const WANTS_NOTHING = [3, 5];
  const LOOKED_AT = 2n;
  const MOST_EPOCHS = 100_000n;

  const ENDLESS_DATA = "the data is endless (num_epochs=None), and steps_per_epoch is not given";
  const NO_BATCH = "the data has no batch";
  const LOOKS_FOR_EVER = "TensorFlow 2.0 goes round and round in arrays without an example";

  function generation(plan, tensorflow, keras) {
    if (plan.keras !== null) return plan.keras;
    if (keras === null) return isBefore(tensorflow, KERAS_3) ? 2 : 3;
    const [major] = minor(keras, "keras");
    if (major !== 2 && major !== 3) throw new InvalidPlan("keras", keras, "the law is about Keras 2 and Keras 3");
    return major;
  }

  /** Returns the steps of each epoch and the batches taken from each iterator; null when the first epoch never ends. */
  function epochsOf(plan, tensorflow, keras) {
    const failed = errorOf(plan, tensorflow, keras);
    if (failed) return { steps: [], passes: [failed.steps] };
    if (plan.epochs <= plan.initial_epoch) return { steps: [], passes: [] };
    const found = batchesOfFit(plan, tensorflow, keras);
    if (plan.steps_per_epoch === null && (found.batches === null || looksForEver(plan, tensorflow, keras))) return null;
    if (plan.epochs - plan.initial_epoch > MOST_EPOCHS) {
      throw new InvalidPlan("epochs", plan.epochs, `the law goes through epochs one by one, ${grouped(MOST_EPOCHS)} at most`);
    }
    return generation(plan, tensorflow, keras) === 2
      ? keras2(plan, found.batches, !isBefore(ofKeras2(tensorflow, keras), BEGINS_ANEW))
      : keras3(plan, found.batches, !isBefore(keras, COUNTS_BATCHES, "keras"));
  }

  function batchesOfFit(plan, tensorflow, keras) {
    if (plan.input === "generator") plan = { ...plan, input: "batch, then repeat" };
    if (plan.input === "arrays" && plan.steps_per_epoch !== null && generation(plan, tensorflow, keras) === 2) {
      if (isBefore(ofKeras2(tensorflow, keras), CUTS_ARRAYS)) {
        const everything = plan.examples > 1n ? plan.examples : 1n;
        return ofCall({ ...plan, batch_size: everything, num_epochs: null, input: "batch, then repeat" });
      }
      return ofCall({ ...plan, num_epochs: plan.epochs - plan.initial_epoch, input: "batch, then repeat" });
    }
    return ofCall(plan);
  }

  /** Returns the error that fit ends with before its first epoch has ended: { steps, why }; null when there is none. */
  function errorOf(plan, tensorflow, keras) {
    const of2 = generation(plan, tensorflow, keras) === 2;
    const release = ofKeras2(tensorflow, keras);
    const size = batchesOfFit(plan, tensorflow, keras).batches;
    if (looksForEver(plan, tensorflow, keras)) return null;
    if (size === 0n && plan.input === "generator") return { steps: 0n, why: NO_BATCH };
    const why = of2 ? refusedByKeras2(plan, release, size) : null;
    if (why !== null) return { steps: 0n, why };
    if (plan.epochs <= plan.initial_epoch || size === null) return null;
    let execution = plan.steps_per_execution;
    if (of2) {
      execution = plan.steps_per_epoch === null ? 1n : least(execution, plan.steps_per_epoch);
      if (plan.input === "arrays" && plan.steps_per_epoch !== null && isBefore(release, CUTS_ARRAYS)) return null;
    } else if (isBefore(keras, WANTS_AN_EXECUTION, "keras") || !isBefore(keras, WANTS_NOTHING, "keras")) return null;
    if (size >= execution) return null;
    const short = `the first execution takes ${grouped(execution)} batches, and the data has ${grouped(size)}`;
    return { steps: size, why: size ? short : NO_BATCH };
  }

  function looksForEver(plan, tensorflow, keras) {
    const release = ofKeras2(tensorflow, keras);
    const in20 = isBefore(release, [2, 1]) && !isBefore(release, [2, 0]) && generation(plan, tensorflow, keras) === 2;
    const nothing = plan.input === "arrays" && !plan.examples && plan.steps_per_epoch === null;
    return in20 && nothing && plan.epochs > plan.initial_epoch;
  }

  function refusedByKeras2(plan, release, size) {
    if (plan.epochs === 0n && !isBefore(release, WANTS_EPOCHS)) return "epochs=0 is not positive";
    if (plan.steps_per_epoch !== null) return null;
    if (plan.input === "generator" && isBefore(release, READS_GENERATORS)) {
      return "a generator has no size, and steps_per_epoch is not given";
    }
    const known = plan.known_size && plan.input !== "generator";
    if (size === null && known) return ENDLESS_DATA;
    if (!known && plan.steps_per_execution > 1n) {
      return `steps_per_execution=${grouped(plan.steps_per_execution)} wants steps_per_epoch where the size of the data is not known`;
    }
    return size === 0n && known && !isBefore(release, WANTS_DATA) ? NO_BATCH : null;
  }

  function ofKeras2(tensorflow, keras) {
    return tensorflow === null && keras !== null && minor(keras, "keras")[0] === 2 ? keras : tensorflow;
  }

  function usageOfFit(plan, found, batches) {
    const taken = new Map();
    for (const each of found.passes) taken.set(each, (taken.get(each) ?? 0n) + 1n);
    const parts = [];
    for (const [each, times] of taken) {
      const part = batches.usage(each);
      if (part === null || (batches.shuffle && part.length > 1 && found.passes.length > 1)) return null;
      parts.push(counted(part.map(([used, count]) => [used * times, count])));
    }
    return stacked([[0n, plan.examples]], ...parts);
  }

  function keras2(plan, batches, beginsAnew) {
    const known = plan.known_size && plan.input !== "arrays" && plan.input !== "generator";
    const ofSize = known && beginsAnew && plan.steps_per_epoch === batches;
    const anew = plan.input !== "generator" && (plan.steps_per_epoch === null || ofSize);
    const [steps, passes] = [[], [0n]];
    for (let epoch = plan.initial_epoch; epoch < plan.epochs; epoch += 1n) {
      if (anew && steps.length) passes.push(0n);
      const left = batches === null ? null : batches - passes.at(-1);
      const wanted = plan.steps_per_epoch ?? batches;
      steps.push(left === null ? wanted : least(wanted, left));
      passes[passes.length - 1] += steps.at(-1);
      if (steps.at(-1) < wanted) break;
    }
    return { steps, passes };
  }

  function keras3(plan, batches, counts) {
    const known = plan.known_size && plan.input !== "generator";
    const execution = plan.steps_per_execution;
    const [steps, passes] = [[], []];
    let [size, anew] = [batches, true];
    for (let epoch = plan.initial_epoch; epoch < plan.epochs; epoch += 1n) {
      if (anew && passes.length && plan.input === "generator") size = counts ? least(LOOKED_AT, batches ?? 0n) : 0n;
      if (anew) passes.push(0n);
      const left = size === null ? null : size - passes.at(-1);
      const wanted = plan.steps_per_epoch ?? left;
      const executions = upwards(wanted, execution);
      steps.push(left === null ? executions * execution : least(executions * execution, left));
      passes[passes.length - 1] += steps.at(-1);
      if (plan.steps_per_epoch === null) anew = true;
      else if (left === null) anew = false;
      else if (!counts) anew = executions * execution > left;
      else if (known) anew = passes.at(-1) === size;
      else anew = executions > upwards(left, execution);
    }
    return { steps, passes };
  }

  const upwards = (count, by) => (count + by - 1n) / by;

  // ---- absent.py

  const TF_DATA = [1, 4];
  const INPUT_FN_RETURNS_A_DATASET = [1, 5];
  const DROP_REMAINDER = [1, 10];
  const STEPS_PER_EXECUTION = [2, 3];
  const SINCE = {
    parameter_server: [[1, 4], "workers are started by train_and_evaluate, which came with TensorFlow 1.4"],
    mirrored: [[1, 8], "RunConfig takes a strategy since TensorFlow 1.8"],
    multi_worker_mirrored: [[1, 12], "train_and_evaluate mirrors workers since TensorFlow 1.12"],
  };

  /** Throws where a release lacks what a plan needs, or where there is no such release. */
  function checkRelease(plan, tensorflow, keras) {
    isBefore(tensorflow, HAS_TRAIN_AND_EVALUATE); // refuses what is no version, whatever the plan
    checkReleaseOfFit(plan, tensorflow, keras);
    if (plan.api === "fit") return;
    if (plan.api === "train_and_evaluate" && isBefore(tensorflow, HAS_TRAIN_AND_EVALUATE)) {
      throw new InvalidPlan("api", plan.api, `came with TensorFlow 1.4, and ${tensorflow} has none`);
    }
    if (plan.strategy !== null) {
      const [since, says] = SINCE[plan.strategy];
      if (isBefore(tensorflow, since)) throw new InvalidPlan("strategy", plan.strategy, `${says}, and not in ${tensorflow}`);
    }
    if (DATASETS.includes(plan.input) && isBefore(tensorflow, INPUT_FN_RETURNS_A_DATASET)) {
      const instead = isBefore(tensorflow, TF_DATA) ? "" : "; return dataset.make_one_shot_iterator().get_next()";
      const remedy = `an input_fn returns a Dataset since TensorFlow 1.5, and in ${tensorflow} tensors only${instead}`;
      throw new InvalidPlan("input", plan.input, remedy);
    }
    if (plan.drop_remainder && isBefore(tensorflow, DROP_REMAINDER)) {
      const remedy = `came with TensorFlow 1.10, and Dataset.batch of ${tensorflow} has none; `
        + "apply tf.contrib.data.batch_and_drop_remainder(batch_size) to the Dataset";
      throw new InvalidPlan("drop_remainder", true, remedy);
    }
  }

  function checkReleaseOfFit(plan, tensorflow, keras) {
    if (plan.api === "fit" && isBefore(tensorflow, FIT_TAKES_A_DATASET)) {
      throw new InvalidPlan("api", plan.api, `the law is about fit since TensorFlow 1.14, and not in ${tensorflow}`);
    }
    const ofKeras = generation(plan, tensorflow, keras);
    if (ofKeras === 3 && isBefore(tensorflow, KERAS_3)) {
      throw new InvalidPlan("keras", keras ?? plan.keras, `tf.keras is Keras 2 up to TensorFlow 2.15, and so in ${tensorflow}`);
    }
    const release = ofKeras2(tensorflow, keras);
    if (plan.steps_per_execution !== 1n && ofKeras === 2 && isBefore(release, STEPS_PER_EXECUTION)) {
      const remedy = `came with TensorFlow 2.3, as experimental_steps_per_execution, and compile of ${release} has none`;
      throw new InvalidPlan("steps_per_execution", plan.steps_per_execution, remedy);
    }
  }

  // ---- prediction.py

  /** Returns how long a checked plan trains; every count is null when that never ends. */
  function predict(plan, tensorflow = null, keras = null) {
    if (plan.api === "fit") return predictFit(plan, tensorflow, keras);
    const batches = data(plan, tensorflow);
    const bounds = [];
    if (plan.steps !== null) bounds.push(["steps", plan.steps]);
    if (plan.max_steps !== null) {
      bounds.push(["max_steps", plan.max_steps > plan.global_step ? plan.max_steps - plan.global_step : 0n]);
    }
    if (batches.batches !== null) bounds.push(["epochs", batches.batches]);
    if (!bounds.length) return { ...ENDLESS };
    // The first of equals, and the step bounds come first.
    const [bound, steps] = bounds.reduce((best, each) => (each[1] < best[1] ? each : best));
    checkEnd(plan, bound, steps);
    const consumed = batches.consumed(steps);
    return {
      steps,
      global_step: plan.global_step + (plan.api in WHO ? 0n : steps),
      examples: consumed,
      last_batch: steps ? consumed - batches.consumed(steps - 1n) : 0n,
      epochs: plan.examples ? consumed / plan.examples : 0n,
      bound,
      usage: batches.usage(steps),
      steps_by_epoch: null,
      raises: bound === "epochs" && plan.input === "numpy_input_fn" && !plan.examples ? NO_EXAMPLE : null,
    };
  }

  const ENDLESS = {
    steps: null, global_step: null, examples: null, last_batch: null, epochs: null, bound: null, usage: null, steps_by_epoch: null,
    raises: null,
  };

  const NO_EXAMPLE = "no example";

  function predictFit(plan, tensorflow, keras) {
    const found = epochsOf(plan, tensorflow, keras);
    if (found === null) return { ...ENDLESS };
    const batches = batchesOfFit(plan, tensorflow, keras);
    const sum = (counts) => counts.reduce((all, count) => all + count, 0n);
    const failed = errorOf(plan, tensorflow, keras);
    const steps = sum(found.passes);
    const consumed = sum(found.passes.map((taken) => batches.consumed(taken)));
    const last = found.passes.filter((taken) => taken).at(-1) ?? 0n;
    const bounded = plan.steps_per_epoch !== null && found.steps.every((count) => count === plan.steps_per_epoch);
    const bound = failed ? null : bounded ? "steps_per_epoch" : "epochs";
    checkEnd(plan, bound, steps);
    return {
      steps,
      global_step: plan.global_step + steps,
      examples: consumed,
      last_batch: last ? batches.consumed(last) - batches.consumed(last - 1n) : 0n,
      epochs: plan.examples ? consumed / plan.examples : 0n,
      bound,
      usage: usageOfFit(plan, found, batches),
      steps_by_epoch: found.steps,
      raises: failed ? failed.why : null,
    };
  }

  // ---- cluster.py

  // The first minor in which mirrored replicas take their batches in the order of the data.
  const IN_ORDER = [1, 13];
  // From the first of these minors on, and before the second, they take what is left over, with empty batches beside it.
  const EMPTY_BATCHES = [[2, 0], [2, 4]];

  const ENDLESS_CLUSTER = { steps: null, global_step: null, steps_of_each_worker: null, bound: null, usage: null };

  /** Returns how long a checked plan with a strategy trains; a count that the order of events decides is a range { from, to }. */
  function predictCluster(plan, tensorflow = null) {
    const call = ofCall(plan);
    if (plan.strategy === "parameter_server") return parameterServer(plan, call);
    const sideBySide = plan.strategy === "mirrored" ? plan.workers : 1n;
    let available = call.batches === null ? null : call.batches / sideBySide;
    if (available !== null && call.batches % sideBySide && takesEmptyBatches(plan, tensorflow)) available += 1n;
    const [steps, bound] = lower(stepBoundOf(plan), available);
    if (steps === null) return { ...ENDLESS_CLUSTER };
    checkEnd(plan, bound, steps);
    let usage = call.usage(call.batches === null ? steps * sideBySide : least(steps * sideBySide, call.batches));
    if (plan.strategy === "mirrored" && isBefore(tensorflow, IN_ORDER) && steps * sideBySide !== call.batches) usage = null;
    if (plan.strategy === "multi_worker_mirrored") usage = byWorkers(plan.workers, usage, call);
    return { steps, global_step: plan.global_step + steps, steps_of_each_worker: forEach(plan.workers, steps), bound, usage };
  }

  function takesEmptyBatches(plan, tensorflow) {
    const takes = plan.strategy === "mirrored" && !plan.drop_remainder;
    return takes && isBefore(tensorflow, EMPTY_BATCHES[1]) && !isBefore(tensorflow, EMPTY_BATCHES[0]);
  }

  function parameterServer(plan, call) {
    const [bound, allowed] = stepBoundOf(plan);
    const each = call.batches;
    const { workers, global_step } = plan;
    const together = each === null ? null : workers * each;
    if (workers === 1n || allowed === null || allowed === 0n || (together !== null && together <= allowed)) {
      const [steps, binding] = lower([bound, allowed], together);
      if (steps === null) return { ...ENDLESS_CLUSTER };
      checkEnd(plan, binding, steps);
      const ofOne = steps / workers;
      const usage = byWorkers(workers, call.usage(ofOne), call);
      return { steps, global_step: global_step + steps, steps_of_each_worker: forEach(workers, ofOne), bound: binding, usage };
    }
    // As many as are under way, or are not noticed, when the bound is reached.
    let highest = allowed * (bound === "steps" ? workers : 1n) + 2n * (workers - 1n);
    let lowestOfOne = each === null ? 0n : most(0n, allowed - (workers - 1n) * each);
    if (together !== null) highest = least(highest, together);
    checkEnd(plan, bound, highest);
    let lowest = allowed;
    if (bound === "steps") {
      lowestOfOne = most(1n, lowestOfOne);
      lowest = most(allowed, workers);
    }
    const highestOfOne = each === null ? allowed + 1n : least(allowed + 1n, each);
    return {
      steps: range(lowest, highest),
      global_step: range(global_step + lowest, global_step + highest),
      steps_of_each_worker: forEach(workers, range(lowestOfOne, highestOfOne)),
      bound,
      usage: null,
    };
  }

  function stepBoundOf(plan) {
    if (plan.steps !== null) return ["steps", plan.steps];
    if (plan.max_steps !== null) return ["max_steps", most(0n, plan.max_steps - plan.global_step)];
    return [null, null];
  }

  function lower([bound, allowed], batches) {
    return batches === null || (allowed !== null && allowed <= batches) ? [allowed, bound] : [batches, "epochs"];
  }

  /** The usage by several workers, each of which has used all of the data in this way. */
  function byWorkers(workers, usage, call) {
    if (usage === null || (workers > 1n && call.shuffle && usage.length > 1)) return null;
    return usage.map(([times, count]) => [workers * times, count]);
  }

  const forEach = (workers, count) => Array(Number(workers)).fill(count);

  const range = (from, to) => (from === to ? from : { from, to });

  const most = (one, other) => (other > one ? other : one);

  // ---- sentence.py

  function explain(plan, prediction, tensorflow = null, keras = null) {
    if (plan.api === "fit") return explainFit(plan, prediction, generation(plan, tensorflow, keras));
    const call = ofCall(plan);
    const again = plan.api === "train_and_evaluate" && call.batches ? sayAgain(tensorflow) : "";
    const who = WHO[plan.api] ?? "Training";
    if (prediction.steps === null) {
      const why = call.batches === null ? "the data is endless (num_epochs=None)" : again;
      return `${who} never ends: ${why}, and ${noStepBound(plan)}.`;
    }
    let why;
    if (prediction.bound === "epochs") why = dataEnds(plan, call);
    else if (call.batches !== null && prediction.steps > call.batches) {
      why = `${stepBound(plan)} is reached; ${dataOf(plan, call)}`;
    } else why = stepBoundEnds(plan, call, prediction.steps);
    if (again && (prediction.bound === "epochs" || prediction.steps > (call.batches ?? 0n))) why = `${why}; ${again}`;
    return `${who} runs ${many(prediction.steps, "step")}: ${why}. ${consumedBy(plan, prediction)}.`;
  }

  function sayAgain(tensorflow) {
    return isBefore(tensorflow, CALLS_ONCE)
      ? "up to TensorFlow 1.9 train_and_evaluate calls input_fn again whenever the data ends"
      : "since TensorFlow 1.10 train_and_evaluate ends when the data does";
  }

  const noStepBound = (plan) => NO_STEP_BOUND[plan.api] ?? "neither steps nor max_steps is given";

  function dataEnds(plan, call) {
    if (!plan.examples && plan.input === "numpy_input_fn") {
      return "numpy_input_fn raises an error, because there is no example";
    }
    if (plan.steps === null && plan.max_steps === null) {
      return `the data ends, and ${noStepBound(plan)}; ${dataOf(plan, call)}`;
    }
    return `the data ends before ${stepBound(plan)} is reached; ${dataOf(plan, call)}`;
  }

  function stepBoundEnds(plan, call, steps) {
    if (plan.max_steps !== null && plan.global_step >= plan.max_steps) return `${stepBound(plan)} is reached already`;
    if (call.batches === null) return `${stepBound(plan)} is reached, and the data is endless (num_epochs=None)`;
    const when = steps === call.batches ? "with the last batch of" : "before the end of";
    return `${stepBound(plan)} is reached ${when} the data; ${dataOf(plan, call)}`;
  }

  function stepBound(plan) {
    if (plan.steps !== null) return `steps=${grouped(plan.steps)}`;
    const start = plan.global_step ? `, from global step ${grouped(plan.global_step)} on,` : "";
    return `max_steps=${grouped(plan.max_steps)}${start}`;
  }

  function dataOf(plan, call, noun = "step") {
    const epochs = plan.num_epochs === null ? "any number of epochs" : many(plan.num_epochs, "epoch");
    const threads = plan.num_threads > 1n ? `, once for each of ${grouped(plan.num_threads)} threads,` : "";
    const batches = plan.drop_remainder ? "full batches" : "batches";
    const make = plan.num_epochs === 1n ? "makes" : "make";
    return (
      `${epochs} of ${many(plan.examples, "example")}${threads} in ${batches} of ${grouped(plan.batch_size)} ` +
      `${make} ${many(call.batches, noun)}`
    );
  }

  function explainFit(plan, prediction, of) {
    if (prediction.steps === null) return `Training never ends: ${plan.examples ? ENDLESS_DATA : LOOKS_FOR_EVER}.`;
    if (prediction.raises !== null) {
      const does = prediction.steps ? `raises an error after ${many(prediction.steps, "step")}` : "refuses to train";
      return `Keras ${of} ${does}: ${prediction.raises}.`;
    }
    const found = prediction.steps_by_epoch;
    if (!found.length) {
      return `Training runs 0 steps: initial_epoch=${grouped(plan.initial_epoch)} is not below epochs=${grouped(plan.epochs)}.`;
    }
    let shape;
    if (new Set(found).size === 1) {
      shape = `${many(found[0], "step")} in ${found.length === 1 ? "one epoch" : `each of ${grouped(found.length)} epochs`}`;
    } else {
      const shown = found.slice(0, 6).map(grouped).join(", ") + (found.length > 6 ? ", ..." : "");
      shape = `${shown} in ${grouped(found.length)} epochs`;
    }
    const end = epochsEnd(plan, prediction, of);
    return `Training runs ${many(prediction.steps, "step")}: ${shape}. ${end}. ${consumedBy(plan, prediction)}.`;
  }

  function epochsEnd(plan, prediction, of) {
    const found = prediction.steps_by_epoch;
    if (plan.steps_per_epoch === null && new Set(found).size === 1) return "An epoch ends when the data does";
    if (prediction.bound === "steps_per_epoch") {
      return `Every epoch has the steps that steps_per_epoch=${grouped(plan.steps_per_epoch)} asks for`;
    }
    const asked = plan.steps_per_epoch === null
      ? "" : `steps_per_epoch=${grouped(plan.steps_per_epoch)} asks for more than the data has left. `;
    if (of === 2) return `${asked}Keras 2 ends the training where the data runs out`;
    const empty = found.filter((count) => !count).length;
    const nothing = empty ? `; ${many(BigInt(empty), "epoch")} ${empty === 1 ? "trains" : "train"} nothing` : "";
    return `${asked}Keras 3 ends the epoch where the data runs out, and goes on with the next one${nothing}`;
  }

  function consumedBy(plan, prediction) {
    const parts = [`It uses ${many(prediction.examples, "example")}`];
    if (prediction.epochs) parts.push(`${many(prediction.epochs, "epoch")} completed`);
    else if (prediction.examples) {
      const share = (100 * Number(prediction.examples)) / Number(plan.examples);
      parts.push(`${share < 99.9 ? `${threeDigits(share)} %` : "nearly all"} of one epoch`);
    }
    if (prediction.last_batch !== 0n && prediction.last_batch !== plan.batch_size) {
      parts.push(`the last batch holds ${grouped(prediction.last_batch)} instead of ${grouped(plan.batch_size)}`);
    }
    if (plan.api === "fit") return [...parts.slice(0, -1), `${parts.length > 1 ? "and " : ""}${parts.at(-1)}`].join(", ");
    parts.push(`and the global step ${plan.api in WHO ? "stays" : "ends"} at ${grouped(prediction.global_step)}`);
    return parts.join(", ");
  }

  const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

  const many = (count, noun) => `${grouped(count)} ${noun}${count === 1n ? "" : noun.endsWith("tch") ? "es" : "s"}`;

  /** Formats as "{:.3g}" does in Python, for numbers below 999: exactly half-way, the even digit. */
  function threeDigits(value) {
    let [digits, exponent] = value.toExponential(60).split("e");
    digits = digits.replace(".", "");
    let kept = BigInt(digits.slice(0, 3));
    const rest = BigInt(digits.slice(3));
    const half = 5n * 10n ** BigInt(digits.length - 4);
    if (rest > half || (rest === half && kept % 2n)) kept += 1n;
    exponent = Number(exponent);
    if (kept === 1000n) [kept, exponent] = [100n, exponent + 1];
    const significant = String(kept).replace(/0+$/, "");
    if (exponent < -4) {
      const fraction = significant.length > 1 ? `.${significant.slice(1)}` : "";
      return `${significant[0]}${fraction}e-${String(-exponent).padStart(2, "0")}`;
    }
    if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${significant}`;
    const whole = significant.slice(0, exponent + 1).padEnd(exponent + 1, "0");
    const fraction = significant.slice(exponent + 1);
    return fraction ? `${whole}.${fraction}` : whole;
  }

  // ---- cluster_sentence.py

  const RAISES = "training raises NanLossDuringTrainingError, and what it trained is not saved";

  function explainCluster(plan, prediction, tensorflow = null) {
    if (prediction.steps === null) {
      return "Training never ends: the data is endless (num_epochs=None), and neither steps nor max_steps is given.";
    }
    const parts = [
      `Training runs ${countOf(prediction.steps, "step")}: ${whyTogether(plan, prediction)}`,
      howTogether(plan, prediction, tensorflow),
      `${usageTogether(prediction.usage)}he global step ends at ${numberOf(prediction.global_step)}`,
    ];
    return parts.map((part) => `${part}.`).join(" ");
  }

  function whyTogether(plan, prediction) {
    if (prediction.bound === "epochs") return `the data ends; ${dataOf(plan, ofCall(plan), "batch")}`;
    const bound = plan.steps !== null ? `steps=${grouped(plan.steps)}` : `max_steps=${grouped(plan.max_steps)}`;
    if (!isRange(prediction.steps)) return `${bound} is reached`;
    if (prediction.bound === "steps") return `${bound} is counted by each worker from the global step that it finds`;
    return `${bound} bounds all workers together, and steps that are under way when it is reached come on top`;
  }

  function howTogether(plan, prediction, tensorflow) {
    if (plan.strategy === "mirrored") {
      const { batches } = ofCall(plan);
      const over = prediction.bound === "epochs" && batches !== null ? batches % plan.workers : 0n;
      let left = over ? `; ${many(over, "batch")} ${over === 1n ? "is" : "are"} left over` : "";
      const empty = batches === null ? 0n : prediction.steps * plan.workers - batches;
      if (empty > 0n && takesEmptyBatches(plan, tensorflow)) {
        left = `; in the last one ${many(empty, "replica")} ${empty === 1n ? "has" : "have"} an empty batch, `
          + `and a loss that is a mean over no example is NaN: then ${RAISES}`;
      }
      return `Each step takes a batch for each of ${many(plan.workers, "replica")}${left}`;
    }
    const workers = many(plan.workers, "worker");
    if (plan.strategy === "multi_worker_mirrored") {
      return `Each step takes a batch of each of ${workers}, and each reads all of the data on its own`;
    }
    if (plan.workers === 1n) return "The chief is alone, and calls input_fn once";
    return `Each of ${workers} reads all of the data on its own, and runs ${numberOf(prediction.steps_of_each_worker[0])} of the steps`;
  }

  function usageTogether(usage) {
    if (usage === null) return "How often each example is used depends on the order of events; t";
    const words = ["never", "once", "twice"];
    const said = usage.map(([times, count]) => `${many(count, "example")} ${words[times] ?? `${grouped(times)} times`}`);
    return said.length ? `Used: ${said.join(", ")}; t` : "T";
  }

  const isRange = (count) => typeof count === "object";
  const numberOf = (count) => (isRange(count) ? `${grouped(count.from)} to ${grouped(count.to)}` : grouped(count));
  const countOf = (count, noun) => (isRange(count) ? `${numberOf(count)} ${noun}s` : many(count, noun));

  /**
   * Returns what `explain` answers to what was typed: { prediction, explanation }, or { error } in the words of its one line.
   *
   * @param typed counts as text, api, input, strategy and drop_remainder; as the options of `explain`.
   * @param tensorflow version, or null for the newest.
   * @param keras version, or null for the one that comes with it.
   */
  function answer(typed, tensorflow = null, keras = null) {
    try {
      const given = Object.keys(LOWEST).filter((field) => field in typed);
      const counts = given.map((field) => [field, number(typed[field])]);
      const wanted = { ...DEFAULTS, input: usualInput(typed), ...typed, ...Object.fromEntries(counts) };
      const plan = check(wanted);
      checkRelease(plan, tensorflow, keras);
      if (plan.strategy !== null) {
        const together = predictCluster(plan, tensorflow);
        return { prediction: together, explanation: explainCluster(plan, together, tensorflow) };
      }
      const prediction = predict(plan, tensorflow, keras);
      return { prediction, explanation: explain(plan, prediction, tensorflow, keras) };
    } catch (error) {
      if (!(error instanceof InvalidPlan)) throw error;
      return { field: error.field, error: refusal(error) };
    }
  }

  function usualInput({ api, strategy = null }) {
    return api === "fit" || MIRRORING.includes(strategy) ? DATASETS[0] : "numpy_input_fn";
  }

  /** Returns why a plan is refused, in terms of the options of `explain`. */
  function refusal({ field, value, remedy }) {
    if (field === "known_size") return `--unknown-size: ${remedy}`;
    const given = value === true ? "" : ` ${value === null ? "none" : value}`;
    return `--${field.replaceAll("_", "-")}${given}: ${remedy}`;
  }

  return { APIS, INPUTS, KERAS_3, answer, countOf, grouped, isBefore };
})();
