// One cell of the table: what was claimed, planned, predicted and measured.

const dialog = byId("details");

function open(at, release) {
  const one = content.cases[at];
  const answer = answers.of(one, release);
  const experiment = content.experiments[one.experiment];
  const versions = content.releases[release];
  const dash = (text) => (text === "" ? "–" : text);
  const scale = one.scale === "quick" ? " --scale quick" : "";
  const keras = isOfKeras(versions) ? ` --keras ${versions.keras}` : "";
  const command = `estimator-semantics run ${quoted(one.name)} --tensorflow ${versions.tensorflow}${keras}${scale} --again`;
  const why = answers.why(content, answer, release);
  const log = answers.log(content, one, release);
  const parts = [
    make("button", { type: "button", class: "close", "aria-label": "Close" }, "×"),
    make("h2", { id: "details-title" }, experiment.title),
    make("p", {}, make("span", { class: `badge ${CLASSES[answer.outcome]}` }, content.verdicts[answer.outcome]),
      ` on ${titleOf(versions)}${one.case ? `, ${one.case}` : ""}${one.scale === "full" ? ", full scale" : ""}`),
    make("p", {}, make("strong", {}, `Claim (${TRUTHS[experiment.truth]}): `), ...prose(experiment.claim), " ", link(experiment.source, "where it is made")),
    make("p", {}, make("strong", {}, "Found: "), ...prose(experiment.found)),
    experiment.instead ? make("p", {}, make("strong", {}, "Instead: "), ...prose(experiment.instead)) : "",
    why ? make("p", {}, make("strong", {}, "Why: "), why) : "",
    make("h3", {}, "Plan"),
    make("p", {}, make("code", {}, one.plan)),
  ];
  if (answer.measured) {
    parts.push(make("h3", {}, "Measured"), tableOf(["behaviour", "measured", "the law says", "expected here"],
      answers.rows(answer).map(([name, ...values]) => [name, ...values.map(dash)])));
  }
  if (answer.differences.length) parts.push(make("ul", {}, ...answer.differences.map((said) => make("li", {}, said))));
  const counters = Object.entries(answer.counters).map(([name, steps]) => [content.counters[name] ?? name, answers.value(steps)]);
  if (counters.length) parts.push(make("h3", {}, "Steps by each counter"), tableOf(["counter", "steps"], counters));
  if (log.length) {
    parts.push(make("h3", {}, "What TensorFlow logged"), ...log.map(({ text, meaning }) =>
      make("div", {}, make("p", { class: "log" }, text), meaning ? make("p", {}, make("strong", {}, "It means: "), ...prose(meaning)) : "")));
  }
  if (experiment.changes.length) {
    parts.push(make("h3", {}, "What changed"), ...experiment.changes.map(({ since, says, do: act, source }) =>
      make("p", {}, make("strong", {}, `${/^\d/.test(since) ? "Since" : "With"} ${since}: `), ...prose(says), " ", make("strong", {}, "Do: "), ...prose(act), " ", link(source, "why"))));
  }
  const environment = ["estimator", "tensorflow_estimator", "keras", "tf_keras", "numpy", "protobuf", "python", "measured"];
  parts.push(
    make("h3", {}, "Measured with"),
    make("p", {}, environment.filter((name) => versions[name]).map((name) => `${name.replace("_", "-")} ${versions[name]}`).join(", ")),
    make("h3", {}, "Measure it again"),
    make("p", { class: "command" }, make("code", { id: "again" }, command),
      make("button", { type: "button", class: "copy", "data-copies": "again" }, "Copy")),
  );
  dialog.replaceChildren(...parts);
  dialog.showModal();
  dialog.scrollTop = 0;
}

function tableOf(heads, lines) {
  const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name)));
  const body = lines.map(([first, ...others]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...others.map((value) => make("td", {}, value))));
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": heads[0] }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}

dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest(".close")) dialog.close();
});
