// Answers plans with the page's own law, outside a browser: one JSON line in, one out. See test_calculator.py.
const fs = require("fs");

const [, , path] = process.argv;
const law = new Function(`${fs.readFileSync(path, "utf8")}; return law;`)();
const plain = (name, value) => (typeof value === "bigint" ? `${value}` : value);
for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
  const { typed, tensorflow, keras } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(law.answer(typed, tensorflow, keras ?? null), plain)}\n`);
}
