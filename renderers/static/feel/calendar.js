// Days, times and moments: making them, reading them and writing them (engine/feel/temporal.py). No Date of JavaScript
// is used: it knows the zone of the machine, and this must not.

import { Clock, Day, DaysSpan, Moment, MonthsSpan, Zone } from "./values.js";
import { ServerOnly } from "./limits.js";

export const DAY = 86_400_000_000; // microseconds
const SECOND = 1_000_000;
const FARTHEST_YEAR = 999_999_999;
const FARTHEST_OFFSET = 18 * 3600;
const FARTHEST_DAYS = 999_999_999n; // a span has at most so many days

const DATE = "(?<year>-?(?:\\d{4}|[1-9]\\d{4,8}))-(?<month>\\d\\d)-(?<day>\\d\\d)";
const ZONE = "(?<zone>Z|[+-]\\d\\d:\\d\\d(?::\\d\\d)?|@[A-Za-z][A-Za-z0-9_+/-]{0,60})?";
const TIME = `(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?<fraction>\\.\\d{1,9})?${ZONE}`;
const READ_DATE = new RegExp(`^${DATE}$`);
const READ_TIME = new RegExp(`^T?${TIME}$`);
const READ_MOMENT = new RegExp(`^${DATE}(?:T${TIME})?$`);
const READ_MONTHS = /^(?<sign>-?)P(?=\d)(?:(?<years>\d{1,9})Y)?(?:(?<months>\d{1,9})M)?$/;
const READ_DAYS =
  /^(?<sign>-?)P(?=[\dT])(?:(?<days>\d{1,9})D)?(?:T(?=\d)(?:(?<hours>\d{1,10})H)?(?:(?<minutes>\d{1,12})M)?(?:(?<seconds>\d{1,14})(?<fraction>\.\d{0,9})?S)?)?$/;

// -- the calendar ---------------------------------------------------------------------------------------------------

const isLeap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
export const monthLength = (year, month) => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

// The number of days from 1970-01-01; months are counted from March, so that the leap day is the last of its year.
function daysOf(year, month, day) {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}

// The year, month and day of a number of days.
export function partsOf(days) {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const ofEra = shifted - era * 146097;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  return { year: year + era * 400 + (month >= 10 ? 1 : 0), month: month >= 10 ? month - 9 : month + 3, day };
}

const FIRST = daysOf(-FARTHEST_YEAR, 1, 1);
const LAST = daysOf(FARTHEST_YEAR, 12, 31);
export const inCalendar = (days) => days >= FIRST && days <= LAST;

