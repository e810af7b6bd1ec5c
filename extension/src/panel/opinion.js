/** What the rep thinks of the verdict. Of the mail only the hash of a sentence is sent, never its words. */

import { hashOf } from "../shared/hash.js";
import { el } from "../shared/nodes.js";
import { fold } from "./fold.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").Reason} Reason */

const MOST_CHARS = 500;

/** @param {View} view */
export function opinion(view) {
  const { standing: { verdict }, words, state, features } = view;
  if (!verdict?.key || !features.includes("feedback")) return null;
  const title = words("panel_opinion");
  if (state.opinion.sent) {
    return fold({ id: "opinion", title, digest: words(`panel_opinion_${state.opinion.sent}`) }, el("p", { role: "status" }, words("panel_opinion_kept")));
  }
  /** @param {"real_customer" | "fraud"} kind */
  const button = (kind) => el("button", {
    type: "button", class: `choice ${kind}`, "data-id": `opinion-${kind}`, disabled: state.opinion.busy,
    click: (event) => void send(view, { opinion: kind, reason: boxOf(event).value }, () => { state.opinion.sent = kind; }),
  }, words(`panel_opinion_${kind}`));
  return fold({ id: "opinion", title },
    el("label", { for: "opinion-reason" }, words("panel_opinion_why")),
    el("textarea", { id: "opinion-reason", "data-id": "opinion-reason", rows: 2, maxlength: MOST_CHARS }),
    el("p", { class: "buttons" }, button("real_customer"), button("fraud")),
    el("p", { class: "quiet" }, words("panel_opinion_hint")),
    state.opinion.problem ? el("p", { class: "failed", role: "alert" }, state.opinion.problem) : null);
}

/**
 * The small form under a reason that the rep calls wrong.
 * @param {Reason} reason
 * @param {View} view
 */
export function wrongReason(reason, view) {
  const { words, state } = view;
  const id = `wrong-${reason.id}`;
  return el("div", { class: "doubt" },
    el("label", { for: id }, words("panel_wrong_reason_why")),
    el("textarea", { id, "data-id": id, rows: 2, maxlength: MOST_CHARS }),
    el("p", { class: "buttons" },
      el("button", {
        type: "button", class: "small-button", "data-id": `send-${id}`, disabled: state.opinion.busy,
        click: async (event) => {
          const words_ = boxOf(event).value;
          const hash = reason.quotes[0] ? await hashOf(reason.quotes[0].text) : "";
          await send(view, { opinion: "wrong_reason", rule: reason.id, ...(hash && { sentence_hash: hash }), reason: words_ }, () => {
            state.wrong.add(reason.id);
            state.doubted = "";
          });
        },
      }, words("panel_send_opinion")),
      el("button", { type: "button", class: "small-button", "data-id": `leave-${id}`, click: () => { state.doubted = ""; view.redraw(); } }, words("panel_cancel"))),
    state.opinion.problem ? el("p", { class: "failed", role: "alert" }, state.opinion.problem) : null);
}

/** @param {Event} event @returns {HTMLTextAreaElement} */
function boxOf(event) {
  const form = /** @type {HTMLElement} */ (event.currentTarget).closest(".doubt, .fold-body");
  return /** @type {HTMLTextAreaElement} */ (form?.querySelector("textarea"));
}

/**
 * @param {View} view
 * @param {Record<string, string>} what
 * @param {() => void} done
 */
async function send(view, what, done) {
  const { state, standing: { verdict }, words } = view;
  if (!verdict?.key) return;
  const { reason, ...rest } = what;
  Object.assign(state.opinion, { busy: true, problem: "" });
  const given = reason.trim().slice(0, MOST_CHARS);
  const answer = await view.act("feedback", { key: verdict.key, level: verdict.risk.level, score: verdict.risk.score, ...rest, ...(given && { reason: given }) });
  const code = answer?.problem?.code ?? "internal";
  Object.assign(state.opinion, { busy: false, problem: answer?.kept ? "" : words(`problem_${code}`, { address: answer?.problem?.address ?? "", detail: answer?.problem?.detail ?? "" }) });
  if (answer?.kept) done();
  view.redraw();
}
