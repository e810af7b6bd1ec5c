/** The content script: finds the adapter for this page and keeps badges beside the open mails. */

import bundledSelectors from "backtone:selectors";

import { MARK } from "../badge/host.js";
import { showNotice } from "../badge/notice.js";
import { FROM_CONTENT, TO_CONTENT } from "../shared/messages.js";
import { nearestLang, wordsIn } from "../shared/words.js";
import { adapterFor } from "../webmail/adapters.js";
import { laddersInForce } from "../webmail/ladders.js";
import { hasBox } from "../webmail/safe.js";
import { askWorker, Stale } from "./ask.js";
import { createMails } from "./mails.js";
import { reportOf, structureOf } from "./report.js";
import { isNear } from "./sight.js";
import { wakeOnTouch } from "./wake.js";
import { watchPage } from "./watch.js";

async function start() {
  // What an earlier copy of ours left behind, before the extension was updated under this page.
  for (const old of document.querySelectorAll(`[${MARK}]`)) old.remove();
  // The worker knows the language and, after an update of the rules, newer selectors; without it we still say something.
  const begin = await askWorker(FROM_CONTENT.begin);
  const words = wordsIn(begin?.lang ?? nearestLang(navigator.language));
  const selectors = laddersInForce(bundledSelectors, begin?.selectors, document);
  const adapter = await whenFound(() => adapterFor({ document, location, visible: hasBox, near: isNear }, selectors));
  const ladders = selectors[adapter.id] ?? {};

  const watch = watchPage(document, { shown: ladders.watch ?? [], bringsMail: adapter.bringsMail }, scan);
  const mails = createMails({
    document, adapter, ladders, words, ask: askWorker, onStale, lookSoon: () => watch.soon(), lookOn: () => watch.look(), place: begin?.panel,
    onClick: begin?.vet === "click", withHeaders: begin?.headers === true,
  });
  const rest = wakeOnTouch(document, askWorker);
  let over = false;

  function scan() {
    if (over) return;
    if (!chrome.runtime?.id) {
      onStale();
      return;
    }
    try {
      mails.scan();
      watch.also(adapter.frames());
    } catch (error) {
      // Whatever a page or a mail does to its nodes: nothing of ours in its console, and no badge that means nothing.
      if (error instanceof Error) mails.broken();
    }
  }

  function onStale() {
    if (over) return;
    over = true;
    rest();
    watch.stop();
    mails.end();
    const notice = showNotice(document, {
      lead: words("badge_stale"), buttons: [{ text: words("badge_dismiss"), act: () => notice.remove() }],
    });
  }

  chrome.runtime.onMessage.addListener((message, sender, reply) => {
    if (sender.id !== chrome.runtime.id || sender.tab) return false;
    const key = String(message?.key);
    if (message?.type === TO_CONTENT.mail) reply(mails.mailOf(key));
    if (message?.type === TO_CONTENT.report) reply(reportOf(adapter, location));
    if (message?.type === TO_CONTENT.structure) reply({ structure: structureOf(document, ladders) });
    if (message?.type === TO_CONTENT.recheck) mails.recheck(key);
    if (message?.type === TO_CONTENT.closePanel) mails.closePanel();
    if (message?.type !== TO_CONTENT.headers) return false;
    mails.readHeaders(key).then(reply, () => reply({ headers: "failed" }));
    return true;
  });
  scan();
}

/**
 * What a look finds now or, in a page that changes its address without loading, later.
 * @template T
 * @param {() => T | null} look
 * @returns {Promise<T>}
 */
function whenFound(look) {
  return new Promise((resolve) => {
    const events = ["hashchange", "popstate"];
    const tryIt = () => {
      const found = look();
      if (!found) return;
      for (const name of events) removeEventListener(name, tryIt);
      resolve(found);
    };
    for (const name of events) addEventListener(name, tryIt);
    tryIt();
  });
}

start().catch((error) => {
  if (!(error instanceof Stale)) throw error;
});
