// How FEEL writes values as text: string(), and the values inside lists (engine/feel/builtins/conversions.py).

import { temporalText } from "./calendar.js";
import { isPlainName } from "./letters.js";
import { numberText } from "./numbers.js";
import { kindOf } from "./values.js";

const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function rangeText(span) {
  if (span.operator) return `${span.operator} ${written(span.low ?? span.high)}`;
  const [open, close] = [span.lowIncluded ? "[" : "(", span.highIncluded ? "]" : ")"];
  return `${open}${written(span.low)}..${written(span.high)}${close}`;
}

function contextText(context) {
  const parts = [...context].map(([key, value]) => `${isPlainName(key) ? key : quoted(key)}: ${written(value)}`);
  return `{${parts.join(", ")}}`;
}

const WRITERS = {
  null: () => "null",
  boolean: String,
  string: quoted,
  number: numberText,
  list: (items) => `[${items.map(written).join(", ")}]`,
  context: contextText,
  range: rangeText,
  function: () => "function",
};

// A value as it is written inside a list: texts stand in quotes.
export function written(value) {
  return (WRITERS[kindOf(value)] ?? temporalText)(value);
}
