// Sums up Surefire's XML reports, a folder for each run: fails if a run has failures or no tests, or if all runs skip a test.

import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const TEST = /<testcase\b((?:[^>"]|"[^"]*")*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const SHOWN = 20;

function attribute(attributes, name) {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
}

function read(folder) {
  const run = { name: basename(folder), tests: 0, failed: [], skipped: [] };
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".xml"))) {
    const report = readFileSync(join(folder, file), "utf8").replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
    for (const [, attributes, body = ""] of report.matchAll(TEST)) {
      const name = `${attribute(attributes, "classname")}#${attribute(attributes, "name")}`;
      run.tests++;
      if (/<(failure|error)\b/.test(body)) {
        run.failed.push(name);
      }
      else if (/<skipped\b/.test(body)) {
        run.skipped.push(name);
      }
    }
  }
  return run;
}

function list(title, names) {
  if (names.length > 0) {
    const more = names.length > SHOWN ? [`and ${names.length - SHOWN} more`] : [];
    console.log([`${title}:`, ...names.slice(0, SHOWN), ...more].join("\n  "));
  }
}

const runs = process.argv.slice(2).map(read);
let good = runs.length > 0;
for (const { name, tests, failed, skipped } of runs) {
  console.log(`${name}: ${tests} tests, ${failed.length} failures, ${skipped.length} skipped`);
  list("Failed", failed);
  good &&= tests > 0 && failed.length === 0;
}
if (runs.length > 1) {
  const sets = runs.map((run) => new Set(run.skipped));
  const alwaysSkipped = [...sets[0]].filter((name) => sets.every((set) => set.has(name)));
  list("Skipped in every run", alwaysSkipped);
  good &&= alwaysSkipped.length === 0;
}
else if (process.env.RESULTS) {
  runs.forEach(({ name, tests, failed, skipped }) => appendFileSync(process.env.RESULTS,
    `${tests - failed.length - skipped.length} ${failed.length} ${skipped.length} ${name}\n`));
}
process.exit(good ? 0 : 1);
