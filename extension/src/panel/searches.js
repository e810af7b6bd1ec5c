/** Searches to run by hand: shown with their words, opened only by a click. */

import { el, safeUrl } from "../shared/nodes.js";
import { buttonIcon } from "./icons.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").Verdict["search_links"][number]} SearchLink */

const FIRST = 4;

/** @param {View} view */
export function searches(view) {
  const { standing: { verdict }, words } = view;
  if (!verdict) return null;
  const links = [...verdict.search_links].sort((a, b) => a.rank - b.rank);
  const more = links.slice(FIRST);
  return el("section", { "aria-labelledby": "searches" },
    el("h2", { id: "searches" }, words("panel_searches"), el("span", { class: "hint" }, words("panel_searches_hint"))),
    links.length ? el("ul", { class: "searches" }, ...links.slice(0, FIRST).map((link) => row(link, view)))
      : el("p", { class: "quiet" }, words("panel_no_searches")),
    more.length ? el("details", { "data-id": "more-searches" },
      el("summary", { "data-id": "fold-searches" }, words("panel_more_searches", { count: more.length })),
      el("ul", { class: "searches" }, ...more.map((link) => row(link, view)))) : null);
}

/** @param {SearchLink} link @param {View} view */
function row(link, { engine, words, act }) {
  // Some links are no searches but pages (a registry, a portal): those keep their own address.
  const url = safeUrl(engine && link.query ? engine.replace("{query}", encodeURIComponent(link.query)) : link.url) || safeUrl(link.url);
  const text = [el("span", { class: "label" }, link.label), el("span", { class: "query" }, link.query || link.url)];
  const copy = el("button", {
    type: "button", class: "icon-button", "data-id": `copy-${link.id}`,
    "aria-label": words("panel_copy_query", { query: link.query }), title: words("panel_copy"),
    click: (event) => {
      void navigator.clipboard.writeText(link.query);
      act("copy", link.query);
      const button = /** @type {HTMLElement} */ (event.currentTarget);
      button.replaceChildren(buttonIcon("done"), el("span", { class: "unseen", role: "status" }, words("panel_copied")));
    },
  }, buttonIcon("copy"));
  return el("li", {},
    url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: `${link.query}\n${link.why}`, "data-id": `search-${link.id}` }, ...text)
      : el("span", { class: "dead" }, ...text),
    copy);
}
