/** Who may say what to whom inside the extension, by direction. The worker checks the sender before the type. */

/** Content script -> worker. Answers are a `Standing` (see standing.js) unless said otherwise. */
export const FROM_CONTENT = /** @type {const} */ ({
  begin: "content/begin", // -> {lang, selectors, vet: "auto" | "click", headers: boolean, panel: {width, side, where}}
  wake: "content/wake", // -> {}: the reader is about to open a mail; makes the rules ready
  preview: "content/preview", // {key, mail} -> what the browser alone can say, or a kept verdict
  vet: "content/vet", // {key, mail, fresh} -> the server's verdict
  poll: "content/poll", // {key} -> a newer verdict while look-ups run
  ticket: "content/ticket", // {key} -> {ticket}: lets one panel show this mail, once
  side: "content/side", // {key} -> {side}: shows this mail in the browser's side panel, where there is one
  selfcheck: "content/selfcheck", // -> {}: opens the page that shows what was read by which selector
  place: "content/place", // {width, side} -> {}: where the reader put the panel
});

/** The panel in its frame -> worker. */
export const FROM_PANEL = /** @type {const} */ ({
  claim: "panel/claim", // {ticket} -> {id, lang, engine, factNames} or {}; the standing it reads from storage.session
  side: "panel/side", // {tab} -> as claim; only for the browser's own side panel, which stands in no tab
  read: "panel/read", // {id} -> {standing, news, notes}: for browsers that keep the session store from embedded pages
  recheck: "panel/recheck", // {id}
  headers: "panel/headers", // {id} -> {headers: "read" | "failed"}: asks the mailbox for the mail's headers, then vets anew
  note: "panel/note", // {id, change} -> {}: what the rep knows of this counterpart, kept in this browser
  letter: "panel/letter", // {id, kind, lang} -> {letter} or {problem}
  feedback: "panel/feedback", // {id, feedback} -> {kept} or {problem}
  site: "panel/site", // {id} -> {site: {outcome, why}} or {problem}: the server visits the sender's web site
  close: "panel/close",
  settings: "panel/settings",
});

/** Options and popup pages -> worker. `id` is the page's own mark of a mail. */
export const FROM_PAGE = /** @type {const} */ ({
  preview: "page/preview", // {id, mail}
  vet: "page/vet", // {id, mail | eml, fresh}
  poll: "page/poll", // {id}
  note: "page/note", // {id, change} -> {}
  letter: "page/letter", // {kind, lang, mail | key} -> {letter} or {problem}
  feedback: "page/feedback", // {id, feedback} -> {kept} or {problem}
  site: "page/site", // {id} -> as panel/site
  engines: "page/engines", // -> {engines, facts}: addresses of search engines by id, names of facts
  news: "page/news", // -> {features, extension}: what the server offers
  sites: "page/sites", // -> {sites: string[]}: origins where the reader has enabled us besides the known webmails
  enableSite: "page/enable-site", // {origin} -> {sites}; the page has asked for the permission before, in its own click
  disableSite: "page/disable-site", // {origin} -> {sites}; gives the permission back
  reports: "page/reports", // -> {reports: {tab, report}[]}: what each open mail page could read, see content/report.js
  structure: "page/structure", // {tab} -> {structure: string}: tags and classes of that page, no text
  test: "page/test", // {address, token} -> {problem} or {rulebook, rules, outdated, newer}
});

/** Worker -> content script of one tab. */
export const TO_CONTENT = /** @type {const} */ ({
  recheck: "worker/recheck", // {key}
  closePanel: "worker/close-panel",
  report: "worker/report", // -> what could be read, by which selector
  structure: "worker/structure", // -> {structure}
  headers: "worker/headers", // {key} -> {headers: "read" | "failed"}
  mail: "worker/mail", // {key} -> the mail as read, for a letter about it; null if it is no longer open
});

/**
 * What kind of sender a message comes from; null for anything that is not ours.
 * @param {chrome.runtime.MessageSender} sender
 * @param {{id: string, origin: string}} own  the extension's id and the address of its root
 * @returns {"content" | "panel" | "page" | null}
 */
export function senderKind(sender, own) {
  if (sender.id !== own.id || !sender.url) return null;
  if (sender.url.startsWith(own.origin)) {
    const path = sender.url.slice(own.origin.length);
    if (/^panel\/panel\.html(?=$|[?#])/.test(path)) return "panel";
    return /^(options|popup|selfcheck)\/(options|popup|selfcheck)\.html(?=$|[?#])/.test(path) ? "page" : null;
  }
  return sender.tab && sender.frameId === 0 && sender.url.startsWith("https://") ? "content" : null;
}

/**
 * Whether this kind of sender may say this.
 * @param {string} type
 * @param {"content" | "panel" | "page" | null} kind
 */
export function mayAsk(type, kind) {
  /** @type {readonly string[]} */
  const allowed = kind === "content" ? Object.values(FROM_CONTENT) : kind === "panel" ? Object.values(FROM_PANEL)
    : kind === "page" ? Object.values(FROM_PAGE) : [];
  return allowed.includes(type);
}
