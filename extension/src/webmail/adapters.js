/** Which adapter reads a page. An unknown page gets none: nothing is drawn there. */

import { createGmail } from "./gmail/gmail.js";
import { createNetease, isJs6 } from "./netease/netease.js";

/**
 * @param {import("./types.js").Page} page
 * @param {Record<string, import("./types.js").Ladders>} selectors  shared_rules/selectors.yaml
 * @returns {import("./types.js").Adapter | null}
 */
export function adapterFor(page, selectors) {
  const { gmail, netease } = selectors;
  if (gmail && page.location.host === "mail.google.com") return createGmail(page, gmail);
  if (netease && isJs6(page.location, page.document, netease)) return createNetease(page, netease);
  // The address says js6-style reading although no known node is there: the page has changed, say so.
  if (netease && page.location.hash.startsWith("#module=")) return createNetease(page, netease);
  return null;
}
