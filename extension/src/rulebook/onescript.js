/**
 * Words that mix Latin with Cyrillic or Greek letters of the same look, put into one script: а in "pаyment" is an a.
 * Twin: server/rulebook/one_script.py.
 */

/** Letters that look alike in most typefaces: Cyrillic and Latin, Greek and Latin. Source: UTS 39, chosen by eye. */
const CYRILLIC = ["аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈԌԚԜ", "aeopcyxisjdhqwABEKMHOPCTYXISJGQW"];
const GREEK = ["αονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovpABEZHIKMNOPTYX"];

/** @param {string} from @param {string} to @returns {[number, number][]} */
const pairs = (from, to) => Array.from(from, (char, index) => [char.charCodeAt(0), to.charCodeAt(index)]);

const TO_LATIN = new Map([...pairs(CYRILLIC[0], CYRILLIC[1]), ...pairs(GREEK[0], GREEK[1])]);
const TO_CYRILLIC = new Map(pairs(CYRILLIC[1], CYRILLIC[0]));

/** @param {number} c */
const isLatin = (c) => (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a);
/** @param {number} c */
const isOther = (c) => c >= 0x370 && c <= 0x52f;

/**
 * Puts each mixed word into one script, in place: Latin where all its other letters have a Latin twin, else Cyrillic
 * where all its Latin letters have a Cyrillic twin, else as it was ("LEDлампа" mixes for a reason).
 * @param {number[]} points code points of a text
 */
export function oneScript(points) {
  let start = 0;
  while (start < points.length) {
    let latin = 0;
    let end = start;
    while (end < points.length && (isLatin(points[end]) || isOther(points[end]))) {
      if (isLatin(points[end])) latin++;
      end++;
    }
    if (latin > 0 && latin < end - start) unmix(points, start, end);
    start = end + 1;
  }
}

/** @param {number[]} points @param {number} start @param {number} end */
function unmix(points, start, end) {
  let toLatin = true;
  let toCyrillic = true;
  for (let i = start; i < end; i++) {
    if (isLatin(points[i])) toCyrillic &&= TO_CYRILLIC.has(points[i]);
    else toLatin &&= TO_LATIN.has(points[i]);
  }
  const twins = toLatin ? TO_LATIN : toCyrillic ? TO_CYRILLIC : null;
  if (twins !== null) for (let i = start; i < end; i++) points[i] = twins.get(points[i]) ?? points[i];
}
