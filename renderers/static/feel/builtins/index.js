// The built-in functions of FEEL, one module a family, each with its table: the same lines as engine/feel/builtins.

import { Signature } from "../signatures.js";
import clock from "./clock.js";
import contexts from "./contexts.js";
import conversions from "./conversions.js";
import days from "./days.js";
import lists from "./lists.js";
import matching from "./matching.js";
import numbers from "./numbers.js";
import ranges from "./ranges.js";
import statistics from "./statistics.js";
import strings from "./strings.js";

const FAMILIES = [conversions, strings, matching, lists, statistics, numbers, days, ranges, contexts, clock];

// All lines, as they are written, in the order of trial.
export const DECLARATIONS = FAMILIES.flatMap((family) => family.map(([text]) => text));

// All ways to call each function, by its name.
export const BUILTINS = new Map();
for (const [text, run] of FAMILIES.flat()) {
  const signature = new Signature(text, run);
  BUILTINS.set(signature.name, [...(BUILTINS.get(signature.name) ?? []), signature]);
}
