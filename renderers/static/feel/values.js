// The values FEEL knows, as JavaScript holds them. Texts, booleans and null are themselves, a list is an Array, a
// context a Map, a number a Decimal (numbers.js).

import { Decimal } from "./numbers.js";

export const DAYS = "days and time duration";
export const MONTHS = "years and months duration";

// A day of the calendar, as the number of days since 1970-01-01.
export class Day {
  constructor(days) {
    this.days = days;
  }
}

// A time of day in microseconds; `zone` is null, or a Zone.
export class Clock {
  constructor(micros, zone = null) {
    this.micros = micros;
    this.zone = zone;
  }
}

// A day with a time of day.
export class Moment {
  constructor(days, micros, zone = null) {
    this.days = days;
    this.micros = micros;
    this.zone = zone;
  }
}

// So many seconds away from UTC.
export class Zone {
  constructor(offset) {
    this.offset = offset;
  }
}

// A span of days and time, in microseconds (a BigInt).
export class DaysSpan {
  constructor(micros) {
    this.micros = micros;
  }
}

// A span of years and months, in months (a BigInt).
export class MonthsSpan {
  constructor(months) {
    this.months = months;
  }
}

// A range; an end that is null is open. `operator` tells `(< 5)` from `(null..5)`.
export class Range {
  constructor(low, high, lowIncluded, highIncluded, operator = null) {
    Object.assign(this, { low, high, lowIncluded, highIncluded, operator });
  }
}

// Any function: `call(given, run)` gives its value for the values given, null when it does not take so many.
export class Callable {
  constructor(call, parameters = null) {
    this.call = call;
    this.parameters = parameters; // the names, of a function declared in an expression
  }
}

const KINDS = new Map([
  [Decimal, "number"],
  [Array, "list"],
  [Map, "context"],
  [Day, "date"],
  [Clock, "time"],
  [Moment, "date and time"],
  [DaysSpan, DAYS],
  [MonthsSpan, MONTHS],
  [Range, "range"],
  [Callable, "function"],
]);

export function kindOf(value) {
  if (value === null) return "null";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  return KINDS.get(value.constructor) ?? "unknown";
}

// The characters of a text: one each, however many units it takes.
export const characters = (text) => Array.from(text);

// -1, 0 or 1 as one text stands before, at or after another, by code points as the server has it (not by UTF-16 units).
export function compareTexts(left, right) {
  const end = Math.min(left.length, right.length);
  let place = 0;
  while (place < end && left.charCodeAt(place) === right.charCodeAt(place)) place += 1;
  if (place === end) return Math.sign(left.length - right.length);
  const isPairsEnd = (text) => (text.charCodeAt(place) & 0xfc00) === 0xdc00;
  if (place && isPairsEnd(left) && isPairsEnd(right)) place -= 1;
  return Math.sign(left.codePointAt(place) - right.codePointAt(place));
}
