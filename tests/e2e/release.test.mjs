/** The build that is shipped: closed shadow root, the same badge; driven through the DevTools protocol. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { startApi, TOKEN } from "./api.mjs";
import { launch } from "./browser.mjs";

/** The shipped build may reach one port only. */
const PORT = 8750;

test("release build: the page cannot look into the badge, a screen reader can", async (t) => {
  const api = await startApi(PORT).catch((error) => error);
  if (api instanceof Error) return t.skip(`port ${PORT} is in use: ${api.message}`);
  const browser = await launch({ build: "chrome" });
  try {
    await browser.set({ address: api.address, token: TOKEN, lang: "zh_CN", engine: "" });
    const page = await browser.gmail("plain");
    await page.waitForFunction(() => document.querySelector("[data-backtone=badge]"));
    await page.waitForTimeout(1000);
    const seen = await page.evaluate(() => {
      const host = document.querySelector("[data-backtone=badge]");
      return { root: host.shadowRoot, children: host.childElementCount, text: host.textContent, tone: host.dataset.tone };
    });
    assert.deepEqual(seen, { root: null, children: 0, text: "", tone: undefined });
    const session = await browser.context.newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const button = nodes.find((node) => node.role?.value === "button" && /背调：高风险, 62 分/.test(node.name?.value ?? ""));
    assert.ok(button, "the badge is in the accessibility tree");
    const { model } = await session.send("DOM.getBoxModel", { backendNodeId: button.backendDOMNodeId });
    const [x, y] = model.content;
    await page.mouse.click(x + 5, y + 5);
    await page.waitForFunction(() => document.querySelector("[data-backtone=panel]"));
    const frame = await page.waitForEvent("frameattached", { timeout: 1000 }).catch(() => page.frames().find((one) => one.url().includes("panel/panel.html")));
    const panel = frame ?? page.frames().at(-1);
    await panel.getByRole("heading", { level: 1, name: "高风险" }).waitFor();
    assert.equal(await page.evaluate(() => window.frames.length), 0);
  } finally {
    await browser.close();
    await api.stop();
  }
});
