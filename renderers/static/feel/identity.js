// A text that two values share when they are the same: comparing each with each would take too long.

import { boundedValue } from "./limits.js";
import { DAYS, MONTHS, kindOf } from "./values.js";

const functions = new Map();

const instant = ({ days, micros, zone }) => [days, micros - (zone?.offset ?? 0) * 1_000_000, zone !== null];

const KEYS = {
  number: (value) => (value.isZero() ? "0" : value.toString()),
  list: (items) => items.map(key),
  context: (context) => [...context].map(([name, value]) => [name, key(value)]).sort(([one], [other]) => (one < other ? -1 : 1)),
  date: (value) => value.days,
  time: (value) => [value.micros, value.zone?.offset ?? null],
  "date and time": (value) => {
    const [days, micros, zoned] = instant(value);
    return [String(BigInt(days) * 86_400_000_000n + BigInt(micros)), zoned];
  },
  [DAYS]: (value) => String(value.micros),
  [MONTHS]: (value) => String(value.months),
  range: (span) => [key(span.low), key(span.high), span.lowIncluded, span.highIncluded, span.operator],
  function: (value) => {
    if (!functions.has(value)) functions.set(value, functions.size);
    return functions.get(value);
  },
};

const key = (value) => [kindOf(value), KEYS[kindOf(value)]?.(value) ?? value];

export const identity = (value) => JSON.stringify(key(boundedValue(value)));
