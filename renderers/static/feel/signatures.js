// How a built-in function is declared: the very lines of engine/feel/builtins, read here as they are read there.

import { Moment, Day, kindOf, Zone } from "./values.js";

const REFUSED = Symbol("refused");
const POINTS = new Set([
  "number",
  "string",
  "date",
  "time",
  "date and time",
  "days and time duration",
  "years and months duration",
]);
const DECLARATION = /^([^(]+)\(([^)]*)\): (.+)$/;
const PARAMETER = /^(\*?)([^:?.]+)(\??|\.{3}): ([^?]+)(\??)$/;

// `scale?: …` may be left out, `flags: string?` may be null, `*list: …` is one list or its items one by one,
// `item...: …` may be given several times.
function parameter(text) {
  const [, packed, name, mark, types, nullable] = PARAMETER.exec(text);
  return {
    name,
    kinds: types.split(" | "),
    optional: mark === "?",
    repeated: mark === "...",
    packed: packed === "*",
    nullable: nullable === "?",
  };
}

// One way to call a function, and the function that does it: `run(evaluation, ...values)`.
export class Signature {
  constructor(text, run) {
    const [, name, parameters] = DECLARATION.exec(text);
    Object.assign(this, { name, run, parameters: parameters.split(", ").filter(Boolean).map(parameter) });
    this.required = this.parameters.filter((one) => !one.optional).length;
  }

  takes(given) {
    const last = this.parameters.at(-1);
    const many = last !== undefined && (last.packed || last.repeated);
    return this.required <= given && (many || given <= this.parameters.length);
  }

  // The values given by position as the function wants them; null when one does not fit.
  accept(given) {
    const last = this.parameters.at(-1);
    const values = last?.packed && given.length > 1 ? [given] : given;
    const taken = values.map((value, place) => accepted(this.parameters[place] ?? last, value));
    return taken.includes(REFUSED) ? null : taken;
  }

  // Where the values of its parameters stand among these names; null when they are not its names.
  places(names) {
    const known = this.parameters.map((one) => one.name);
    const distinct = new Set(names).size === names.length;
    const needed = this.parameters.slice(0, this.required).filter((one) => !one.nullable);
    const complete = needed.every((one) => names.includes(one.name));
    if (!distinct || !complete || !names.every((name) => known.includes(name))) return null;
    const last = Math.max(this.required - 1, ...names.map((name) => known.indexOf(name)));
    return known.slice(0, last + 1).map((name) => names.indexOf(name));
  }
}

function accepted(wanted, value) {
  if (value === null) return wanted.nullable || wanted.kinds.includes("any") ? null : REFUSED;
  for (const kind of wanted.kinds) {
    const taken = converted(kind, value);
    if (taken !== REFUSED) return taken;
  }
  return REFUSED;
}

// The value if it is of that kind or becomes so by the conversions of the standard (10.3.2.9.4).
function converted(kind, value) {
  if (kind === "any") return value;
  if (kind === "list" || kind.startsWith("list<")) return convertedList(kind, value);
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const found = kindOf(single);
  if (kind === "point") return POINTS.has(found) ? single : REFUSED;
  if (kind === "date and time" && single instanceof Day) return new Moment(single.days, 0, new Zone(0));
  return found === kind ? single : REFUSED;
}

function convertedList(kind, value) {
  const items = Array.isArray(value) ? value : [value];
  if (kind === "list") return items;
  const taken = items.map((item) => (item === null ? REFUSED : converted(kind.slice(5, -1), item)));
  return taken.includes(REFUSED) ? REFUSED : taken;
}
