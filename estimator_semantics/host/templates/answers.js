"use strict";
// What was answered, as estimator_semantics/host/report/page.py packed it: put together again, and said in words.

const answers = (() => {
  /** Returns the content of the page, in which each answer has all that is shown of it. */
  function unpacked(content) {
    for (const one of content.cases) {
      for (const answer of one.answers) {
        answer.outcome ??= "conforms";
        answer.status = answer.measured ? "measured" : answer.outcome;
        answer.open ??= [];
        answer.differences ??= [];
        for (const part of ["predicted", "documented", "counters"]) answer[part] = answer.measured ? one[part][answer[part] ?? 0] : {};
        answer.expected = { ...answer.predicted, ...answer.documented };
      }
    }
    return content;
  }

  /** Returns the answer that a release gave to a case; undefined where it was not asked. */
  const of = (one, release) => one.answers[one.given[release]];

  /** Returns why a release did not answer, or an empty text. */
  function why(content, answer, release) {
    if (answer.why === undefined) return "";
    return content.texts[answer.why].replaceAll("{tensorflow}", content.releases[release].tensorflow);
  }

  /** Returns the lines that TensorFlow logged, each with its meaning where that is known. */
  const log = (content, one, release) =>
    (one.log?.[release] ?? []).map((at) => ({ text: content.texts[at], meaning: content.meanings[at] ?? "" }));

  /** Returns a value of a behaviour as words, as `words.value` does. */
  function value(found) {
    if (found === null || found === undefined) return "none";
    if (typeof found === "boolean") return found ? "yes" : "no";
    if (Number.isInteger(found)) return String(found).replace(/\B(?=(\d{3})+$)/g, ",");
    if (Array.isArray(found)) return found.map((each) => (Array.isArray(each) ? `[${value(each)}]` : value(each))).join(", ") || "none";
    if (typeof found === "object") {
      if (isRange(found)) return `${value(found.from)} to ${value(found.to)}`;
      const entries = Object.entries(found);
      if (isUsage(entries)) return entries.map(([times, count]) => `${value(count)} ${often(Number(times))}`).join(", ");
      return entries.map(([name, each]) => `${name}: ${value(each)}`).join("; ") || "none";
    }
    return typeof found === "number" ? fraction(found) : found;
  }

  const isUsage = (entries) => entries.length > 0 && entries.every(([name, count]) => /^\d+$/.test(name) && Number.isInteger(count));

  /** Returns how often examples were used, as `words.often` has it. */
  const often = (times) => ["never", "once", "twice"][times] ?? `used ${value(times)} times`;

  /** Returns a number as Python writes it. */
  function fraction(found) {
    if (Math.abs(found) >= 1e-4) return String(found);
    return found.toExponential().replace(/e-(\d)$/, "e-0$1");
  }

  /** Returns a number of steps, or a range of them, as `words.steps` does. */
  function steps(count) {
    if (isRange(count)) return `${value(count)} steps`;
    return count === null ? "never ends" : `${value(count)} step${count === 1 ? "" : "s"}`;
  }

  const isRange = (found) => found !== null && typeof found === "object" && Object.keys(found).sort().join() === "from,to";

  // A count that there is none of is that of a training without an end.
  const COUNTS = ["steps", "global_step", "examples", "last_batch", "epochs"];
  const said = (name, found) => (found === null && COUNTS.includes(name) ? "no end" : value(found));

  /** Returns what was measured, line by line: behaviour, measured, predicted, expected here. */
  function rows(answer) {
    return Object.entries(answer.measured ?? {}).map(([name, found]) => [
      name.replaceAll("_", " "),
      said(name, found),
      name in answer.predicted ? said(name, answer.predicted[name]) : answer.open.includes(name) ? "left open" : "",
      name in answer.documented ? said(name, answer.documented[name]) : "",
    ]);
  }

  /** Returns what a cell of the table says: the number of steps, where that is what was measured. */
  function short(answer) {
    if (!answer.measured) return { absent: "–", error: "?" }[answer.status];
    const { steps } = answer.measured;
    if (steps === null) return "∞";
    if (!Number.isInteger(steps)) return "✓";
    return steps < 10_000 ? value(steps) : `${Number((steps / 1000).toPrecision(6))}k`;
  }

  return { unpacked, of, why, log, value, steps, said, often, isRange, rows, short };
})();
