/**
 * The browser's engine against the server's, on any mails.
 *   node tests/parity/run.mjs PATH…                              mails, folders, .jsonl(.gz): exported first
 *   node tests/parity/run.mjs                                    the messages of this folder
 *   node tests/parity/run.mjs RULEBOOK.json MESSAGES.jsonl EXPECTED.jsonl
 * Ends with 1 where they disagree. Prints no words of a mail unless PARITY_SHOW is set.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compileRulebook } from "../../extension/src/rulebook/engine.js";
import { preview } from "../../extension/src/rulebook/preview.js";
import { caseDifferences, messageDifferences, stringDifferences } from "./compare.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SHOWN = 10;

/**
 * Writes the server's side of the comparison.
 * @param {string} folder
 * @param {string[]} [paths]
 */
export function exportTo(folder, paths = []) {
  const venv = join(ROOT, ".venv/bin/python");
  const python = process.env.PYTHON ?? (existsSync(venv) ? venv : "python3");
  const given = paths.length > 0 ? ["--paths", ...paths.map((path) => resolve(path))] : [];
  const done = spawnSync(python, ["-m", "tests.parity.export", "--out", folder, ...given], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`${python} -m tests.parity.export failed:\n${done.stderr || done.error}`);
}

/** @param {string} path @returns {any[]} */
export function readLines(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** @param {string} name @param {{ id: string, found: { what: string, here: unknown, there: unknown }[] }[]} rows */
function report(name, rows) {
  const wrong = rows.filter((row) => row.found.length > 0);
  console.log(`${name}: ${rows.length - wrong.length} of ${rows.length} agree`);
  for (const row of wrong.slice(0, SHOWN)) {
    console.log(`  ${row.id}: ${row.found.map((one) => one.what).join(", ")}`);
    if (!process.env.PARITY_SHOW) continue;
    for (const one of row.found)
      console.log(`    ${one.what}\n      here  ${JSON.stringify(one.here)}\n      there ${JSON.stringify(one.there)}`);
  }
  return wrong.length;
}

/** @param {object[]} messages @param {object} engine */
function reportTimes(messages, engine) {
  const times = messages
    .map((message) => {
      const start = performance.now();
      preview(message, engine);
      return performance.now() - start;
    })
    .sort((a, b) => a - b);
  const at = (share) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  console.log(`preview of a mail, warm: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms`);
}

/** @param {string} rulebookPath @param {string} messagesPath @param {string} expectedPath */
function compareFiles(rulebookPath, messagesPath, expectedPath) {
  const rulebook = JSON.parse(readFileSync(rulebookPath, "utf8"));
  const start = performance.now();
  const engine = compileRulebook(rulebook);
  console.log(
    `${rulebook.phrases.length} patterns, ${engine.byId.size} rules: compiled in ${(performance.now() - start).toFixed(0)} ms`,
  );
  const messages = readLines(messagesPath);
  const expected = readLines(expectedPath);
  const wrong = report(
    "mails",
    messages.map((message, index) => {
      return { id: message.id, found: messageDifferences(message, expected[index], engine) };
    }),
  );
  reportTimes(messages, engine);
  return { wrong, engine, tables: rulebook.tables };
}

/** @param {string[]} paths */
function compareExport(paths) {
  const folder = mkdtempSync(join(tmpdir(), "parity-"));
  try {
    exportTo(folder, paths);
    const at = (/** @type {string} */ name) => join(folder, name);
    const { wrong, engine, tables } = compareFiles(at("rulebook.json"), at("messages.jsonl"), at("expected.jsonl"));
    const cases = JSON.parse(readFileSync(at("cases.json"), "utf8"));
    const strings = JSON.parse(readFileSync(at("strings.json"), "utf8"));
    return (
      wrong +
      report(
        "rule cases",
        cases.map((row) => ({ id: row.name, found: caseDifferences(row, engine) })),
      ) +
      report(
        "strings",
        strings.map((row, index) => ({ id: `string ${index}`, found: stringDifferences(row, tables) })),
      )
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first = "", ...rest] = process.argv.slice(2);
  const wrong =
    first.endsWith(".json") && rest.length === 2
      ? compareFiles(first, rest[0], rest[1]).wrong
      : compareExport(first === "" ? [] : [first, ...rest]);
  process.exitCode = wrong > 0 ? 1 : 0;
}
