/** The content script: finds the adapter for this page and keeps badges beside the open mails. */

import bundledSelectors from "backtone:selectors";

import { showNotice } from "../badge/notice.js";
import { FROM_CONTENT, TO_CONTENT } from "../shared/messages.js";
import { nearestLang, wordsIn } from "../shared/words.js";
import { adapterFor } from "../webmail/adapters.js";
import { hasBox } from "../webmail/dom.js";
import { askWorker, Stale } from "./ask.js";
import { createMails } from "./mails.js";
import { watchPage } from "./watch.js";

async function start() {
  // The worker knows the language and, after an update of the rules, newer selectors; without it we still say something.
  const begin = await askWorker(FROM_CONTENT.begin);
  const words = wordsIn(begin?.lang ?? nearestLang(navigator.language));
  const selectors = begin?.selectors?.schema === bundledSelectors.schema ? begin.selectors : bundledSelectors;
  const adapter = adapterFor({ document, location, visible: hasBox }, selectors);
  if (!adapter) return;

  const watch = watchPage(document, selectors[adapter.id].watch ?? [], scan);
  const mails = createMails({
    document, adapter, words, ask: askWorker, onStale, lookSoon: () => watch.soon(), place: begin?.panel, onClick: begin?.vet === "click",
  });
  let over = false;

  function scan() {
    if (over) return;
    if (!chrome.runtime?.id) {
      onStale();
      return;
    }
    mails.scan();
    watch.also(adapter?.frames() ?? []);
  }

  function onStale() {
    if (over) return;
    over = true;
    watch.stop();
    mails.end();
    const notice = showNotice(document, {
      lead: words("badge_stale"), buttons: [{ text: words("badge_dismiss"), act: () => notice.remove() }],
    });
  }

  chrome.runtime.onMessage.addListener((message, sender, reply) => {
    if (sender.id !== chrome.runtime.id || sender.tab) return;
    if (message?.type === TO_CONTENT.mail) reply(mails.mailOf(String(message.key)));
    if (message?.type === TO_CONTENT.recheck) mails.recheck(String(message.key));
    if (message?.type === TO_CONTENT.closePanel) mails.closePanel();
  });
  scan();
}

start().catch((error) => {
  if (!(error instanceof Stale)) throw error;
});
