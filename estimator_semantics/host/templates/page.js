"use strict";
// The page: three views on what was measured. Text goes into the document as text, never as markup.

(() => {
  const content = answers.unpacked(JSON.parse(document.getElementById("content").textContent));
  const byId = (id) => document.getElementById(id);
  const CLASSES = {
    conforms: "conforms", "deviates as documented": "documented", deviates: "deviates", error: "error", absent: "absent",
  };

  const TRUTHS = { true: "true", false: "false", depends: "it depends" };

  /** Makes an element: its tag, its attributes, and what is in it, elements or text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** Text in which `code` is code. */
  const prose = (text) =>
    text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part)).filter((part) => part !== "");

  const isOfKeras = (release) => release.axis.of === "Keras";
  const titleOf = (release) => (isOfKeras(release) ? `Keras ${release.keras} on TensorFlow ${release.tensorflow}` : `TensorFlow ${release.tensorflow}`);

  const link = (source, says) => make("a", { href: source, rel: "noopener noreferrer" }, says);

  // ---- axes: the releases of TensorFlow, and those of Keras on one of these

  let begin = 0;
  for (const axis of content.axes) {
    axis.columns = Array.from({ length: axis.count }, (_, at) => begin + at);
    for (const at of axis.columns) content.releases[at].axis = axis;
    begin += axis.count;
  }
  let axis = content.axes[0];
  const axisChoices = [...document.querySelectorAll("select.axis")];
  for (const choice of axisChoices) {
    choice.addEventListener("change", () => {
      choose(content.axes[Number(choice.value)]);
      remember();
      fillShown();
    });
  }

  function choose(wanted) {
    if (wanted === axis) return;
    axis = wanted;
    for (const choice of axisChoices) choice.value = content.axes.indexOf(axis);
    fillReleases();
    rows = null;
  }

  // ---- views

  const views = [...document.querySelectorAll("main > section")];
  let shown = views[0];

  // What is chosen is in the address, "#compare?old=1.9.0&new=2.15.1": it can be linked, and Back finds it again.
  const CHOSEN = {
    compare: () => ({ axis: axisSaid(), old: nameAt(older), new: nameAt(newer) }),
    table: () => ({
      axis: axisSaid(), search: byId("search").value, api: byId("api").value, verdict: byId("outcome").value,
      differ: byId("differ").checked ? "yes" : "",
    }),
  };

  const axisSaid = () => (axis === content.axes[0] ? "" : axis.of);

  function addressOf(view) {
    const chosen = Object.entries(CHOSEN[view]?.() ?? {}).filter(([, value]) => value);
    return `#${view}${chosen.length ? `?${new URLSearchParams(chosen)}` : ""}`;
  }

  /** Puts what is chosen into the address, and into the links that lead back to it. */
  function remember() {
    for (const each of document.querySelectorAll("nav a")) each.hash = addressOf(each.dataset.to);
    if (shown.dataset.view in CHOSEN) history.replaceState(null, "", addressOf(shown.dataset.view));
  }

  /** Chooses what the address says. */
  function recall(view, chosen) {
    if (!(view in CHOSEN)) return;
    choose(content.axes.find(({ of }) => of === chosen.get("axis")) ?? content.axes[0]);
    if (view === "compare") {
      const usual = usualPair();
      for (const [at, [name, select]] of [["old", older], ["new", newer]].entries()) {
        const named = axis.columns.find((each) => [content.releases[each].name, content.releases[each].minor].includes(chosen.get(name)));
        select.value = named ?? usual[at];
      }
    } else {
      for (const [id, name] of [["search", "search"], ["api", "api"], ["outcome", "verdict"]]) byId(id).value = chosen.get(name) ?? "";
      byId("differ").checked = chosen.has("differ");
    }
  }

  /** Shows the view that the address names, or the one in which the place is that it names. */
  function show() {
    const [name, chosen] = location.hash.slice(1).split(/\?(.*)/);
    const place = byId(name);
    shown = views.find((view) => view.dataset.view === name) ?? place?.closest("main > section") ?? views[0];
    if (dialog.open) dialog.close();
    for (const view of views) view.hidden = view !== shown;
    recall(shown.dataset.view, new URLSearchParams(chosen));
    remember();
    for (const each of document.querySelectorAll("nav a")) {
      if (each.dataset.to === shown.dataset.view) each.setAttribute("aria-current", "page");
      else each.removeAttribute("aria-current");
    }
    if (place && place !== shown) place.scrollIntoView();
    else scrollTo(0, 0);
    fillShown();
  }

  function fillShown() {
    if (shown.dataset.view === "compare") fillComparison();
    if (shown.dataset.view !== "table") return;
    if (rows) filter();
    else fillTable();
  }

  // As a link to "#main" it would be another address, and another view.
  document.querySelector("a.skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
    byId("main").scrollIntoView();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const code = byId(button.dataset.copies);
    const said = (text) => {
      button.textContent = text;
      setTimeout(() => (button.textContent = "Copy"), 1500);
    };
    const selected = () => {
      // Where the clipboard is closed to a page from disk, the text is selected at least.
      getSelection().selectAllChildren(code);
      said(document.execCommand("copy") ? "Copied" : "Selected");
    };
    if (navigator.clipboard) navigator.clipboard.writeText(code.textContent).then(() => said("Copied"), selected);
    else selected();
  });

  // ---- calculator

  const form = byId("plan");
  const { schema, wording } = law;
  const ARGUMENTS = schema.ARGUMENTS.filter((argument) => argument.kind !== schema.DERIVED);

  /** Shows what the API has an argument for; what it has none for counts as left out. */
  function suit(api) {
    for (const each of form.querySelectorAll("[data-of]")) {
      const fits = each.dataset.of.split(" ").includes(api);
      each.hidden = each.disabled = !fits;
    }
    for (const select of form.querySelectorAll("select")) {
      if (select.selectedOptions[0].disabled) select.value = select.name === "input" ? schema.usual_input(api, null) : "";
    }
  }

  /** What is typed, by the names of arguments; null for what the API does not have. */
  function typedInto(fields) {
    return new Map(ARGUMENTS.map(({ name, kind, option }) => {
      const field = fields[option];
      if (field.closest("label").hidden) return [name, null];
      if (kind === schema.FLAG) return [name, option === name ? field.checked : !field.checked];
      return [name, kind === schema.COUNT ? field.value.trim() || "none" : field.value || null];
    }));
  }

  function calculate() {
    const fields = form.elements;
    suit(fields.api.value);
    const typed = typedInto(fields);
    const keras = (!fields.keras.closest("label").hidden && fields.keras.value) || null;
    const tensorflow = fields.tensorflow.value || null;
    for (const field of fields) field.removeAttribute("aria-invalid");
    const result = byId("result");
    result.className = "";
    try {
      showAnswer(law.answer.answer(typed, tensorflow, keras), result);
    } catch (error) {
      if (!(error instanceof law.InvalidPlan)) throw error;
      refuse(error, result);
    }
    byId("explain").textContent = explainCommand(typed, tensorflow, keras);
  }

  function showAnswer({ prediction, explanation, note }, result) {
    const { steps, raises = null, steps_of_each_worker: together, steps_by_epoch: byEpoch } = prediction;
    const count = steps === null ? "never ends" : wording.many(steps, "step");
    const figure = raises === null ? count : steps ? `${count}, then an error` : "refused";
    // Of several workers the sentence says it.
    const usage = !together && prediction.usage && make("p", { class: "hint" }, `Use of the examples: ${sayUsage(prediction.usage)}.`);
    result.replaceChildren(make("p", { class: "steps" }, figure), make("p", {}, wording.say(explanation)), usage || "");
    if (byEpoch?.length > 1) result.append(make("p", { class: "hint" }, `Epoch by epoch: ${byEpoch.slice(0, 20).map(law.grouped).join("; ")}${byEpoch.length > 20 ? "; …" : ""}.`));
    if (note !== wording.NOTHING) result.append(make("p", { class: "hint" }, wording.say(note)));
  }

  /** Says why the law refuses a plan, in words of the form, and marks the field that has to change. */
  function refuse(error, result) {
    const { field, give } = error;
    const asked = fieldOf(field);
    const toChange = give ? fieldOf(give.field) : asked;
    toChange.setAttribute("aria-invalid", "true");
    if (byId("more").contains(toChange)) byId("more").open = true;
    const instead = give ? `; choose ${wording.listed(give.values.map((value) => optionOf(toChange, value)), "or")} in “${labelOf(toChange)}”` : "";
    result.className = "refused";
    result.replaceChildren(make("p", {}, make("strong", {}, labelOf(asked)), `${givenTo(asked)}: ${law.refusal.reason(error)}${instead}.`));
  }

  const fieldOf = (name) => form.elements[schema.argument_of(name)?.option ?? name];
  const optionOf = (field, value) => [...field.options].find((option) => option.value === value).textContent;
  const labelOf = (field) => field.closest("label").firstChild.textContent.trim() || field.closest("label").textContent.trim();

  function givenTo(field) {
    if (field.type === "checkbox") return "";
    return field.value.trim() === "" ? " is empty" : ` ${field.selectedOptions?.[0].textContent ?? field.value.trim()}`;
  }

  function sayUsage(usage) {
    return [...usage].map(([times, count]) => `${law.grouped(count)} ${answers.often(Number(times))}`).join(", ") || "none";
  }

  function explainCommand(typed, tensorflow, keras) {
    const words = ARGUMENTS.filter(({ name, kind, default: left, usual, required }) => {
      const given = typed.get(name);
      if (given === null) return false;
      // Without an API it is every one.
      return required || name === "api" || (kind === schema.COUNT ? given !== usual : given !== left);
    }).map(({ name, kind, option }) => `--${option.replaceAll("_", "-")}${kind === schema.FLAG ? "" : ` ${quoted(typed.get(name))}`}`);
    if (tensorflow) words.push(`--tensorflow ${tensorflow}`);
    if (keras) words.push(`--keras ${keras}`);
    return `estimator-semantics explain ${words.join(" ")}`;
  }

  const quoted = (value) => (/^[\w.+-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`);

  form.addEventListener("input", calculate);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("[data-steps]")) {
    button.addEventListener("click", () => {
      // A reset passes over what the API does not have.
      suit("train");
      form.reset();
      form.elements.steps.value = button.dataset.steps;
      calculate();
    });
  }

  // ---- two releases

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

  // ---- every release

  // On a phone the table comes first, and of the table the newest release.
  const isNarrow = matchMedia("(max-width: 40rem)").matches;
  if (isNarrow) byId("key").open = false;
  const table = byId("cases");
  let rows = null;

  /** Fills the table once there is something to be seen: thousands of cells take a moment. */
  function fillTable() {
    if (rows) return;
    table.setAttribute("aria-busy", "true");
    requestAnimationFrame(() => setTimeout(() => {
      if (!rows) buildTable();
      table.removeAttribute("aria-busy");
    }));
  }

  function buildTable() {
    const heads = axis.columns.map((at) => content.releases[at]).map((release) =>
      make("th", { scope: "col", title: titleOf(release), class: release.estimator === "bridged" && !isOfKeras(release) ? "bridged" : null }, release.minor));
    const body = make("tbody");
    const asked = content.cases.map((one, at) => ({ one, at })).filter(({ one }) => axis.columns.some((release) => answers.of(one, release)));
    rows = asked.map(({ one, at }) => ({ one, at, element: rowOf(one, at), log: new Set(axis.columns.flatMap((release) => one.log?.[release] ?? [])) }));
    body.append(...rows.map(({ element }) => element));
    table.replaceChildren(
      make("caption", { class: "unseen" }, "Verdict and number of steps of each case on each release"),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "case"), ...heads)),
      body,
    );
    if (isNarrow) byId("scroller").scrollTo({ left: table.scrollWidth, behavior: "instant" });
    filter();
  }

  function rowOf(one, at) {
    const experiment = content.experiments[one.experiment];
    const scale = one.scale === "full" ? " (full scale)" : "";
    const head = make("th", { scope: "row" }, experiment.title, make("small", {}, `${one.name}${scale}`), make("span", { class: "truth" }, `claim: ${experiment.truth}`));
    const cells = axis.columns.map((release) => {
      const answer = answers.of(one, release);
      if (!answer) return make("td", {});
      const changed = one.changed?.includes(release) ?? false;
      const short = `${answers.short(answer)}${answer.outcome === "deviates" ? "!" : ""}`;
      const says = `${one.name}, ${axis.of} ${content.releases[release].minor}: ${content.verdicts[answer.outcome]}${changed ? ", changed" : ""}`;
      const button = make("button", { type: "button", tabindex: "-1", "data-at": `${at},${release}`, "aria-label": `${short} ${says}` }, short);
      return make("td", { class: `${CLASSES[answer.outcome]}${changed ? " changed" : ""}` }, button);
    });
    return make("tr", {}, head, ...cells);
  }

  function filter() {
    if (!rows) return;
    const [text, api, outcome] = ["search", "api", "outcome"].map((id) => byId(id).value.trim().toLowerCase());
    const differ = byId("differ").checked;
    const logged = linesWith(text);
    let [count, logging] = [0, 0];
    for (const { one, element, log } of rows) {
      const experiment = content.experiments[one.experiment];
      const words = [one.name, experiment.title, experiment.claim, experiment.found].join(" ").toLowerCase();
      const logs = logged.some((at) => log.has(at));
      const fits =
        (words.includes(text) || logs) &&
        (!api || one.api === api) &&
        (!outcome || axis.columns.some((release) => answers.of(one, release)?.outcome === outcome)) &&
        (!differ || element.querySelector(".changed"));
      element.hidden = !fits;
      if (fits) count += 1;
      if (fits && logs) logging += 1;
    }
    byId("shown").textContent = `${count} of ${rows.length} cases${logging ? `; ${logging === count ? "all" : logging} of them logged this` : ""}`;
    byId("found").replaceChildren(...foundOf(text, logged, count, logging));
    mark(logged);
    reachable(table.querySelector("tbody tr:not([hidden]) button"));
  }

  const NOTHING = "Nothing matches all of this. Search for a word or two of a case, or for one line of a log: best the part of it in which no folder and no name is.";

  /** What is to be said of a search, beside how many cases it finds: what a logged line means, and where else it may be. */
  function foundOf(text, logged, count, logging) {
    const parts = [];
    if (logged.length && !logging) {
      const there = content.axes.filter(({ columns }) => content.cases.some((one) => columns.some((at) => logsOne(one, at, logged))));
      const where = there.includes(axis) ? "Cases that the other filters hide logged this." : `This was logged with releases of ${there.map((each) => each.of).join(" and ")}.`;
      parts.push(make("p", {}, where));
    }
    const lines = logged.filter((at) => content.meanings[at]);
    const meanings = new Map(lines.map((at) => [content.meanings[at], content.texts[at]]));
    for (const [meaning, line] of meanings) {
      if (meanings.size > 1) parts.push(make("p", { class: "log" }, line));
      parts.push(make("p", {}, make("strong", {}, "It means: "), ...prose(meaning)));
    }
    if (logged.length && !meanings.size) parts.push(make("p", {}, "What this line means is not explained here."));
    if (text && !count && !logged.length) parts.push(make("p", {}, NOTHING));
    return parts;
  }

  /** Marks the cells that logged one of these lines. */
  function mark(logged) {
    for (const cell of table.querySelectorAll("td.logs")) {
      cell.classList.remove("logs");
      cell.firstChild.ariaLabel = cell.firstChild.ariaLabel.replace(LOGGED_THIS, "");
    }
    for (const { one, element } of rows) {
      for (const [at, release] of axis.columns.entries()) {
        if (!logsOne(one, release, logged)) continue;
        const cell = element.cells[at + 1];
        cell.classList.add("logs");
        cell.firstChild.ariaLabel += LOGGED_THIS;
      }
    }
  }

  const LOGGED_THIS = ", logged this";
  const logsOne = (one, release, logged) => one.log?.[release].some((line) => logged.includes(line));

  // Shorter ones are words of the table, and too short for a line of a log.
  const A_FEW_WORDS = 12;

  // What is before a message: where it comes from, and when.
  const BEFORE = /^.*?(?:tensorflow:|\.(?:cc|py):\d+\]|\.py:\d+: \w*warning:)\s*/;

  /** A line without what varies: its beginning, figures and addresses, for which records have N and 0x... as well, and spaces,
   *  for a field of one line joins lines. */
  const alike = (line) =>
    line.toLowerCase().replace(BEFORE, "").replace(/0x(?:\.+|[0-9a-f]+)/g, "0x").replace(/\d+|\bn\b/g, "0").replace(/[\s`'"]+/g, "");

  /** Places of the lines of a log that a pasted text is of: a part of one, or one with other figures, or more around it. */
  function linesWith(text) {
    if (text.length < A_FEW_WORDS) return [];
    const wanted = alike(text);
    if (wanted.length < A_FEW_WORDS) return [];
    return logLines.filter((at) => {
      // One that a record cuts short ends with "…".
      const line = alike(content.texts[at].replace(/…$/, ""));
      return line.includes(wanted) || (line.length >= A_FEW_WORDS && wanted.includes(line));
    });
  }

  const logLines = [...new Set(content.cases.flatMap((one) => (one.log ?? []).flat()))];

  /** Lets exactly one cell be reached by the tabulator key; the arrow keys do the rest. */
  function reachable(button) {
    for (const each of table.querySelectorAll('button[tabindex="0"]')) each.tabIndex = -1;
    if (button) button.tabIndex = 0;
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    const row = cell?.parentElement;
    const besides = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const below = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    let next = null;
    if (besides) next = row.cells[cell.cellIndex + besides]?.querySelector("button");
    else if (below) {
      let there = row[below];
      while (there && (there.hidden || !there.cells[cell.cellIndex].querySelector("button"))) there = there[below];
      next = there?.cells[cell.cellIndex].querySelector("button");
    } else if (event.key === "Home") next = row.querySelector("button");
    else if (event.key === "End") next = [...row.querySelectorAll("button")].at(-1);
    else return;
    event.preventDefault();
    if (next) {
      reachable(next);
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });
  table.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-at]");
    if (!button) return;
    reachable(button);
    open(...button.dataset.at.split(",").map(Number));
  });
  for (const id of ["search", "api", "outcome", "differ"]) {
    byId(id).addEventListener("input", filter);
    byId(id).addEventListener("change", remember);
  }

  // ---- one cell

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

  addEventListener("hashchange", show);
  show();
  calculate();
})();
