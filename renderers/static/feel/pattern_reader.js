// Reads the regular expressions of XPath 2.0 into a small tree (engine/feel/pattern_parser.py).

import { casesOf, categoryTest, settled } from "./letters.js";
import { characters } from "./values.js";

const NESTING = 20;
const REPETITIONS = 1000;

// A faulty or refused pattern.
export class Faulty extends Error {}

// The tree of a pattern and how many groups it has.
export function readPattern(text, flags) {
  if ([...flags].some((flag) => !"smix".includes(flag))) throw new Faulty();
  const signs = characters(text);
  const reader = new Reader(flags.includes("x") ? withoutSpaces(signs) : signs, flags);
  const part = reader.alternatives(0);
  if (reader.place < reader.signs.length) throw new Faulty();
  return [part, reader.groups];
}

const isSpace = (sign) => " \t\r\n".includes(sign);

// The pattern without its spaces, but those between [ and ]: the flag x.
function withoutSpaces(signs) {
  const kept = [];
  let depth = 0;
  for (let place = 0; place < signs.length; place += 1) {
    const sign = signs[place];
    if (sign === "\\" && place + 1 < signs.length) {
      kept.push(sign);
      do place += 1;
      while (place < signs.length && isSpace(signs[place]));
      if (place < signs.length) kept.push(signs[place]);
      continue;
    }
    depth += Number(sign === "[") - Number(sign === "]");
    if (depth > 0 || !isSpace(sign)) kept.push(sign);
  }
  return kept;
}

const BLOCKS = {
  IsBasicLatin: [0, 0x7f],
  "IsLatin-1Supplement": [0x80, 0xff],
  "IsLatinExtended-A": [0x100, 0x17f],
  "IsLatinExtended-B": [0x180, 0x24f],
  IsGreek: [0x370, 0x3ff],
  IsCyrillic: [0x400, 0x4ff],
};
const isLetter = (sign) => /^\p{L}$/u.test(settled(sign));
const isFigure = (sign) => /^\p{N}$/u.test(settled(sign));
const CLASSES = {
  d: categoryTest("Nd"),
  s: (sign) => " \t\n\r".includes(sign),
  w: (sign) => !/^[\p{P}\p{Z}\p{C}]$/u.test(settled(sign)),
  i: (sign) => isLetter(sign) || "_:".includes(sign),
  c: (sign) => isLetter(sign) || isFigure(sign) || "_:.-·".includes(sign),
};
const SINGLE = { n: "\n", r: "\r", t: "\t" };
const ESCAPED = "\\|.?*+(){}-[]^$";
const not = (test) => (sign) => !test(sign);

function escapedSign(sign) {
  if (Object.hasOwn(SINGLE, sign)) return SINGLE[sign];
  if (!ESCAPED.includes(sign)) throw new Faulty();
  return sign;
}

const codeOf = (sign) => sign.codePointAt(0);

class Reader {
  constructor(signs, flags) {
    Object.assign(this, { signs, flags, place: 0, groups: 0 });
  }

  // The sign so many places ahead; "" at the end.
  peek(ahead = 0) {
    return this.signs[this.place + ahead] ?? "";
  }

  take() {
    const sign = this.peek();
    if (!sign) throw new Faulty();
    this.place += 1;
    return sign;
  }

  alternatives(depth) {
    if (depth > NESTING) throw new Faulty();
    const parts = [this.sequence(depth)];
    while (this.peek() === "|") {
      this.place += 1;
      parts.push(this.sequence(depth));
    }
    return parts.length === 1 ? parts[0] : { kind: "alternatives", parts };
  }

  sequence(depth) {
    const parts = [];
    while (!["", "|", ")"].includes(this.peek())) parts.push(this.repeated(this.part(depth)));
    return { kind: "sequence", parts };
  }

  part(depth) {
    const sign = this.take();
    if (sign === "(") return this.group(depth);
    if (sign === "^" || sign === "$") return { kind: "anchor", sign };
    return { kind: "characters", accepts: this.oneCharacter(sign, depth) };
  }

  oneCharacter(sign, depth) {
    if (sign === ".") return this.flags.includes("s") ? () => true : (other) => other !== "\n" && other !== "\r";
    if (sign === "[") return this.characterClass(depth);
    if (sign === "\\") return this.escape();
    if ("?*+{}]".includes(sign)) throw new Faulty();
    return this.single(sign);
  }

