"use strict";
// What is different between two releases, as estimator_semantics/host/diff.py has it, and tested against it.

const compare = (() => {
  const KINDS = ["not measured", "changed, unexplained", "changed", "gone", "new"];

  /**
   * Returns what is different: a list of { kind, experiment, cases, shifts: [name, old, new], changes, why }, the worst first.
   *
   * @param content what the page shows.
   * @param old index of the release that is compared against.
   * @param now index of the other one.
   */
  function differences(content, old, now) {
    const entries = new Map();
    for (const one of content.cases.filter((each) => each.scale === "quick")) {
      const [before, after] = [old, now].map((release) => one.answers[one.given[release]]);
      if (!before || !after || before.status === "error") continue;
      const shifts = shiftsOf(before, after);
      let kind = kindOf(before, after, shifts);
      if (!kind) continue;
      const experiment = content.experiments[one.experiment];
      const explained = kind.startsWith("changed") ? experiment.changes.filter(({ has }) => has[old] !== has[now]) : [];
      if (kind === "changed" && !explained.length) kind = "changed, unexplained";
      const why = after.why || before.why || "";
      const key = [one.experiment, kind, why].join("\n");
      if (!entries.has(key)) {
        entries.set(key, { kind, experiment: one.experiment, cases: [], shifts: [], changes: explained, why });
      }
      const entry = entries.get(key);
      if (one.case) entry.cases.push(one.case);
      for (const name of shifts) entry.shifts.push([name, one.case, said(before, name), said(after, name)]);
    }
    const order = (entry) => KINDS.indexOf(entry.kind);
    return [...entries.values()].sort((a, b) => order(a) - order(b) || (a.experiment < b.experiment ? -1 : 1));
  }

  function shiftsOf(before, after) {
    if (before.status !== "measured" || after.status !== "measured") return [];
    const chance = [...(before.open ?? []), ...(after.open ?? [])];
    const shared = Object.keys(before.measured).filter((name) => name in after.measured && !chance.includes(name));
    // An error that was none, or is none any more.
    if ("raises" in before.measured !== "raises" in after.measured) shared.push("raises");
    return shared.filter((name) => !isSame(name, before, after));
  }

  function isSame(name, before, after) {
    const values = [before, after].map((answer) => answer.measured[name]);
    if (same(...values)) return true;
    const ranges = [before, after].map((answer) => answer.ranges?.[name]);
    return Boolean(ranges[0]) && same(...ranges) && values.every((value) => isWithin(value, ranges[0]));
  }

  /** Whether a value is the expected one, or within the expected range; lists one by one. */
  function isWithin(value, expected) {
    if (Array.isArray(expected) && Array.isArray(value)) {
      return value.length === expected.length && value.every((each, place) => isWithin(each, expected[place]));
    }
    const isRange = expected !== null && typeof expected === "object" && Object.keys(expected).sort().join() === "from,to";
    if (isRange) return typeof value === "number" && expected.from <= value && value <= expected.to;
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

  /** The words for a value; the rows of an answer have the behaviours in the order of `measured`. */
  function said(answer, name) {
    const place = Object.keys(answer.measured).indexOf(name);
    return place < 0 ? "none" : answer.rows[place][1];
  }

  /** Whether other steps imply this too: what `words.telling` leaves out. */
  function telling(shifts) {
    const implied = ["global_step", "examples", "last_batch", "epochs", "usage"];
    const withSteps = new Set(shifts.filter(([name]) => name === "steps").map(([, of]) => of));
    return shifts.filter(([name, of]) => !(implied.includes(name) && withSteps.has(of)));
  }

  return { differences, same, telling };
})();
