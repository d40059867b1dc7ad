// What + - * / and ** do with numbers, texts, dates and durations (engine/feel/arithmetic.py).

import { DAY, inCalendar, makeDay, makeSpan, monthLength, partsOf } from "./calendar.js";
import { boundedText } from "./limits.js";
import { Decimal, minus, over, plus, power, times, wholePart } from "./numbers.js";
import { Clock, DAYS, Day, DaysSpan, MONTHS, Moment, MonthsSpan, kindOf } from "./values.js";

const asNumber = (whole) => new Decimal(whole.toString());
const spanOf = (micros) => (micros === null ? null : makeSpan(wholePart(micros)));
const monthsOf = (months) => (months === null || months.e >= 12 ? null : new MonthsSpan(wholePart(months)));

function addMonths(day, months) {
  const { year, month, day: number } = partsOf(day.days);
  const all = Number(BigInt(year * 12 + month - 1) + months); // what is too far to be exact is no day either
  const newYear = Math.floor(all / 12);
  const newMonth = all - newYear * 12 + 1;
  const made = makeDay(newYear, newMonth, Math.min(number, monthLength(newYear, newMonth)));
  return made && day instanceof Moment ? new Moment(made.days, day.micros, day.zone) : made;
}

// A day or a moment so much later; null past the ends of the calendar.
function addSpan(day, micros) {
  const sum = micros + (day instanceof Moment ? BigInt(day.micros) : 0n);
  const rest = ((sum % BigInt(DAY)) + BigInt(DAY)) % BigInt(DAY);
  const days = day.days + Number((sum - rest) / BigInt(DAY));
  if (!inCalendar(days)) return null;
  return day instanceof Moment ? new Moment(days, Number(rest), day.zone) : new Day(days);
}

// The time of day so much later, past midnight if need be.
function addToTime(clock, micros) {
  const rest = (BigInt(clock.micros) + micros) % BigInt(DAY);
  return new Clock(Number(rest < 0n ? rest + BigInt(DAY) : rest), clock.zone);
}

const offsetOf = (value) => (value.zone === null ? 0 : value.zone.offset * 1_000_000);

// A day counts as its midnight, in UTC beside a moment.
const hasZone = (value) => value instanceof Day || value.zone !== null;

// The microseconds between two days or moments, however far apart; null when only one of them has a zone.
export function gap(later, earlier) {
  const bothDays = later instanceof Day && earlier instanceof Day;
  if (!bothDays && hasZone(later) !== hasZone(earlier)) return null;
  const since = (value) => (value instanceof Day ? 0 : value.micros - offsetOf(value));
  return BigInt(later.days - earlier.days) * BigInt(DAY) + BigInt(since(later) - since(earlier));
}

function betweenMoments(later, earlier) {
  const found = gap(later, earlier);
  return found === null ? null : makeSpan(found);
}

export function betweenTimes(later, earlier) {
  if ((later.zone === null) !== (earlier.zone === null)) return null;
  return new DaysSpan(BigInt(later.micros - offsetOf(later) - (earlier.micros - offsetOf(earlier))));
}

const ADDITIONS = {
  [`number|number`]: plus,
  [`string|string`]: (a, b) => boundedText(a + b),
  [`${DAYS}|${DAYS}`]: (a, b) => makeSpan(a.micros + b.micros),
  [`${MONTHS}|${MONTHS}`]: (a, b) => new MonthsSpan(a.months + b.months),
  [`time|${DAYS}`]: (a, b) => addToTime(a, b.micros),
  [`${DAYS}|time`]: (a, b) => addToTime(b, a.micros),
};
const SUBTRACTIONS = {
  [`number|number`]: minus,
  [`${DAYS}|${DAYS}`]: (a, b) => makeSpan(a.micros - b.micros),
  [`${MONTHS}|${MONTHS}`]: (a, b) => new MonthsSpan(a.months - b.months),
  [`time|time`]: betweenTimes,
  [`time|${DAYS}`]: (a, b) => addToTime(a, -b.micros),
};
const MULTIPLICATIONS = {
  [`number|number`]: times,
  [`${DAYS}|number`]: (a, b) => spanOf(times(asNumber(a.micros), b)),
  [`number|${DAYS}`]: (a, b) => spanOf(times(a, asNumber(b.micros))),
  [`${MONTHS}|number`]: (a, b) => monthsOf(times(asNumber(a.months), b)),
  [`number|${MONTHS}`]: (a, b) => monthsOf(times(a, asNumber(b.months))),
};
const DIVISIONS = {
  [`number|number`]: over,
  [`${DAYS}|number`]: (a, b) => spanOf(over(asNumber(a.micros), b)),
  [`${MONTHS}|number`]: (a, b) => monthsOf(over(asNumber(a.months), b)),
  [`${DAYS}|${DAYS}`]: (a, b) => over(asNumber(a.micros), asNumber(b.micros)),
  [`${MONTHS}|${MONTHS}`]: (a, b) => over(asNumber(a.months), asNumber(b.months)),
};
for (const day of ["date", "date and time"]) {
  ADDITIONS[`${day}|${MONTHS}`] = (a, b) => addMonths(a, b.months);
  ADDITIONS[`${MONTHS}|${day}`] = (a, b) => addMonths(b, a.months);
  ADDITIONS[`${day}|${DAYS}`] = (a, b) => addSpan(a, b.micros);
  ADDITIONS[`${DAYS}|${day}`] = (a, b) => addSpan(b, a.micros);
  SUBTRACTIONS[`${day}|${MONTHS}`] = (a, b) => addMonths(a, -b.months);
  SUBTRACTIONS[`${day}|${DAYS}`] = (a, b) => addSpan(a, -b.micros);
  for (const other of ["date", "date and time"]) SUBTRACTIONS[`${day}|${other}`] = betweenMoments;
}

const between = (table) => (left, right) => table[`${kindOf(left)}|${kindOf(right)}`]?.(left, right) ?? null;

export const ARITHMETIC = {
  "+": between(ADDITIONS),
  "-": between(SUBTRACTIONS),
  "*": between(MULTIPLICATIONS),
  "/": between(DIVISIONS),
  "**": between({ "number|number": power }),
};

const NEGATIONS = {
  number: (value) => minus(new Decimal(0), value),
  [DAYS]: (value) => makeSpan(-value.micros),
  [MONTHS]: (value) => new MonthsSpan(-value.months),
};

// -value, of a number or a duration.
export const negate = (value) => NEGATIONS[kindOf(value)]?.(value) ?? null;
