// Functions that look for a pattern in a text; what all of them cost together is bounded.

import { allMatches, patternOf, replaceAll } from "../patterns.js";
import { characters } from "../values.js";

// The compiled pattern; null when it is faulty.
function prepared(run, wanted, flags) {
  const pattern = patternOf(wanted, flags ?? "");
  if (pattern) run.patterns.spend(pattern.steps.length);
  return pattern;
}

function matches(run, text, wanted, flags) {
  const pattern = prepared(run, wanted, flags);
  return pattern && pattern.match(characters(text), 0, run.patterns) !== null;
}

function replace(run, text, wanted, replacement, flags) {
  const pattern = prepared(run, wanted, flags);
  return pattern && replaceAll(pattern, characters(text), replacement, run.patterns);
}

function split(run, text, delimiter) {
  const pattern = prepared(run, delimiter, null);
  if (!pattern || pattern.match([], 0, run.patterns) !== null) return null;
  const signs = characters(text);
  const pieces = [];
  let place = 0;
  for (const [start, end] of allMatches(pattern, signs, run.patterns)) {
    pieces.push(signs.slice(place, start).join(""));
    place = end;
  }
  return [...pieces, signs.slice(place).join("")];
}

export default [
  ["matches(input: string, pattern: string, flags?: string?): boolean", matches],
  ["replace(input: string, pattern: string, replacement: string, flags?: string?): string", replace],
  ["split(string: string, delimiter: string): list<string>", split],
];
