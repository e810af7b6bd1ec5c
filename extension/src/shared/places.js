/** Where the quotes of the reasons stand in the mail: each with a few words before and behind it. */

/** @typedef {import("./types.js").Reason} Reason */

/**
 * @typedef {object} Place
 * @property {"subject" | "body" | "quoted"} part
 * @property {string} before
 * @property {string} text
 * @property {string} after
 * @property {string} why  titles of the reasons
 */

const AROUND = 70;
const MOST = 12;
/** Between the titles of several reasons that one place shows. */
const BETWEEN = " · ";
const CUT = /\s{1,40}/g;

/**
 * @param {import("./types.js").Message} mail  as it was sent to the server
 * @param {readonly Reason[]} reasons
 * @returns {Place[]}  in the order of the mail; a wording that is not found is left out
 */
export function placesOf(mail, reasons) {
  const texts = { subject: mail.subject ?? "", body: mail.body?.text ?? "", quoted: mail.quoted_text || mail.body?.text || "" };
  /** @type {(Place & {at: number})[]} */
  const places = [];
  for (const reason of reasons) {
    for (const quote of reason.quotes) {
      const text = texts[quote.part] ?? "";
      const at = nearest(text, quote.text, quote.start);
      if (at < 0 || places.some((place) => place.part === quote.part && place.at === at && place.text === quote.text)) continue;
      places.push({ part: quote.part, at, text: quote.text.slice(0, 400), ...around(text, at, at + quote.text.length), why: reason.title });
    }
  }
  const order = ["subject", "body", "quoted"];
  return merged(places.sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part) || a.at - b.at)).slice(0, MOST)
    .map(({ part, before, text, after, why }) => ({ part, before, text, after, why }));
}

/**
 * A wording inside another one is shown with that one; words of one reason that stand close together are shown once.
 * @param {(Place & {at: number})[]} places  in the order of the mail
 */
function merged(places) {
  /** @type {typeof places} */
  const kept = [];
  for (const place of places) {
    const near = kept.find((other) => other.part === place.part && (place.at + place.text.length <= other.at + other.text.length
      || (place.why === other.why && place.at - other.at < AROUND)));
    if (!near) kept.push(place);
    else if (!near.why.split(BETWEEN).includes(place.why)) near.why += BETWEEN + place.why;
  }
  return kept;
}

/**
 * The occurrence nearest to where the server saw it; offsets may differ by what the page leaves out.
 * @param {string} text @param {string} wanted @param {number} start
 */
function nearest(text, wanted, start) {
  if (!wanted) return -1;
  let best = -1;
  let at = text.indexOf(wanted);
  for (let tries = 0; at >= 0 && tries < 50; tries += 1) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at;
    at = text.indexOf(wanted, at + 1);
  }
  return best;
}

/** @param {string} text @param {number} start @param {number} end */
function around(text, start, end) {
  const before = text.slice(Math.max(0, start - AROUND), start).replace(CUT, " ");
  const after = text.slice(end, end + AROUND).replace(CUT, " ");
  return {
    before: start > AROUND ? `…${before.replace(/^[^\s\u3000-\u9fff]{0,20} /, "")}` : before,
    after: end + AROUND < text.length ? `${after.replace(/ [^\s\u3000-\u9fff]{0,20}$/, "")}…` : after,
  };
}
