// Calling functions: the built-in ones by their signatures, and those that are values (engine/feel/functions.py).

import { BUILTINS } from "./builtins/index.js";
import { Callable, Range, kindOf } from "./values.js";

// The result of the first way to call the function that fits the values; null when none does.
export function callBuiltin(name, given, run) {
  for (const signature of BUILTINS.get(name)) {
    const taken = signature.takes(given.length) ? signature.accept(given) : null;
    if (taken !== null) return signature.run(run, ...taken);
  }
  return null;
}

export function callByNames(name, names, given, run) {
  for (const signature of BUILTINS.get(name)) {
    const places = signature.places(names);
    const taken = places && signature.accept(places.map((place) => (place < 0 ? null : given[place])));
    if (taken) return signature.run(run, ...taken);
  }
  return null;
}

// Those that read the clock or look for patterns are no values: on the server neither.
const NEVER_VALUES = new Set(["now", "today", "matches", "replace", "split"]);

export function builtinValue(name) {
  if (!BUILTINS.has(name) || NEVER_VALUES.has(name)) return null;
  return new Callable((given, run) => callBuiltin(name, given, run));
}

const SIMPLE = { Any: (value) => value !== null, Null: (value) => value === null };
const isOrNull = (value, type) => value === null || isInstance(value, type);
const OF = {
  list: (value, type) => Array.isArray(value) && value.every((item) => isOrNull(item, type.of[0] ?? ANY)),
  context: (value, type) =>
    value instanceof Map &&
    type.members.every((name, place) => value.has(name) && isOrNull(value.get(name), type.of[place])),
  range: (value, type) =>
    value instanceof Range &&
    [value.low, value.high].every((end) => end === null || isInstance(end, type.of[0] ?? ANY)),
  function: (value, type) =>
    value instanceof Callable &&
    (value.parameters === null || type.of.length < 2 || value.parameters.length === type.of.length - 1),
};
const ANY = { name: "Any", of: [], members: [] };

// Whether a value is of a written type (`instance of`); null is only of the type Null.
export function isInstance(value, type) {
  const judge = SIMPLE[type.name] ?? OF[type.name];
  return judge ? judge(value, type) : kindOf(value) === type.name;
}
