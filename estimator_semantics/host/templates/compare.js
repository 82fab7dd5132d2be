"use strict";
// What is different between two releases, put together as estimator_semantics/host/diff.py does, and tested against it. What
// differs between two answers was found, worded and weighed when the page was made (host/report/comparison.py).

const compare = (() => {
  // What can happen to an experiment; where several did, the first in this list names it.
  const KINDS = ["unexplained", "changed", "gone", "not measured", "new"];
  const SAME = "the same";
  const ALWAYS = [SAME, "changed"];
  const FAILURE = 2;

  /**
   * Returns what is different: `entries`, the most severe first, each { experiment, kind, affects, cause, shifts, changes }, with
   * `about` where it is about tf.estimator itself; and `counts`, how many behaviours were compared, by what happened to them.
   * A shift is { kind, case, behaviour, says, affects, tells, since, why }.
   *
   * @param content what the page shows, unpacked.
   * @param old index of the release that is compared against.
   * @param now index of the other one; like those between the two, it is of the same axis.
   */
  function differences(content, old, now) {
    const shifts = new Map();
    const changes = new Map();
    for (const row of content.compared) {
      if (!isComparable(content, row, old, now)) continue;
      if (!shifts.has(row.experiment)) [shifts, changes].forEach((each) => each.set(row.experiment, []));
      const [found, explained] = shiftsOf(content, row, old, now);
      shifts.get(row.experiment).push(...found);
      for (const change of explained) if (!changes.get(row.experiment).includes(change)) changes.get(row.experiment).push(change);
    }
    const entries = [];
    for (const [experiment, found] of shifts) {
      if (found.length) entries.push(entryOf(experiment, found, changes.get(experiment), content.experiments[experiment].rare));
    }
    const gone = removal(content, old, now);
    if (gone) entries.push(gone);
    const counts = new Map([[SAME, shifts.size + (gone ? 1 : 0) - entries.length], ...KINDS.map((kind) => [kind, 0])]);
    for (const { kind } of entries) counts.set(kind, counts.get(kind) + 1);
    return { entries: ordered(entries), counts: [...counts].filter(([name, count]) => count || ALWAYS.includes(name)) };
  }

  function isComparable(content, row, old, now) {
    const [before, after] = [old, now].map((release) => row.given[release]);
    if (before === null || after === null || row.statuses[before] === "e") return false;
    if (row.needs && [old, now].some((release) => !content.releases[release][row.needs])) return false;
    return row.keras || [old, now].every((release) => row.statuses[row.given[release]] !== "a" || content.releases[release].estimator);
  }

  /** Returns the shifts of a case, and the changes that explain them. */
  function shiftsOf(content, row, old, now) {
    const [before, after] = [old, now].map((release) => row.given[release]);
    const [first, last] = [Math.min(old, now), Math.max(old, now)];
    const whole = (kind, since) => {
      const why = [[now, after], [old, before]].map(([release, answer]) => whyOf(content, row, release, answer)).find(Boolean) ?? "";
      return [[{ kind, case: row.case, behaviour: "", says: row.case || kind, affects: FAILURE, tells: true, since, why }], []];
    };
    if (row.statuses[after] === "e") return whole("not measured", null);
    if (row.statuses[before] !== row.statuses[after]) {
      return whole(row.statuses[after] === "a" ? "gone" : "new", sinceOf(content, row, null, first, last));
    }
    const pair = row.pairs[`${before},${after}`] ?? [];
    if (!pair.length) return [[], []];
    const explained = content.experiments[row.experiment].changes.filter((change) => explains(content, row, change, old, now));
    const found = pair.map(([behaviour, says, affects, tells, isNews]) => ({
      kind: isNews || !explained.length ? "unexplained" : "changed",
      case: row.case,
      behaviour: content.texts[behaviour],
      says: content.texts[says],
      affects,
      tells: Boolean(tells),
      since: sinceOf(content, row, behaviour, first, last),
      why: "",
    }));
    return [found, explained];
  }

  function whyOf(content, row, release, answer) {
    const why = row.whys?.[answer];
    return why === undefined ? "" : content.texts[why].replaceAll("{tensorflow}", content.releases[release].tensorflow);
  }

  /** Whether a change is in one of two releases only, and concerns the Keras that they are compared by. */
  function explains(content, row, change, old, now) {
    if (change.has[old] === change.has[now]) return false;
    if (!row.keras) return true;
    const isKeras2 = [old, now].every((release) => content.releases[release].default === 2);
    return isKeras2 ? !change.keras : change.keras;
  }

  /** The first release from which on all have what the last one has; null where no release made the difference. */
  function sinceOf(content, row, behaviour, first, last) {
    const there = row.given[last];
    let since = last;
    for (let release = last - 1; release >= first; release -= 1) {
      const answer = row.given[release];
      if (answer === null || row.statuses[answer] === "e") continue;
      if (row.statuses[answer] !== row.statuses[there]) break;
      if (behaviour !== null && (row.pairs[`${answer},${there}`] ?? []).some(([name]) => name === behaviour)) break;
      since = release;
    }
    return sinceSaid(content.releases[since], content.releases[first], row.keras);
  }

  const minor = (version) => version.split(".").slice(0, 2).map((part) => Number.parseInt(part, 10)).join(".");

  function sinceSaid(release, first, isAboutKeras) {
    const said = (version, before) => (before === undefined || minor(version) !== minor(before) ? minor(version) : version);
    if (release.tensorflow !== first.tensorflow) return said(release.tensorflow, first.tensorflow);
    if (isAboutKeras && release.keras && release.keras !== first.keras) return `Keras ${said(release.keras, first.keras)}`;
    return null;
  }

  function entryOf(experiment, shifts, changes, isRare) {
    const sorted = [...shifts].sort((a, b) => (a.kind === "new") - (b.kind === "new") || a.affects - b.affects);
    return {
      experiment,
      kind: KINDS[Math.min(...shifts.map(({ kind }) => KINDS.indexOf(kind)))],
      affects: Math.min(...shifts.map(({ affects }) => affects)),
      cause: changes.find(({ cause }) => cause)?.cause ?? "",
      shifts: sorted,
      changes,
      isRare: Boolean(isRare),
    };
  }

  /** An entry on tf.estimator itself where one of the two has its own and the other, a later one, has not. */
  function removal(content, old, now) {
    const [first, last] = [Math.min(old, now), Math.max(old, now)];
    const isNative = (release) => content.releases[release].estimator === "native";
    if (!isNative(first) || isNative(last)) return null;
    let since = first;
    while (isNative(since)) since += 1;
    const about = content.removal[old < now ? "upgrade" : "back"];
    const kind = old >= now ? "new" : content.releases[last].estimator ? "changed" : "gone";
    const says = `estimator: ${[old, now].map((release) => content.releases[release].estimator ?? "none").join(" → ")}`;
    const shift = { kind, case: "", behaviour: "estimator", says, affects: FAILURE, tells: true, since: minor(content.releases[since].tensorflow), why: "" };
    return { ...entryOf("tf.estimator", [shift], about.changes, false), about };
  }

  /** The most severe first, and next to each those with the same cause. What is new comes last. */
  function ordered(entries) {
    const severity = (entry) => [
      entry.kind === "new", entry.affects, entry.isRare, KINDS.indexOf(entry.kind),
      -entry.shifts.filter(({ affects }) => affects === entry.affects).length,
    ];
    const bySeverity = (a, b) => {
      const [one, other] = [severity(a), severity(b)];
      const at = one.findIndex((value, place) => value !== other[place]);
      return at >= 0 ? one[at] - other[at] : a.experiment < b.experiment ? -1 : 1;
    };
    const sorted = [...entries].sort(bySeverity);
    const group = (entry) => entry.cause || entry.experiment;
    const first = new Map();
    for (const [at, entry] of sorted.entries()) if (!first.has(group(entry))) first.set(group(entry), at);
    return sorted.sort((a, b) => first.get(group(a)) - first.get(group(b)));
  }

  /** Since when an experiment is as it is, each release once, as `words.times` has it. */
  function times(entry, isUpgrade) {
    const said = entry.shifts.filter(({ since }) => since !== null).map(({ kind, since }) => {
      if (kind === "gone" || kind === "new") return `${(kind === "gone") === isUpgrade ? "removed" : "added"} in ${since}`;
      return `since ${since}`;
    });
    return [...new Set(said)].join("; ");
  }

  return { differences, times };
})();
