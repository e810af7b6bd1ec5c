/** Searches to run by hand: four at once, all of them by topic behind a fold; opened only by a click. */

import { el, safeUrl } from "../shared/nodes.js";
import { copyButton } from "./copy.js";
import { fold } from "./fold.js";

/** @typedef {import("./render.js").View} View */
/** @typedef {import("../shared/types.js").SearchLink} SearchLink */

const FIRST = 4;
const TWINS = /** @type {const} */ (["google", "bing", "bing_cn", "baidu"]);
const TOPICS = new Set(["company", "domain", "fraud", "mail", "person", "phone", "text", "trade", "register", "sanctions", "insolvency", "maps", "social", "brand", "institution", "tender", "bank"]);

/** @param {SearchLink[]} links */
const ranked = (links) => [...links].sort((a, b) => a.rank - b.rank);

/** The four most useful ones. @param {View} view */
export function searches(view) {
  const { standing: { verdict }, words } = view;
  if (!verdict) return null;
  const links = ranked(verdict.search_links);
  return el("section", { "aria-labelledby": "searches" },
    el("h2", { id: "searches" }, words("panel_searches"), el("span", { class: "hint" }, words("panel_searches_hint"))),
    links.length ? el("ul", { class: "searches" }, ...links.slice(0, FIRST).map((link) => row(link, view)))
      : el("p", { class: "quiet" }, words("panel_no_searches")));
}

/** All of them with what a good and a bad result look like: the recommended ones, the others by topic. @param {View} view */
export function allSearches(view) {
  const { standing: { verdict }, words, showFirst } = view;
  const links = ranked(verdict?.search_links ?? []);
  if (links.length <= FIRST && !links.some((link) => link.good || link.twins)) return null;
  const first = links.filter((link) => link.rank <= showFirst);
  const rest = links.filter((link) => link.rank > showFirst);
  const topics = [...new Set(rest.map(topicOf))];
  return fold({ id: "all-searches", title: words("panel_all_searches"), digest: links.length },
    el("ul", { class: "search-list" }, ...first.map((link) => whole(link, view))),
    ...topics.map((topic) => {
      const rows = rest.filter((link) => topicOf(link) === topic);
      return el("details", { class: "topic-fold", "data-id": `topic-${topic}` },
        el("summary", { "data-id": `fold-topic-${topic}` }, words(`panel_topic_${topic}`), el("span", { class: "quiet" }, rows.length)),
        el("ul", { class: "search-list" }, ...rows.map((link) => whole(link, view))));
    }));
}

/** @param {SearchLink} link */
const topicOf = ({ topic }) => (TOPICS.has(topic) ? topic : "other");

/** Where a link leads with the reader's engine; a page that is no search keeps its own address. @param {SearchLink} link @param {View} view */
function addressOf(link, { engine, engineId }) {
  const twin = link.twins?.[engineId];
  const own = engine && link.query ? engine.replace("{query}", () => encodeURIComponent(link.query).replaceAll("'", "%27")) : "";
  return safeUrl(twin ?? "") || safeUrl(own) || safeUrl(link.url);
}

/** @param {SearchLink} link @param {View} view */
function row(link, view) {
  const url = addressOf(link, view);
  const text = [el("span", { class: "label" }, link.label), el("span", { class: "query" }, link.query || hostOf(link.url))];
  return el("li", {},
    url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: [link.query, link.why].filter(Boolean).join("\n"), "data-id": `search-${link.id}` }, ...text)
      : el("span", { class: "dead" }, ...text),
    link.query ? copyButton({ id: `copy-${link.id}`, label: view.words("panel_copy_query", { query: link.query }), text: link.query, words: view.words, icon: true }) : null);
}

/** @param {SearchLink} link @param {View} view */
function whole(link, view) {
  const { words, engineId } = view;
  const url = addressOf(link, view);
  const main = TWINS.find((id) => url && url === link.twins?.[id]) ?? (engineId || "google");
  const others = TWINS.filter((id) => id !== main && safeUrl(link.twins?.[id] ?? ""));
  return el("li", {},
    el("div", { class: "search-head" },
      url ? el("a", { class: "label", href: url, target: "_blank", rel: "noopener noreferrer", "data-id": `all-${link.id}` }, link.label) : el("span", { class: "label" }, link.label),
      ...others.map((id) => el("a", {
        class: "twin", href: String(link.twins?.[id]), target: "_blank", rel: "noopener noreferrer", "data-id": `${id}-${link.id}`,
        "aria-label": words("panel_twin", { label: link.label, engine: words(`panel_engine_${id}`) }),
      }, words(`panel_engine_${id}`))),
      link.query ? copyButton({ id: `copy-all-${link.id}`, label: words("panel_copy_query", { query: link.query }), text: link.query, words, icon: true }) : null),
    el("p", { class: "query" }, link.query || hostOf(link.url)),
    link.why ? el("p", {}, link.why) : null,
    link.good ? el("p", { class: "good" }, el("b", {}, words("panel_good")), link.good) : null,
    link.bad ? el("p", { class: "bad" }, el("b", {}, words("panel_bad")), link.bad) : null);
}

/** @param {string} url */
function hostOf(url) {
  return /^https:\/\/([^/?#]{1,253})/.exec(url)?.[1] ?? "";
}
