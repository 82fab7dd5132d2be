// Compares releases with the page's own comparison, and says answers in its words, outside a browser; see test_page_content.py.
const fs = require("fs");

const [, , ...paths] = process.argv;
const source = paths.map((path) => fs.readFileSync(path, "utf8")).join("\n");
const { answers, compare } = new Function(`${source}; return { answers, compare };`)();
const { content: packed, pairs, said } = JSON.parse(fs.readFileSync(0, "utf8"));
const content = answers.unpacked(packed);
const summary = (entry, isUpgrade) => ({
  kind: entry.kind, experiment: entry.experiment, affects: content.affects[entry.affects], cause: entry.cause,
  times: compare.times(entry, isUpgrade), shifts: entry.shifts.map(({ says }) => says), telling: entry.shifts.filter(({ tells }) => tells).length,
  says: entry.changes.map(({ says }) => says), whys: [...new Set(entry.shifts.map(({ why }) => why).filter(Boolean))],
});
const compared = (pairs ?? []).map(([old, now]) => {
  const { entries, counts } = compare.differences(content, old, now);
  return { counts: Object.fromEntries(counts), entries: entries.map((entry) => summary(entry, old < now)) };
});
const cells = (said ?? []).map(([at, release]) => {
  const answer = answers.of(content.cases[at], release);
  return { status: answer.status, outcome: answer.outcome, rows: answers.rows(answer), counters: answer.counters,
    short: answers.short(answer), why: answers.why(content, answer, release), log: answers.log(content, content.cases[at], release) };
});
process.stdout.write(JSON.stringify({ compared, cells }));
