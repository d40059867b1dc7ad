// Functions that make one type of another.

import {
  makeClock, makeDay, namedZone, offsetZone, partsOf, readDate, readMoment, readSpan, readTemporal, readTime,
} from "../calendar.js";
import { boundedText, boundedValue } from "../limits.js";
import { decimal, rounded, truncated } from "../numbers.js";
import { order } from "../operators.js";
import { Clock, Day, Moment, MonthsSpan, Range, Zone, kindOf } from "../values.js";
import { written } from "../writing.js";

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const dayOf = (value) => new Day(value.days);

function dayOfParts(year, month, day) {
  const parts = [year, month, day];
  return parts.every((part) => part.isInteger() && part.abs().lte(999_999_999)) ? makeDay(...parts.map(truncated)) : null;
}

// The time of numbers, with an offset at will; null when there is none.
function clockOfParts(hour, minute, second, offset = null) {
  const zone = offset === null ? null : offsetZone(Number(offset.micros) / 1_000_000);
  const outside = [hour, minute, second].some((part) => part.lt(0) || part.gte(60));
  if ((offset !== null && zone === null) || outside) return null;
  const fraction = truncated(second.sub(second.trunc()).mul(1_000_000));
  return makeClock(truncated(hour), truncated(minute), truncated(second), fraction, zone);
}

function momentOfParts(year, month, day, hour, minute, second, zone = null) {
  const when = dayOfParts(year, month, day);
  const named = kindOf(zone) === "string" ? namedZone(zone) : null;
  const clock = clockOfParts(hour, minute, second, named ? null : zone);
  return when && clock && new Moment(when.days, clock.micros, named ?? clock.zone);
}

// The number a text holds, with the signs that group its digits and begin its decimals; null when it holds none.
function numberOf(text, grouping = null, mark = null) {
  const known = [null, " ", ",", "."].includes(grouping) && [null, ".", ","].includes(mark);
  if (!known || (grouping !== null && grouping === mark)) return null;
  const bare = grouping ? text.replaceAll(grouping, "") : text;
  const plain = mark ? bare.replaceAll(mark, ".") : bare;
  return plain.length <= 100 && NUMBER.test(plain) ? rounded(decimal(plain)) : null;
}

function stringOf(value) {
  if (value === null) return null;
  return boundedText(typeof value === "string" ? value : written(boundedValue(value)));
}

// The whole months from one day to another, negative when the second is the earlier.
function monthsBetween(start, end) {
  if (end.days < start.days) return new MonthsSpan(-monthsBetween(end, start).months);
  const [from, to] = [partsOf(start.days), partsOf(end.days)];
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return new MonthsSpan(BigInt(months - (to.day < from.day ? 1 : 0)));
}

const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const RANGE = new RegExp(["^", "([[(\\]])", "([^\\n]*?)", "\\.\\.", "([^\\n]*?)", "([\\])[])", "$"].join(SPACE));
const END = /^(?:(@?)"([^"\\]*)"|(?:date and time|date|time|duration)\("([^"\\]*)"\))$/;

// The range a text holds, `[1..5]`; null when it holds none.
function rangeOf(text) {
  const found = RANGE.exec(text);
  if (!found) return null;
  const [, open, first, last, close] = found;
  const [low, high] = [endOf(first), endOf(last)];
  // an end that is no value, or that is left out and yet included
  if ((low === null && (first || open === "[")) || (high === null && (last || close === "]"))) return null;
  if (low === null && high === null) return null;
  if (low !== null && high !== null && ![-1, 0].includes(order(low, high))) return null;
  return new Range(low, high, open === "[", close === "]");
}

function endOf(text) {
  const found = END.exec(text);
  if (!found) return numberOf(text);
  const [, at, quoted, called] = found;
  return at || called ? readTemporal(quoted || called) : quoted;
}

const timeOf = (value) => (value instanceof Moment ? new Clock(value.micros, value.zone) : new Clock(0, new Zone(0)));

export default [
  ["date(from: string): date", (run, text) => readDate(text)],
  ["date(from: date | date and time): date", (run, value) => dayOf(value)],
  ["date(year: number, month: number, day: number): date", (run, ...parts) => dayOfParts(...parts)],
  ["date and time(from: string): date and time", (run, text) => readMoment(text)],
  ["date and time(from: date and time): date and time", (run, moment) => moment],
  [
    "date and time(date: date | date and time, time: time): date and time",
    (run, day, clock) => new Moment(day.days, clock.micros, clock.zone),
  ],
  [
    "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, offset?: days and time duration | string?): date and time",
    (run, ...parts) => momentOfParts(...parts),
  ],
  ["time(from: string): time", (run, text) => readTime(text)],
  ["time(from: time): time", (run, clock) => clock],
  ["time(from: date | date and time): time", (run, value) => timeOf(value)],
  [
    "time(hour: number, minute: number, second: number, offset?: days and time duration?): time",
    (run, ...parts) => clockOfParts(...parts),
  ],
  [
    "number(from: string, grouping separator?: string?, decimal separator?: string?): number",
    (run, ...given) => numberOf(...given),
  ],
  ["number(from: number): number", (run, value) => value],
  ["string(from: any): string", (run, value) => stringOf(value)],
  ["duration(from: string): duration", (run, text) => readSpan(text)],
  ["duration(from: days and time duration | years and months duration): same", (run, span) => span],
  [
    "years and months duration(from: date | date and time, to: date | date and time): years and months duration",
    (run, start, end) => monthsBetween(start, end),
  ],
  ["range(from: string): range", (run, text) => rangeOf(text)],
];
