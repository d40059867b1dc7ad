// The bounds of one evaluation, the same figures as on the server (engine/feel/limits.py), and the two ways it may end early.

export const FUEL = 32000;
export const CALL_FRAMES = 240;
export const TEXT_LENGTH = 100000;
export const VALUE_SIZE = 40000;
export const VALUE_DEPTH = 100;
export const PATTERN_LENGTH = 500;
export const PATTERN_STEPS = 20000;

// A bound is passed: the server refuses this evaluation too, with the same code.
export class Stopped extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

// What only the server can tell: a zone's rules, the case of a rare letter. Never answered by a guess.
export class ServerOnly extends Error {}

export class Allowance {
  constructor(limit) {
    this.left = limit;
  }

  spend(steps) {
    this.left -= steps;
    if (this.left < 0) throw new Stopped("too_much_work");
  }
}

// One evaluation under way; `now` is a Moment in the zone of the organisation, or null.
export class Run extends Allowance {
  constructor(now = null) {
    super(FUEL);
    this.now = now;
    this.frames = CALL_FRAMES;
    this.patterns = new Allowance(PATTERN_STEPS);
  }
}

export function boundedText(text) {
  // A text has at most as many characters as units: counting characters is for long ones only.
  if (text.length > TEXT_LENGTH && [...text].length > TEXT_LENGTH) throw new Stopped("too_big");
  return text;
}

// The evaluation under way, which walks through values are counted to; null when the tree takes no steps at all.
let underWay = null;

// What `evaluate` gives while a run is under way; one evaluation may call another, by a figure of the scheme.
export function during(run, evaluate) {
  const before = underWay;
  underWay = run;
  try {
    return evaluate();
  } finally {
    underWay = before;
  }
}

const WALK = 8; // steps of a walk through a value
const EACH_WALKED = 2; // and for each item it sees

const partsOf = (value) => (Array.isArray(value) ? value : value instanceof Map ? [...value.values()] : []);

// The value itself, once it is known that walking through it does not take too long. A list that stands many times inside
// itself is counted as often as a reader would see it.
export function boundedValue(value) {
  let [seen, depth, level] = [0, 0, [value]];
  while (level.length) {
    const following = [];
    seen += level.length;
    depth += 1;
    for (const current of level) {
      for (const part of partsOf(current)) following.push(part);
      if (seen + following.length > VALUE_SIZE) throw new Stopped("too_big");
    }
    if (depth > VALUE_DEPTH) throw new Stopped("too_big");
    level = following;
  }
  underWay?.spend(WALK + EACH_WALKED * seen);
  return value;
}