  group(depth) {
    const counted = this.peek() !== "?" || this.peek(1) !== ":";
    if (counted) this.groups += 1;
    else this.place += 2;
    const number = this.groups;
    const of = this.alternatives(depth + 1);
    if (this.take() !== ")") throw new Faulty();
    return counted ? { kind: "group", of, number } : of;
  }

  repeated(of) {
    const [least, most] = this.quantity();
    if (least === 1 && most === 1) return of;
    const greedy = this.peek() !== "?";
    if (!greedy) this.place += 1;
    if (this.peek() && "?*+{".includes(this.peek())) throw new Faulty();
    return { kind: "repeat", of, least, most, greedy };
  }

  quantity() {
    const simple = { "?": [0, 1], "*": [0, null], "+": [1, null] }[this.peek()];
    if (simple) this.place += 1;
    if (simple || this.peek() !== "{") return simple ?? [1, 1];
    const end = this.signs.indexOf("}", this.place);
    const [low, ...high] = this.signs.slice(this.place + 1, Math.max(end, 0)).join("").split(/,(.*)/s, 2);
    const numbers = high[0] ? [low, high[0]] : [low];
    const isCount = (text) => /^[0-9]+$/.test(text) && Number(text.slice(0, 9)) <= REPETITIONS;
    if (end < 0 || !numbers.every(isCount)) throw new Faulty();
    this.place = end + 1;
    const most = high[0] ? Number(high[0]) : high.length ? null : Number(low);
    if (most !== null && most < Number(low)) throw new Faulty();
    return [Number(low), most];
  }

  // The test for one character, or for its upper and lower case.
  single(sign) {
    if (!this.flags.includes("i")) return (other) => other === sign;
    const cases = casesOf(sign);
    return (other) => [...casesOf(other)].some((one) => cases.has(one));
  }

  escape() {
    const sign = this.take();
    const small = sign.toLowerCase();
    if (Object.hasOwn(CLASSES, small)) return sign === small ? CLASSES[small] : not(CLASSES[small]);
    if (sign === "p" || sign === "P") return sign === "p" ? this.category() : not(this.category());
    return this.single(escapedSign(sign));
  }

  category() {
    const end = this.signs.indexOf("}", this.place);
    const name = this.signs.slice(this.place + 1, Math.max(end, 0)).join("");
    if (this.peek() !== "{" || end < 0) throw new Faulty();
    this.place = end + 1;
    if (Object.hasOwn(BLOCKS, name)) return (sign) => BLOCKS[name][0] <= codeOf(sign) && codeOf(sign) <= BLOCKS[name][1];
    const test = categoryTest(name);
    if (test === null) throw new Faulty();
    return test;
  }

  // `[a-z]`, `[^a-z]`, `[a-z-[aeiou]]`.
  characterClass(depth) {
    if (depth > NESTING) throw new Faulty();
    const negative = this.peek() === "^";
    if (negative) this.place += 1;
    const tests = [];
    let without = null;
    while (this.peek() !== "]" || !tests.length) {
      if (this.peek() === "-" && this.peek(1) === "[" && tests.length) {
        this.place += 2;
        without = this.characterClass(depth + 1);
        break;
      }
      tests.push(this.classItem());
    }
    if (this.take() !== "]") throw new Faulty();
    return (sign) => tests.some((test) => test(sign)) !== negative && !(without !== null && without(sign));
  }

  classItem() {
    let sign = this.take();
    if (sign === "[" || sign === "]") throw new Faulty();
    if (sign === "\\") {
      if (!`nrt${ESCAPED}`.includes(this.peek())) return this.escape();
      sign = escapedSign(this.take());
    }
    if (this.peek() !== "-" || ["]", "[", ""].includes(this.peek(1))) return this.single(sign);
    this.place += 1;
    let last = this.take();
    if (last === "\\") last = escapedSign(this.take());
    const [low, high] = [codeOf(sign), codeOf(last)];
    if (high < low) throw new Faulty();
    if (!this.flags.includes("i")) return (other) => low <= codeOf(other) && codeOf(other) <= high;
    return (other) => [...casesOf(other)].some((one) => inSpan(one, low, high));
  }
}

// A letter may become several in another case: it is then compared by the first ones, as texts are.
function inSpan(text, low, high) {
  const first = codeOf(text);
  if (text.length > String.fromCodePoint(first).length) return low <= first && first < high;
  return low <= first && first <= high;
}
