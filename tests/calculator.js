// Answers plans with the page's own law, outside a browser: one JSON line in, one out. See test_calculator.py.
const fs = require("fs");

const [, , path] = process.argv;
const law = new Function(`${fs.readFileSync(path, "utf8")}; return law;`)();
const plain = (name, value) => {
  if (typeof value === "bigint") return `${value}`;
  return value instanceof Map ? [...value] : value;
};

function answer({ typed, tensorflow = null, keras = null }) {
  try {
    const { plan, prediction, explanation, note } = law.answer.answer(new Map(Object.entries(typed)), tensorflow, keras);
    return { plan, prediction, explanation, says: law.wording.say(explanation), note: law.wording.say(note) };
  } catch (error) {
    if (!(error instanceof law.InvalidPlan)) throw error;
    const { field, value, code, parameters, give } = error;
    return { field, value, code, parameters, give, says: law.refusal.reason(error), error: law.refusal.in_options(error) };
  }
}

for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)), plain)}\n`);
}
