/** One mail's questions and answers: late ones are dropped, failures show, polling ends. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Stale } from "../../../extension/src/content/ask.js";
import { createSession } from "../../../extension/src/content/session.js";
import { emptyStanding } from "../../../extension/src/shared/standing.js";

const reading = (key) => ({ key, me: "", missing: [], message: { subject: key } });
const settled = (level) => ({ ...emptyStanding(), busy: false, verdict: { risk: { level }, complete: true } });
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** @param {(type: string, payload: any) => any} answer */
function play(answer) {
  const painted = [];
  const badge = { paint: (standing) => painted.push(standing), remove: () => painted.push("removed") };
  let stale = 0;
  const session = createSession(reading("a"), badge, { ask: async (type, payload) => answer(type.split("/")[1], payload), onStale: () => { stale += 1; } });
  return { session, painted, stale: () => stale };
}

test("preview first, then the verdict", async () => {
  const asked = [];
  const { session, painted } = play((type) => {
    asked.push(type);
    return type === "preview" ? { ...emptyStanding(), preview: { risk: { level: "high" } } } : settled("caution");
  });
  session.show(reading("a"));
  await turn();
  assert.deepEqual(asked, ["preview", "vet"]);
  assert.equal(painted.at(-1).verdict.risk.level, "caution");
});

test("a kept verdict saves the question to the server", async () => {
  const asked = [];
  const { session } = play((type) => { asked.push(type); return settled("low"); });
  session.show(reading("a"));
  await turn();
  assert.deepEqual(asked, ["preview"]);
});

test("an answer for the mail before is dropped", async () => {
  let release;
  const { session, painted } = play((type, { key }) => {
    if (type === "preview") return emptyStanding();
    return key === "a" ? new Promise((resolve) => { release = () => resolve(settled("critical")); }) : settled("low");
  });
  session.show(reading("a"));
  await turn();
  session.show(reading("b"));
  await turn();
  release();
  await turn();
  assert.equal(painted.at(-1).verdict.risk.level, "low");
  assert.ok(!painted.some((standing) => standing.verdict?.risk.level === "critical"));
});

test("nothing is painted after the mail has left", async () => {
  let release;
  const { session, painted } = play((type) => type === "preview" ? new Promise((resolve) => { release = () => resolve(emptyStanding()); }) : settled("low"));
  session.show(reading("a"));
  await turn();
  session.end();
  release();
  await turn();
  assert.equal(painted.at(-1), "removed");
});

test("a worker that fails in the preview still asks the server; one that fails in the verdict says so", async () => {
  const { session, painted } = play((type) => (type === "preview" ? null : settled("low")));
  session.show(reading("a"));
  await turn();
  assert.equal(painted.at(-1).verdict.risk.level, "low");
  const broken = play(() => null);
  broken.session.show(reading("a"));
  await turn();
  assert.equal(broken.painted.at(-1).problem.code, "internal");
  assert.equal(broken.painted.at(-1).busy, false);
});

test("after an update of the extension the page is told once", async () => {
  const { session, stale } = play(() => { throw new Stale(); });
  session.show(reading("a"));
  await turn();
  assert.equal(stale(), 1);
});
