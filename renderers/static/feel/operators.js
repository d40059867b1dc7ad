// Three-valued logic and comparison (engine/feel/operators.py).

import { betweenTimes, gap } from "./arithmetic.js";
import { boundedValue } from "./limits.js";
import { Clock, DAYS, MONTHS, Moment, Range, compareTexts, kindOf } from "./values.js";

// -- three-valued logic -----------------------------------------------------------------------------------------------

export const negation = (value) => (typeof value === "boolean" ? !value : null);

// and: false if one is false, true if all are true, null otherwise.
export function conjunction(values) {
  if (values.some((value) => value === false)) return false;
  return values.every((value) => value === true) ? true : null;
}

// or: true if one is true, false if all are false, null otherwise.
export function disjunction(values) {
  if (values.some((value) => value === true)) return true;
  return values.every((value) => value === false) ? false : null;
}

// -- comparison -------------------------------------------------------------------------------------------------------

const EQUALS = {
  boolean: (left, right) => left === right,
  string: (left, right) => left === right,
  number: (left, right) => left.eq(right),
  list: (left, right) => equalLists(boundedValue(left), boundedValue(right)),
  context: (left, right) => equalContexts(boundedValue(left), boundedValue(right)),
  date: (left, right) => left.days === right.days,
  time: (left, right) => equalMoments(left, right, (value) => new Clock(wholeSeconds(value), value.zone), timeGap),
  "date and time": (left, right) =>
    equalMoments(left, right, (value) => new Moment(value.days, wholeSeconds(value), value.zone), gap),
  [DAYS]: (left, right) => left.micros === right.micros,
  [MONTHS]: (left, right) => left.months === right.months,
  range: equalRanges,
};

// Null equals only null, and values of different types give null; so do functions.
export function equal(left, right) {
  if (left === null || right === null) return left === right;
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return null;
  return EQUALS[kind] ? EQUALS[kind](left, right) : null;
}

function equalLists(left, right) {
  if (left.length !== right.length) return false;
  return conjunction(left.map((item, place) => equal(item, right[place])));
}

function equalContexts(left, right) {
  const keys = [...left.keys()];
  if (left.size !== right.size || !keys.every((key) => right.has(key))) return false;
  return conjunction(keys.map((key) => equal(left.get(key), right.get(key))));
}

function equalRanges(left, right) {
  const alike = ["operator", "lowIncluded", "highIncluded"].every((part) => left[part] === right[part]);
  return alike ? conjunction([equal(left.low, right.low), equal(left.high, right.high)]) : false;
}

const timeGap = (left, right) => betweenTimes(left, right)?.micros ?? null;
const wholeSeconds = (value) => value.micros - (value.micros % 1_000_000);

// Two times are equal to the second: the standard compares whole seconds.
function equalMoments(left, right, cut, between) {
  if ((left.zone === null) !== (right.zone === null)) return false;
  return between(cut(left), cut(right)) === 0n;
}

const sign = (span) => (span === null ? null : Number(span > 0n) - Number(span < 0n));
const ORDERS = {
  number: (left, right) => left.cmp(right),
  string: compareTexts,
  date: (left, right) => Math.sign(left.days - right.days),
  [DAYS]: (left, right) => sign(left.micros - right.micros),
  [MONTHS]: (left, right) => sign(left.months - right.months),
  "date and time": (left, right) => sign(gap(left, right)),
  time: (left, right) => sign(timeGap(left, right)),
};

// -1, 0 or 1 as the first value is before, at or after the second; null when they have no order.
export function order(left, right) {
  const kind = kindOf(left);
  return kind === kindOf(right) && ORDERS[kind] ? ORDERS[kind](left, right) : null;
}

const ordered = (holds) => (left, right) => {
  const found = order(left, right);
  return found === null ? null : holds(found);
};

export const less = ordered((found) => found < 0);

export const COMPARISONS = {
  "=": equal,
  "!=": (left, right) => negation(equal(left, right)),
  "<": less,
  "<=": ordered((found) => found <= 0),
  ">": ordered((found) => found > 0),
  ">=": ordered((found) => found >= 0),
};

export const between = (value, low, high) => conjunction([COMPARISONS[">="](value, low), COMPARISONS["<="](value, high)]);

// Whether a range holds a value.
export function includes(span, value) {
  if (span.operator === "=" || span.operator === "!=") return COMPARISONS[span.operator](value, span.low);
  const tests = [];
  const bare = span.operator === null;
  if (span.low !== null || bare) tests.push(COMPARISONS[span.lowIncluded ? ">=" : ">"](value, span.low));
  if (span.high !== null || bare) tests.push(COMPARISONS[span.highIncluded ? "<=" : "<"](value, span.high));
  return conjunction(tests);
}

// Whether a value is equal to a test, in the range it is, or in the list it is.
export function satisfies(value, test) {
  if (test instanceof Range) return value instanceof Range ? equal(value, test) : includes(test, value);
  if (!Array.isArray(test)) return equal(value, test);
  if (Array.isArray(value) && equal(value, test) === true) return true;
  // as `list contains`: never null
  return test.some((item) => satisfies(value, Array.isArray(item) ? boundedValue(item) : item) === true);
}
