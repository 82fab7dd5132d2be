// Compares releases with the page's own comparison, and says answers in its words, outside a browser; see test_page.py.
const fs = require("fs");

const [, , ...paths] = process.argv;
const source = paths.map((path) => fs.readFileSync(path, "utf8")).join("\n");
const { answers, compare } = new Function(`${source}; return { answers, compare };`)();
const { content: packed, pairs, said } = JSON.parse(fs.readFileSync(0, "utf8"));
const content = answers.unpacked(packed);
const summary = (entry, isUpgrade) => [
  entry.kind, entry.experiment, compare.sinceSaid(entry, isUpgrade), [...entry.cases].sort(),
  entry.shifts.map(compare.shiftSaid).sort(), compare.telling(entry.shifts).length, entry.changes.map(({ says }) => says),
];
const compared = (pairs ?? []).map(([old, now]) => compare.differences(content, old, now).map((entry) => summary(entry, old < now)));
const cells = (said ?? []).map(([at, release]) => {
  const answer = answers.of(content.cases[at], release);
  return { status: answer.status, outcome: answer.outcome, rows: answers.rows(answer), counters: answer.counters,
    short: answers.short(answer), why: answers.why(content, answer, release), log: answers.log(content, content.cases[at], release) };
});
process.stdout.write(JSON.stringify({ compared, cells }));
