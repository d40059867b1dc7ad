// Regular expressions as XPath writes them, run in linear time: all ways through the pattern advance together
// (engine/feel/patterns.py). The browser's own RegExp may take hours on a short text, and is not used.

import { PATTERN_LENGTH, Stopped, TEXT_LENGTH } from "./limits.js";
import { Faulty, readPattern } from "./pattern_reader.js";
import { characters } from "./values.js";

const PLACES = 2000; // places in a compiled pattern: `(a{50}){50}` is refused

// A compiled pattern. Each step asks something of the next character (`accepts`), of the place (`anchor`), notes the
// border of a group (`saves`), or goes on at other steps (`ways`, the preferred first); the last place is the end.
class Pattern {
  constructor(steps, groups, lines) {
    Object.assign(this, { steps, groups, lines });
  }

  // The borders of the first match from a place on (its own, then its groups'), or null.
  match(signs, place, allowance) {
    let threads = [];
    let best = null;
    for (let index = place; index <= signs.length; index += 1) {
      if (best === null) this.follow(0, Array(2 * this.groups + 2).fill(null), signs, index, threads);
      const following = [];
      const seen = new Set();
      for (const [step, groups] of threads) {
        if (step === this.steps.length) {
          best = groups;
          break; // the ways after this one are less preferred
        }
        const { accepts } = this.steps[step];
        if (index < signs.length && accepts?.(signs[index])) this.follow(step + 1, groups, signs, index + 1, following, seen);
      }
      allowance.spend(seen.size + threads.length + 1);
      threads = following;
      if (best !== null && !threads.length) break;
    }
    return best;
  }

  // Add to `into` all places that can be reached from one without reading a character, in order.
  follow(start, groups, signs, index, into, seen = null) {
    const reached = seen ?? new Set(into.map(([step]) => step));
    const waiting = [[start, groups]];
    while (waiting.length) {
      const [place, before] = waiting.pop();
      if (reached.has(place)) continue;
      reached.add(place);
      if (place === this.steps.length) {
        into.push([place, saved(before, 1, index)]);
        continue;
      }
      const step = this.steps[place];
      const held = place === 0 && start === 0 ? saved(before, 0, index) : before;
      if (step.accepts) into.push([place, held]);
      else if (step.anchor) {
        if (this.holds(step.anchor, signs, index)) waiting.push([place + 1, held]);
      } else if (step.saves !== undefined) waiting.push([place + 1, saved(held, step.saves, index)]);
      else waiting.push(...[...step.ways].reverse().map((way) => [way, held]));
    }
  }

  holds(anchor, signs, index) {
    const end = signs.length;
    if (anchor === "^") return index === 0 || (this.lines && signs[index - 1] === "\n" && index < end);
    return index === end || (this.lines && signs[index] === "\n");
  }
}

function saved(groups, border, index) {
  const copy = [...groups];
  copy[border] = index;
  return copy;
}

// The compiled pattern, or null when the text or its flags are faulty (the standard wants null).
export function patternOf(text, flags) {
  try {
    return compiled(text, flags);
  } catch (error) {
    if (error instanceof Faulty) return null;
    throw error;
  }
}

function compiled(text, flags) {
  if (characters(text).length > PATTERN_LENGTH) throw new Faulty();
  const [part, groups] = readPattern(text, flags);
  // Place 0 must be no target of a loop: the match begins there.
  const steps = [{ ways: [1] }];
  emit(part, steps);
  return new Pattern(steps, groups, flags.includes("m"));
}

function emit(part, steps) {
  if (steps.length - 1 > PLACES) throw new Faulty();
  EMITTERS[part.kind](part, steps);
}

const EMITTERS = {
  characters: ({ accepts }, steps) => steps.push({ accepts }),
  anchor: ({ sign }, steps) => steps.push({ anchor: sign }),
  sequence: ({ parts }, steps) => parts.forEach((inner) => emit(inner, steps)),
  group: ({ of, number }, steps) => {
    steps.push({ saves: 2 * number });
    emit(of, steps);
    steps.push({ saves: 2 * number + 1 });
  },
  alternatives: ({ parts }, steps) => {
    const fork = { ways: [] };
    const ends = [];
    steps.push(fork);
    for (const inner of parts) {
      fork.ways.push(steps.length);
      emit(inner, steps);
      ends.push({ ways: [] });
      steps.push(ends.at(-1));
    }
    for (const end of ends) end.ways.push(steps.length);
  },
  repeat: (part, steps) => {
    for (let turn = 0; turn < part.least; turn += 1) emit(part.of, steps);
    if (part.most === null) emitEndless(part, steps);
    else emitOptional(part, steps);
  },
};

function emitEndless(part, steps) {
  const place = steps.length;
  const fork = {};
  steps.push(fork);
  emit(part.of, steps);
  steps.push({ ways: [place] });
  fork.ways = forked(place + 1, steps.length, part.greedy);
}

function emitOptional(part, steps) {
  const forks = [];
  for (let turn = part.least; turn < part.most; turn += 1) {
    forks.push([steps.length, {}]);
    steps.push(forks.at(-1)[1]);
    emit(part.of, steps);
  }
  for (const [place, fork] of forks) fork.ways = forked(place + 1, steps.length, part.greedy);
}

const forked = (inside, outside, greedy) => (greedy ? [inside, outside] : [outside, inside]);

// The matches from left to right, none inside another: start, end and borders of the groups.
export function* allMatches(pattern, signs, allowance) {
  let place = 0;
  while (place <= signs.length) {
    const borders = pattern.match(signs, place, allowance);
    if (borders === null) return;
    const [start, end] = borders;
    yield [start, end, borders];
    place = end > start ? end : end + 1;
  }
}

// The text with each match replaced; null when the pattern fits nothing or $ stands alone.
export function replaceAll(pattern, signs, replacement, allowance) {
  if (pattern.match([], 0, allowance) !== null) return null;
  const written = [];
  let [place, size] = [0, 0];
  for (const [start, end, borders] of allMatches(pattern, signs, allowance)) {
    const filled = filledIn(characters(replacement), signs, borders, pattern.groups);
    if (filled === null) return null;
    written.push(...signs.slice(place, start), ...filled);
    size += filled.length;
    if (size > TEXT_LENGTH) throw new Stopped("too_big");
    place = end;
  }
  return [...written, ...signs.slice(place)].join("");
}

const isDigit = (sign) => sign >= "0" && sign <= "9";

// The replacement with $1, $2 … filled in; `\$` is a dollar; null when it is faulty.
function filledIn(replacement, signs, borders, groups) {
  const filled = [];
  let place = 0;
  while (place < replacement.length) {
    const [sign, next] = [replacement[place], replacement[place + 1]];
    if (sign === "\\") {
      if (next !== "\\" && next !== "$") return null;
      filled.push(next);
      place += 2;
    } else if (sign === "$") {
      if (next === undefined || !isDigit(next)) return null;
      let digits = next;
      for (let at = place + 2; at < replacement.length && isDigit(replacement[at]); at += 1) {
        if (Number(digits + replacement[at]) > groups) break;
        digits += replacement[at];
      }
      const number = Number(digits);
      const [start, end] = number <= groups ? borders.slice(2 * number, 2 * number + 2) : [null, null];
      if (start !== null && end !== null) filled.push(...signs.slice(start, end));
      place += 1 + digits.length;
    } else {
      filled.push(sign);
      place += 1;
    }
  }
  return filled;
}
