// Functions on lists: their items and their order.

import { boundedValue } from "../limits.js";
import { decimal, truncated } from "../numbers.js";
import { conjunction, disjunction, equal, less, order } from "../operators.js";
import { identity } from "../identity.js";

// The index of a place counted from 1, or from -1 at the end; null outside the list.
function indexOf(items, position) {
  const number = truncated(position);
  const index = number > 0 ? number - 1 : items.length + number;
  return number && index >= 0 && index < items.length ? index : null;
}

// A copy with what stands at a place replaced by other items.
function spliced(items, position, removed, ...added) {
  const index = indexOf(items, position);
  return index === null ? null : [...items.slice(0, index), ...added, ...items.slice(index + removed)];
}

function sublist(items, start, length = null) {
  const place = truncated(start);
  const first = start.gte(1) ? place - 1 : items.length + place;
  if (!place || first < 0 || first >= Math.max(items.length, 1)) return null;
  if (length === null) return items.slice(first);
  return length.gte(0) && length.lte(items.length - first) ? items.slice(first, first + truncated(length)) : null;
}

// A copy with another item wherever `match(item, new item)` is true; null when it answers anything else.
function replaceMatching(run, items, match, newItem) {
  const answers = items.map((item) => match.call([item, newItem], run));
  if (!answers.every((answer) => typeof answer === "boolean")) return null;
  return items.map((item, place) => (answers[place] ? newItem : item));
}

// Each item once.
function distinct(items) {
  const found = new Map();
  for (const item of items) {
    const key = identity(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

function flat(items) {
  boundedValue(items);
  return items.flat(Infinity);
}

// The smallest (-1) or the largest (1) item; null when items have no order.
export function extreme(sign, items) {
  let best = items[0] ?? null;
  for (const item of items) {
    const compared = order(item, best);
    if (compared === null) return null;
    if (compared === sign) best = item;
  }
  return best;
}

// Sorted by halves: the later half's item goes first only where `precedes` says so. The server sorts in the same way,
// so that both agree even on an order that is none.
function sorted(items, precedes) {
  if (items.length < 2) return items;
  const middle = Math.floor(items.length / 2);
  const [left, right] = [sorted(items.slice(0, middle), precedes), sorted(items.slice(middle), precedes)];
  const merged = [];
  let [one, other] = [0, 0];
  while (one < left.length && other < right.length) {
    merged.push(precedes(right[other], left[one]) === true ? right[other++] : left[one++]);
  }
  return [...merged, ...left.slice(one), ...right.slice(other)];
}

function sortPlain(items) {
  return items.length && extreme(1, items) === null ? null : sorted(items, less);
}

const places = (items, match) =>
  items.flatMap((item, index) => (equal(item, match) === true ? [decimal(index + 1)] : []));

export default [
  ["list contains(list: list, element: any): boolean", (run, items, one) => items.some((item) => equal(item, one) === true)],
  ["list replace(list: list, position: number, newItem: any): same", (run, items, at, item) => spliced(items, at, 1, item)],
  ["list replace(list: list, match: function, newItem: any): same", replaceMatching],
  ["count(*list: list): number", (run, items) => decimal(items.length)],
  ["min(*list: list): item", (run, items) => extreme(-1, items)],
  ["max(*list: list): item", (run, items) => extreme(1, items)],
  ["all(*list: list): boolean", (run, items) => conjunction(items)],
  ["any(*list: list): boolean", (run, items) => disjunction(items)],
  ["sublist(list: list, start position: number, length?: number): same", (run, ...given) => sublist(...given)],
  ["append(list: list, item...: any): same", (run, items, ...more) => [...items, ...more]],
  ["concatenate(list...: list): same", (run, ...lists) => lists.flat()],
  ["union(list...: list): same", (run, ...lists) => distinct(lists.flat())],
  ["insert before(list: list, position: number, newItem: any): same", (run, items, at, item) => spliced(items, at, 0, item)],
  ["remove(list: list, position: number): same", (run, items, at) => spliced(items, at, 1)],
  ["reverse(list: list): same", (run, items) => [...items].reverse()],
  ["index of(list: list, match: any): list<number>", (run, items, match) => places(items, match)],
  ["distinct values(list: list): same", (run, items) => distinct(items)],
  ["flatten(list: list): list", (run, items) => flat(items)],
  [
    "sort(list: list, precedes: function): same",
    (run, items, precedes) => sorted(items, (one, other) => precedes.call([one, other], run)),
  ],
  ["sort(list: list): same", (run, items) => sortPlain(items)],
];
