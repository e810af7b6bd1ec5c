/**
 * A js6 mail's headers, asked for on a click: 查看信头 as text, else the structured call. Never marks a mail as read.
 * Under which name NetEase writes its results is not known, so none of them is believed.
 */

import { headersOf, isWhole, plainOf } from "../headers.js";

/**
 * @param {string} mid
 * @param {Location | URL} location
 * @param {readonly {name: string}[]} resources  what the page has loaded; names the data centre's path
 * @param {import("../types.js").Get} get
 * @returns {Promise<import("../headers.js").Headers | null>}
 */
export async function fetchNeteaseHeaders(mid, location, resources, get) {
  const sid = new URLSearchParams(location.search).get("sid") ?? "";
  if (!mid || !sid) return null;
  const path = `${callPath(resources)}?sid=${encodeURIComponent(sid)}&l=read`;
  const id = encodeURIComponent(mid);
  const text = await get(`${path}&func=mbox%3AgetMessageData&mid=${id}&mode=text&action=read_head`, isWhole);
  // The last line may be the block's end.
  const found = headersOf(`${text}\r\n\r\n`, "");
  if (found) return found;
  const answer = await get(`${path}&func=mbox%3AreadMessage&action=read`, () => false, { var: readCall(mid) });
  return headersOf(`${rawIn(answer)}\r\n\r\n`, "");
}

/** `/js6/s`, or another data centre's. @param {readonly {name: string}[]} resources */
export function callPath(resources) {
  for (const { name } of resources.slice(-500)) {
    const found = /^https:\/\/[^/]{1,253}(\/(?:bj)?js6\/s)\?/.exec(name.slice(0, 400));
    if (found?.[1]) return found[1];
  }
  return "/js6/s";
}

/** @param {string} mid */
function readCall(mid) {
  const id = mid.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<?xml version="1.0"?><object><string name="id">${id}</string><boolean name="header">true</boolean></object>`;
}

/** The field `headerRaw` of the answer. @param {string} answer */
function rawIn(answer) {
  if (!/<code>S_OK<\/code>/.test(answer.slice(0, 2000))) return "";
  const at = answer.indexOf('<string name="headerRaw">');
  const end = at < 0 ? -1 : answer.indexOf("</string>", at);
  return end < 0 ? "" : plainOf(answer.slice(at + 25, end));
}
