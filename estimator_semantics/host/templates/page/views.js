// The views, one of which is shown, and the address, which says which one and what is chosen in it.

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
