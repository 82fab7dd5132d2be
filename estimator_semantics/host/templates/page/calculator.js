// The calculator: how many steps a plan runs, as the law says.

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
    // What is left out, the command takes as usual with this API and strategy.
    if (name === "input") return given !== schema.usual_input(typed.get("api"), typed.get("strategy"));
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
