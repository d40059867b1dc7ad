// Functions on texts, which count characters, not units.

import { lower, upper } from "../letters.js";
import { boundedText } from "../limits.js";
import { decimal, truncated } from "../numbers.js";
import { characters } from "../values.js";

function substring(text, start, length = null) {
  const signs = characters(text);
  const place = truncated(start);
  const first = place > 0 ? place - 1 : signs.length + place;
  if (!place || first < 0 || first > signs.length || (length !== null && length.lt(1))) return null;
  return signs.slice(first, length === null ? undefined : first + truncated(length)).join("");
}

function before(text, match) {
  const place = match ? text.indexOf(match) : -1;
  return place < 0 ? "" : text.slice(0, place);
}

function after(text, match) {
  const place = text.indexOf(match);
  return place < 0 ? "" : text.slice(place + match.length);
}

// The texts of a list after one another, nulls left out; null when an item is no text.
function join(items, delimiter = null) {
  const present = items.filter((item) => item !== null);
  if (!present.every((item) => typeof item === "string")) return null;
  return boundedText(present.join(delimiter ?? ""));
}

export default [
  ["substring(string: string, start position: number, length?: number): string", (run, ...given) => substring(...given)],
  ["string length(string: string): number", (run, text) => decimal(characters(text).length)],
  ["upper case(string: string): string", (run, text) => upper(text)],
  ["lower case(string: string): string", (run, text) => lower(text)],
  ["substring before(string: string, match: string): string", (run, text, match) => before(text, match)],
  ["substring after(string: string, match: string): string", (run, text, match) => after(text, match)],
  ["contains(string: string, match: string): boolean", (run, text, match) => text.includes(match)],
  ["starts with(string: string, match: string): boolean", (run, text, match) => text.startsWith(match)],
  ["ends with(string: string, match: string): boolean", (run, text, match) => text.endsWith(match)],
  ["string join(list: list, delimiter?: string?): string", (run, ...given) => join(...given)],
];
