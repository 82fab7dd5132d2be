// Two releases side by side: what is different between them.

const [older, newer] = [byId("old"), byId("new")];

// What is asked about most, and where Keras 3 changed most.
const ASKED = { TensorFlow: ["1.9", "2.15"], Keras: ["3.6", "3.7"] };

const nameAt = (select) => content.releases[Number(select.value)].name;
const usualPair = () => ASKED[axis.of].map((minor, at) =>
  String(axis.columns.find((each) => content.releases[each].minor === minor) ?? axis.columns.at(-at)));

/** Offers the releases of the axis, and chooses two of them. */
function fillReleases() {
  for (const select of [older, newer]) select.replaceChildren(...axis.columns.map((at) => make("option", { value: at }, content.releases[at].name)));
  [older.value, newer.value] = usualPair();
}

function fillComparison() {
  const [old, now] = [Number(older.value), Number(newer.value)];
  const { entries, counts } = compare.differences(content, old, now);
  const [from, to] = [old, now].map((at) => content.releases[at]);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const against = isOfKeras(to) ? `TensorFlow ${to.tensorflow} with Keras ${to.keras} against Keras ${from.keras}` : `TensorFlow ${to.name} against ${from.name}`;
  byId("compared").textContent = `${against}: ${wording.many(BigInt(total), "behaviour")}: ${counts.map(([name, count]) => `${count} ${name}`).join(", ")}.`;
  byId("differences").replaceChildren(...groupsOf(entries, old <= now));
  const name = (release) => (isOfKeras(release) ? `keras==${release.keras}` : release.tensorflow);
  byId("diff").textContent = `estimator-semantics diff ${name(from)} ${name(to)}`;
}

/** The entries, those with one cause under a heading. */
function groupsOf(entries, isUpgrade) {
  let cause = "";
  return entries.flatMap((entry) => {
    const heading = entry.cause && entry.cause !== cause ? [make("h3", { class: "cause" }, entry.cause)] : [];
    cause = entry.cause;
    return [...heading, entryOf(entry, isUpgrade)];
  });
}

function entryOf(entry, isUpgrade) {
  const experiment = entry.about ?? content.experiments[entry.experiment];
  const shifts = entry.shifts.filter(({ tells }) => tells);
  const whys = [...new Set(entry.shifts.map(({ why }) => why).filter(Boolean))];
  return make(
    "article",
    { class: "entry" },
    make(
      entry.cause ? "h4" : "h3", {}, make("span", { class: "kind" }, entry.kind), make("span", { class: "affects" }, content.affects[entry.affects]),
      experiment.title,
    ),
    make("ul", { class: "shift" }, ...shifts.map(({ says }) => make("li", {}, says))),
    ...entry.changes.flatMap(({ says, do: act, source }) => [
      make("p", {}, ...prose(says), " ", link(source, "why")),
      make("p", {}, make("strong", {}, "Do: "), ...prose(act)),
    ]),
    make("p", { class: "hint" }, [compare.times(entry, isUpgrade), ...whys, entry.kind === "unexplained" ? "Cause unknown. Please report it." : ""].filter(Boolean).join("; ")),
  );
}

function comparePair() {
  remember();
  fillComparison();
}

for (const select of [older, newer]) select.addEventListener("change", comparePair);
byId("swap").addEventListener("click", () => {
  [older.value, newer.value] = [newer.value, older.value];
  comparePair();
});
fillReleases();
