/** The quotes where they stand in the mail, in its order, each with the words around it. */

import { el } from "../shared/nodes.js";
import { fold } from "./fold.js";

/** @param {import("./render.js").View} view */
export function places({ standing, look, words }) {
  const found = standing.places ?? [];
  if (!found.length || (!standing.verdict && look.basis !== "preview")) return null;
  return fold({ id: "places", title: words("panel_places"), digest: found.length },
    el("ol", { class: "places" }, ...found.map(({ part, before, text, after, why }) => el("li", {},
      el("p", { class: "quiet" }, part === "body" ? null : el("span", { class: "part" }, words(`panel_quote_${part}`)), why),
      el("blockquote", {}, before, el("mark", {}, text), after)))));
}
