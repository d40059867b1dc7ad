// Values on their way between the server and the page, as engine/feel/shipping.py writes them.
//
//   null, true, "text"                       themselves
//   {"n": "12.50"}                           a number
//   {"@": "2020-03-01"}                      a date, a time, a moment or a duration, as FEEL writes it
//   [ … ]                                    a list
//   {"c": [["key", …], …]}                   a context
//   {"r": [low, high, true, false, null]}    a range: its ends, whether it holds them, the operator of an open one

import { readTemporal, temporalText } from "./calendar.js";
import { decimal } from "./numbers.js";
import { Range, kindOf } from "./values.js";

export function received(sent) {
  if (sent === null || typeof sent !== "object") return sent;
  if (Array.isArray(sent)) return sent.map(received);
  if ("n" in sent) return decimal(sent.n);
  if ("@" in sent) return readTemporal(sent["@"]);
  if ("c" in sent) return new Map(sent.c.map(([key, value]) => [key, received(value)]));
  const [low, high, ...rest] = sent.r;
  return new Range(received(low), received(high), ...rest);
}

export const WRITERS = {
  null: (value) => value,
  boolean: (value) => value,
  string: (value) => value,
  number: (value) => ({ n: value.isZero() ? "0e+0" : value.toExponential() }),
  list: (value) => value.map(sent),
  context: (value) => ({ c: [...value].map(([key, part]) => [key, sent(part)]) }),
  range: (span) => ({ r: [sent(span.low), sent(span.high), span.lowIncluded, span.highIncluded, span.operator] }),
  function: () => ({ f: true }),
};

export function sent(value) {
  const kind = kindOf(value);
  return WRITERS[kind] ? WRITERS[kind](value) : { "@": temporalText(value) };
}
