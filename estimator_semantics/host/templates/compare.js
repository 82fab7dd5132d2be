"use strict";
// What is different between two releases, as estimator_semantics/host/diff.py has it, and tested against it.

const compare = (() => {
  const KINDS = ["not measured", "changed, unexplained", "changed", "gone", "new"];

  /**
   * Returns what is different: a list of { kind, experiment, since, cases, shifts: [name, case, old, new], changes, why }, the
   * worst first. Of tf.estimator itself there is { about } as well: what is said instead of an experiment's title and claim.
   *
   * @param content what the page shows, unpacked.
   * @param old index of the release that is compared against.
   * @param now index of the other one; like those between the two, it is of the same axis.
   */
  function differences(content, old, now) {
    const entries = new Map();
    for (const one of content.cases.filter((each) => each.scale === "quick")) {
      const [before, after] = [old, now].map((release) => answers.of(one, release));
      if (!before || !after || before.status === "error") continue;
      const shifts = shiftsOf(before, after);
      let kind = kindOf(before, after, shifts);
      if (!kind) continue;
      const experiment = content.experiments[one.experiment];
      const explained = kind.startsWith("changed") ? experiment.changes.filter(({ has }) => has[old] !== has[now]) : [];
      if (kind === "changed" && !explained.length) kind = "changed, unexplained";
      const why = answers.why(content, after, now) || answers.why(content, before, old);
      const since = kind === "not measured" ? "" : sinceOf(content, one, shifts, Math.min(old, now), Math.max(old, now));
      const key = [one.experiment, kind, since, why].join("\n");
      if (!entries.has(key)) {
        entries.set(key, { kind, experiment: one.experiment, since, cases: [], shifts: [], changes: explained, why });
      }
      const entry = entries.get(key);
      if (one.case) entry.cases.push(one.case);
      for (const name of shifts) entry.shifts.push([name, one.case, before.measured[name], after.measured[name]]);
    }
    const order = (entry) => KINDS.indexOf(entry.kind);
    const sorted = [...entries.values()].sort((a, b) => order(a) - order(b) || (a.experiment < b.experiment ? -1 : 1));
    return [...removal(content, old, now), ...sorted];
  }

  /** An entry on tf.estimator itself where one of the two has its own and the other, a later one, has not. */
  function removal(content, old, now) {
    const [first, last] = [Math.min(old, now), Math.max(old, now)];
    const isNative = (release) => content.releases[release].estimator === "native";
    if (!isNative(first) || isNative(last)) return [];
    let since = first;
    while (isNative(since)) since += 1;
    const about = content.removal[old < now ? "upgrade" : "back"];
    const kind = old < now ? "changed" : "new";
    const { tensorflow } = content.releases[since];
    return [{ kind, experiment: "tf.estimator", about, since: tensorflow, cases: [], shifts: [], changes: about.changes, why: "" }];
  }

  /** Whether one of two answers is different from the other. */
  const isOther = (before, after) => kindOf(before, after, shiftsOf(before, after)) !== null;

  /** The first release from which on all have what the last one has. */
  function sinceOf(content, one, names, first, last) {
    const there = answers.of(one, last);
    let since = last;
    for (let release = last - 1; release >= first; release -= 1) {
      const answer = answers.of(one, release);
      if (!answer || answer.status === "error") continue;
      const shifts = shiftsOf(answer, there);
      if (answer.status !== there.status || names.some((name) => shifts.includes(name))) break;
      since = release;
    }
    const found = content.releases[since];
    return found.tensorflow === content.releases[first].tensorflow && found.keras ? `Keras ${found.keras}` : found.tensorflow;
  }

  /** The names of the behaviours that are different. */
  function shiftsOf(before, after) {
    if (before.status !== "measured" || after.status !== "measured") return [];
    const chance = [...before.open, ...after.open];
    const shared = Object.keys(before.measured).filter((name) => name in after.measured && !chance.includes(name));
    // An error that was none, or is none any more.
    if ("raises" in before.measured !== "raises" in after.measured) shared.push("raises");
    return shared.filter((name) => !isSame(name, before, after));
  }

  function isSame(name, before, after) {
    const values = [before, after].map((answer) => answer.measured[name]);
    if (same(...values)) return true;
    const expected = [before, after].map((answer) => answer.expected[name]);
    // What varies from run to run is the same as long as it stays within the range that both releases have.
    return (expected[0] ?? null) !== null && same(...expected) && values.every((value) => isWithin(value, expected[0]));
  }

  /** Whether a value is the expected one, or within the expected range; lists one by one. */
  function isWithin(value, expected) {
    if (Array.isArray(expected) && Array.isArray(value)) {
      return value.length === expected.length && value.every((each, place) => isWithin(each, expected[place]));
    }
    if (answers.isRange(expected)) return typeof value === "number" && expected.from <= value && value <= expected.to;
    return same(value, expected);
  }

  /** Whether two values are equal, whatever the order of their fields. */
  function same(one, other) {
    if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
  }

  function kindOf(before, after, shifts) {
    if (after.status === "error") return "not measured";
    if (before.status !== after.status) return after.status === "absent" ? "gone" : "new";
    if (!shifts.length) return null;
    return after.outcome === "deviates" ? "changed, unexplained" : "changed";
  }

  /** Leaves out what other steps imply: what `words.telling` leaves out. */
  function telling(shifts) {
    const implied = ["global_step", "examples", "last_batch", "epochs", "usage"];
    const withSteps = new Set(shifts.filter(([name]) => name === "steps").map(([, of]) => of));
    return shifts.filter(([name, of]) => !(implied.includes(name) && withSteps.has(of)));
  }

  /** A behaviour with its old and its new value, as `words.shift` has it: "25 steps → 10 steps". */
  function shiftSaid([name, of, was, is]) {
    const where = of ? `${of}: ` : "";
    if (name === "steps") return `${where}${answers.steps(was)} → ${answers.steps(is)}`;
    return `${where}${name.replaceAll("_", " ")}: ${answers.value(was)} → ${answers.value(is)}`;
  }

  /** Since which release it is so, as `words.since` has it. */
  function sinceSaid({ kind, since, why }, isUpgrade) {
    if (kind === "not measured") return why;
    let said = kind === "gone" && isUpgrade ? "gone since" : "since";
    if (said === "since" && (kind === "gone" || kind === "new")) said = (kind === "new") === isUpgrade ? "there since" : "there up to the release before";
    return `${said} ${since}${kind === "changed, unexplained" ? "; nobody has said why yet: please report it" : ""}${why ? `; ${why}` : ""}`;
  }

  return { differences, isOther, telling, shiftSaid, sinceSaid };
})();
