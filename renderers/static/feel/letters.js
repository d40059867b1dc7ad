// What is known of single characters: their category and their case. Unicode grows every year, and the browser's edition
// need not be the server's: only blocks in which nothing changes any more are answered here.

import { ServerOnly } from "./limits.js";

// Latin, Greek, Cyrillic and Armenian with their marks; punctuation, currency and letter-like signs, arrows and
// mathematics; Chinese, Japanese; the oldest pictures.
export const SETTLED = [
  [0x0000, 0x024f],
  [0x02b0, 0x0556],
  [0x1e00, 0x1eff],
  [0x2000, 0x205f],
  [0x20a0, 0x20bf],
  [0x2100, 0x2138],
  [0x2190, 0x23f3],
  [0x3041, 0x3094],
  [0x30a1, 0x30fe],
  [0x4e00, 0x9fa5],
  [0x1f300, 0x1f320],
  [0x1f400, 0x1f43e],
  [0x1f600, 0x1f610],
];

export function settled(text) {
  for (const sign of text) {
    const code = sign.codePointAt(0);
    if (code > 0x24f && !SETTLED.some(([first, last]) => first <= code && code <= last)) {
      throw new ServerOnly(`the character U+${code.toString(16)}`);
    }
  }
  return text;
}

// An old letter may be given its other case in a later edition: then the other one stands in no settled block.
export const upper = (text) => settled(settled(text).toUpperCase());
export const lower = (text) => settled(settled(text).toLowerCase());

// Case left out of account: the dotless i keeps its form, the great ß is two letters.
const FOLDED = new Map([["ı", "ı"], ["ẞ", "ss"]]);
const folded = (sign) => FOLDED.get(sign) ?? lower(upper(sign));

// A character in upper and lower case, the Kelvin sign being a K.
export function casesOf(sign) {
  return new Set([sign, lower(sign), upper(sign), folded(sign), upper(lower(sign))]);
}

const CATEGORIES =
  "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split(" ");
const tests = new Map(CATEGORIES.map((name) => [name, new RegExp(`^\\p{${name}}$`, "u")]));

// The test of a category (`L`, `Nd`…); null when there is none of that name.
export function categoryTest(name) {
  const test = tests.get(name);
  return test ? (sign) => test.test(settled(sign)) : null;
}

const PLAIN_NAME = /^[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*(?: [\p{L}\p{N}_]+)*$/u;

// Whether a key may be written without quotes.
export const isPlainName = (text) => PLAIN_NAME.test(settled(text));
