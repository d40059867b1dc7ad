// Functions that make one value of a list of numbers.

import { ARITHMETIC } from "../arithmetic.js";
import { decimal, minus, over, plus, squareRoot, times } from "../numbers.js";
import { DAYS, MONTHS, kindOf } from "../values.js";

const SUMMED = new Set(["number", DAYS, MONTHS]);

// The sum of numbers or of durations; null of an empty list.
function total(items) {
  if (!items.length || !SUMMED.has(kindOf(items[0]))) return null;
  return items.reduce((sum, item) => (sum === null ? null : ARITHMETIC["+"](sum, item)));
}

const product = (items) =>
  items.length ? items.reduce((made, item) => (made === null ? null : times(made, item)), decimal(1)) : null;

function mean(items) {
  const summed = total(items);
  return kindOf(summed) === "number" ? over(summed, decimal(items.length)) : null;
}

const ascending = (items) => [...items].sort((one, other) => one.cmp(other));

// The middle one, or the mean of the two in the middle.
function median(items) {
  const middle = Math.floor(items.length / 2);
  const ordered = ascending(items);
  if (!items.length) return null;
  return items.length % 2 ? ordered[middle] : mean(ordered.slice(middle - 1, middle + 1));
}

// The standard deviation of a sample; null of fewer than two numbers.
function deviation(items) {
  const centre = mean(items);
  if (items.length < 2 || centre === null) return null;
  const squares = items.map((item) => minus(item, centre)).map((far) => far && times(far, far));
  const summed = squares.includes(null) ? null : total(squares);
  return summed && squareRoot(over(summed, decimal(items.length - 1)));
}

// The numbers that come most often, in their order.
function mode(items) {
  const counts = new Map();
  for (const item of items) {
    const known = counts.get(item.toString()) ?? { item, count: 0 };
    counts.set(item.toString(), { item: known.item, count: known.count + 1 });
  }
  const most = Math.max(0, ...[...counts.values()].map(({ count }) => count));
  return ascending([...counts.values()].filter(({ count }) => count === most).map(({ item }) => item));
}

export default [
  ["sum(*list: list): item", (run, items) => total(items)],
  ["mean(*list: list): item", (run, items) => mean(items)],
  ["product(*list: list<number>): number", (run, items) => product(items)],
  ["median(*list: list<number>): item", (run, items) => median(items)],
  ["stddev(*list: list<number>): number", (run, items) => deviation(items)],
  ["mode(*list: list<number>): same", (run, items) => mode(items)],
];
