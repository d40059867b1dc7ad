// The bounds of one evaluation, the same figures as on the server (engine/feel/limits.py), and the two ways it may end early.

export const FUEL = 60000;
export const CALL_FRAMES = 240;
export const TEXT_LENGTH = 100000;
export const VALUE_SIZE = 40000;
export const VALUE_DEPTH = 100;
export const PATTERN_LENGTH = 500;
export const PATTERN_STEPS = 30000;

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

export function boundedValue(value) {
  const waiting = [[value, 0]];
  for (let seen = 1; waiting.length; seen += 1) {
    const [current, depth] = waiting.pop();
    if (seen > VALUE_SIZE || depth > VALUE_DEPTH) throw new Stopped("too_big");
    if (Array.isArray(current)) for (const item of current) waiting.push([item, depth + 1]);
    else if (current instanceof Map) for (const item of current.values()) waiting.push([item, depth + 1]);
  }
  return value;
}
