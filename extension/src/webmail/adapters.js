/** Which adapter reads a page. An unknown page gets none: nothing is drawn there. */

import { createGeneric } from "./generic/generic.js";
import { createGmail } from "./gmail/gmail.js";
import { createNetease, isJs6 } from "./netease/netease.js";

/** Where the manifest puts us by itself. Anywhere else the reader has asked for it (see background/sites.js). */
const KNOWN = /^(mail\.google\.com|webmail\.vip\.(163|126)\.com|([a-z0-9-]{1,63}\.){0,3}(mail\.(163|126)\.com|mail\.yeah\.net|qiye\.163\.com|office\.163\.com))$/;

/**
 * @param {import("./types.js").Page} page
 * @param {Record<string, import("./types.js").Ladders>} selectors  shared_rules/selectors.yaml
 * @returns {import("./types.js").Adapter | null}
 */
export function adapterFor(page, selectors) {
  const { gmail, netease, generic } = selectors;
  const { location, document } = page;
  if (gmail && location.host === "mail.google.com") return createGmail(page, gmail);
  if (netease && isJs6(location, document, netease)) return createNetease(page, netease);
  if (isSirius(location) || !KNOWN.test(location.host)) return createGeneric(page, generic);
  // The address says js6-style reading although no known node is there: the page has changed, say so.
  if (netease && location.hash.startsWith("#module=")) return createNetease(page, netease);
  return null;
}

/** NetEase's newer front end. @param {Location | URL} location */
function isSirius(location) {
  return location.pathname.includes("/static/sirius-web") || /(^|\.)office\.163\.com$/.test(location.host);
}
