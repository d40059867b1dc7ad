// How points and ranges lie to one another (DMN 1.5, table 78).

import { conjunction, disjunction, equal, includes, less, negation } from "../operators.js";
import { Range } from "../values.js";

// A point as the range that holds it alone.
const range = (value) => (value instanceof Range ? value : new Range(value, value, true, true));

function before(one, other) {
  const [a, b] = [range(one), range(other)];
  const touching = !(a.highIncluded && b.lowIncluded);
  return disjunction([less(a.high, b.low), conjunction([touching, equal(a.high, b.low)])]);
}

const meets = (a, b) => conjunction([a.highIncluded, b.lowIncluded, equal(a.high, b.low)]);
const overlaps = (a, b) => negation(disjunction([before(a, b), before(b, a)]));

function startsFirst(a, b) {
  return disjunction([less(a.low, b.low), conjunction([equal(a.low, b.low), a.lowIncluded && !b.lowIncluded])]);
}

function endsFirst(a, b) {
  return disjunction([less(a.high, b.high), conjunction([equal(a.high, b.high), b.highIncluded && !a.highIncluded])]);
}

const overlapsBefore = (a, b) => conjunction([overlaps(a, b), startsFirst(a, b), negation(endsFirst(b, a))]);
const overlapsAfter = (a, b) => conjunction([overlaps(a, b), endsFirst(b, a), negation(startsFirst(a, b))]);

function contains(a, other) {
  if (!(other instanceof Range)) return includes(a, other);
  return negation(disjunction([startsFirst(other, a), endsFirst(a, other)]));
}

function finishes(one, b) {
  const a = range(one);
  return conjunction([equal(a.high, b.high), a.highIncluded === b.highIncluded, contains(b, a)]);
}

function starts(one, b) {
  const a = range(one);
  return conjunction([equal(a.low, b.low), a.lowIncluded === b.lowIncluded, contains(b, a)]);
}

const said = (judge) => (run, one, other) => judge(one, other);
const reversed = (judge) => (run, one, other) => judge(other, one);

export default [
  ["before(point1: range | point, point2: range | point): boolean", said(before)],
  ["after(point1: range | point, point2: range | point): boolean", reversed(before)],
  ["meets(range1: range, range2: range): boolean", said(meets)],
  ["met by(range1: range, range2: range): boolean", reversed(meets)],
  ["overlaps(range1: range, range2: range): boolean", said(overlaps)],
  ["overlaps before(range1: range, range2: range): boolean", said(overlapsBefore)],
  ["overlaps after(range1: range, range2: range): boolean", said(overlapsAfter)],
  ["finishes(point: range | point, range: range): boolean", said(finishes)],
  ["finished by(range: range, point: range | point): boolean", reversed(finishes)],
  ["includes(range: range, point: range | point): boolean", said(contains)],
  ["during(point: range | point, range: range): boolean", reversed(contains)],
  ["starts(point: range | point, range: range): boolean", said(starts)],
  ["started by(range: range, point: range | point): boolean", reversed(starts)],
  ["coincides(point1: range | point, point2: range | point): boolean", said(equal)],
];