export function makeDay(year, month, day) {
  if (Math.abs(year) > FARTHEST_YEAR || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null;
  return new Day(daysOf(year, month, day));
}

export function makeClock(hour, minute, second, micros, zone) {
  if (hour > 23 || minute > 59 || second > 59) return null;
  return new Clock(((hour * 60 + minute) * 60 + second) * SECOND + micros, zone);
}

// 1 for Monday, 7 for Sunday.
export const weekday = (days) => ((((days + 3) % 7) + 7) % 7) + 1;

export const dayOfYear = (days) => days - daysOf(partsOf(days).year, 1, 1) + 1;

// The ISO 8601 week: that of the Thursday nearby.
export function weekOfYear(days) {
  return Math.floor((dayOfYear(days + 4 - weekday(days)) - 1) / 7) + 1;
}

// -- reading --------------------------------------------------------------------------------------------------------

export function offsetZone(seconds) {
  return Number.isInteger(seconds) && Math.abs(seconds) <= FARTHEST_OFFSET ? new Zone(seconds) : null;
}

export function namedZone(name) {
  throw new ServerOnly(`the rules of the zone ${name}`);
}

// Undefined for a zone that is none.
function readZone(text) {
  if (!text) return null;
  if (text === "Z") return new Zone(0);
  if (text.startsWith("@")) return namedZone(text.slice(1));
  const [hours, minutes, seconds = 0] = text.slice(1).split(":").map(Number);
  if (minutes > 59 || seconds > 59) return undefined;
  const offset = hours * 3600 + minutes * 60 + seconds;
  return offsetZone(text[0] === "-" ? -offset : offset) ?? undefined;
}

const microsOf = (fraction) => Number((fraction ?? ".0").slice(1, 7).padEnd(6, "0"));

// The time of a match, and 1 when it is 24:00:00, the midnight that ends the day.
function clockOf({ hour, minute, second, fraction, zone }) {
  const found = readZone(zone);
  if (found === undefined) return [null, 0];
  const ends = hour === "24" && Number(minute) + Number(second) + microsOf(fraction) === 0;
  return [makeClock(ends ? 0 : Number(hour), Number(minute), Number(second), microsOf(fraction), found), ends ? 1 : 0];
}

export function readDate(text) {
  const found = READ_DATE.exec(text)?.groups;
  return found ? makeDay(Number(found.year), Number(found.month), Number(found.day)) : null;
}

export function readTime(text) {
  const found = READ_TIME.exec(text)?.groups;
  return found ? clockOf(found)[0] : null;
}

// A moment; a day alone is its midnight.
export function readMoment(text) {
  const found = READ_MOMENT.exec(text)?.groups;
  const day = found ? makeDay(Number(found.year), Number(found.month), Number(found.day)) : null;
  if (day === null) return null;
  if (found.hour === undefined) return new Moment(day.days, 0);
  const [clock, later] = clockOf(found);
  if (clock === null || !inCalendar(day.days + later)) return null;
  return new Moment(day.days + later, clock.micros, clock.zone);
}

export function readSpan(text) {
  const months = READ_MONTHS.exec(text)?.groups;
  if (months) {
    const length = BigInt(months.years ?? 0) * 12n + BigInt(months.months ?? 0);
    return new MonthsSpan(months.sign ? -length : length);
  }
  const found = READ_DAYS.exec(text)?.groups;
  if (!found || text.endsWith("T")) return null;
  const { sign, days = 0, hours = 0, minutes = 0, seconds = 0, fraction } = found;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const length = whole * 1_000_000n + BigInt(microsOf(fraction));
  return makeSpan(sign ? -length : length);
}

// The span of so many microseconds; null when it is too long.
export function makeSpan(micros) {
  const days = micros / BigInt(DAY) - (micros < 0n && micros % BigInt(DAY) ? 1n : 0n);
  return days >= -FARTHEST_DAYS && days <= FARTHEST_DAYS ? new DaysSpan(micros) : null;
}

// What @"…" stands for: a date, a time, a moment or a duration; null when it is none of them.
export function readTemporal(text) {
  if (READ_DATE.test(text)) return readDate(text);
  return readMoment(text) ?? (text.startsWith("T") ? null : readTime(text)) ?? readSpan(text);
}

// -- writing --------------------------------------------------------------------------------------------------------

const two = (figure) => String(figure).padStart(2, "0");

export function dayText(days) {
  const { year, month, day } = partsOf(days);
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function zoneText(zone) {
  if (zone === null) return "";
  if (zone.offset === 0) return "Z";
  const length = Math.abs(zone.offset);
  const text = `${zone.offset < 0 ? "-" : "+"}${two(Math.floor(length / 3600))}:${two(Math.floor(length / 60) % 60)}`;
  return length % 60 ? `${text}:${two(length % 60)}` : text;
}

const fractionText = (micros) => (micros ? `.${String(micros).padStart(6, "0")}`.replace(/0+$/, "") : "");

function clockText(clock) {
  const seconds = Math.floor(clock.micros / SECOND);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return text + fractionText(clock.micros % SECOND) + zoneText(clock.zone);
}

function monthsText({ months }) {
  const length = months < 0n ? -months : months;
  const [years, rest] = [length / 12n, length % 12n];
  return `${months < 0n ? "-" : ""}P${years ? `${years}Y` : ""}${rest || !years ? `${rest}M` : ""}`;
}

function spanText({ micros }) {
  const length = micros < 0n ? -micros : micros;
  const [whole, fraction] = [length / 1_000_000n, Number(length % 1_000_000n)];
  const [days, hours, minutes, seconds] = [whole / 86400n, (whole / 3600n) % 24n, (whole / 60n) % 60n, whole % 60n];
  const last = seconds || fraction ? `${seconds}${fractionText(fraction)}S` : "";
  const clock = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${last}`;
  if (!days && !clock) return "PT0S";
  return `${micros < 0n ? "-" : ""}P${days ? `${days}D` : ""}${clock ? `T${clock}` : ""}`;
}

const WRITERS = new Map([
  [Day, (value) => dayText(value.days)],
  [Clock, clockText],
  [Moment, (value) => `${dayText(value.days)}T${clockText(value)}`],
  [MonthsSpan, monthsText],
  [DaysSpan, spanText],
]);

// A date, time or duration as FEEL writes it.
export const temporalText = (value) => WRITERS.get(value.constructor)(value);
