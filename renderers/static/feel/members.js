// The parts of values: `home.postcode`, `created.year`, `span.days` (engine/feel/members.py).

import { partsOf, weekday } from "./calendar.js";
import { boundedValue } from "./limits.js";
import { Decimal } from "./numbers.js";
import { DAYS, DaysSpan, MONTHS, kindOf } from "./values.js";

const number = (whole) => new Decimal(String(whole));

const CALENDAR = {
  year: (value) => number(partsOf(value.days).year),
  month: (value) => number(partsOf(value.days).month),
  day: (value) => number(partsOf(value.days).day),
  weekday: (value) => number(weekday(value.days)),
};
const CLOCK = {
  hour: (value) => number(Math.floor(value.micros / 3_600_000_000)),
  minute: (value) => number(Math.floor(value.micros / 60_000_000) % 60),
  second: (value) => number(Math.floor(value.micros / 1_000_000) % 60),
  "time offset": (value) => (value.zone === null ? null : new DaysSpan(BigInt(value.zone.offset) * 1_000_000n)),
  timezone: () => null, // a zone that is known by its name is left to the server
};
// BigInt division cuts towards zero: each part has the sign of its span.
const PARTS = {
  date: CALENDAR,
  "date and time": { ...CALENDAR, ...CLOCK },
  time: CLOCK,
  [DAYS]: {
    days: ({ micros }) => number(micros / 86_400_000_000n),
    hours: ({ micros }) => number((micros / 3_600_000_000n) % 24n),
    minutes: ({ micros }) => number((micros / 60_000_000n) % 60n),
    seconds: ({ micros }) => number((micros / 1_000_000n) % 60n),
  },
  [MONTHS]: {
    years: ({ months }) => number(months / 12n),
    months: ({ months }) => number(months % 12n),
  },
  range: {
    start: (span) => span.low,
    end: (span) => span.high,
    "start included": (span) => span.lowIncluded,
    "end included": (span) => span.highIncluded,
  },
};

// A part of a context, of a date or of a duration; of a list, that part of each item.
export function member(value, name) {
  if (Array.isArray(value)) return value.map((item) => member(Array.isArray(item) ? boundedValue(item) : item, name));
  if (value instanceof Map) return value.get(name) ?? null;
  const parts = PARTS[kindOf(value)];
  return parts && Object.hasOwn(parts, name) ? parts[name](value) : null;
}
