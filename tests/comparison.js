// Compares releases with the page's own comparison, outside a browser; see test_page.py.
const fs = require("fs");

const compare = new Function(`${fs.readFileSync(process.argv[2], "utf8")}; return compare;`)();
const { content, pairs } = JSON.parse(fs.readFileSync(0, "utf8"));
const name = ([behaviour, of]) => (of ? `${of}: ${behaviour}` : behaviour);
const summary = (entry) => [
  entry.kind, entry.experiment, entry.why, [...entry.cases].sort(), entry.shifts.map(name).sort(), entry.changes.map(({ says }) => says),
];
process.stdout.write(JSON.stringify(pairs.map(([old, now]) => compare.differences(content, old, now).map(summary))));
