// Every release: the table of all cases, and the search in it.

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
