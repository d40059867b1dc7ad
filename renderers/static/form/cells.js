// What is wrong in rows: bounds and checks, each judged in its own row, by what stands there and around it.

import { Decimal } from "../feel/numbers.js";
import { received } from "../feel/transport.js";
import { inside, judge } from "./names.js";
import { printed, said } from "./saying.js";
import { everyRow } from "./settle.js";

// Each cell that may be wrong: the name of its control, and the sentences that tell what is, "" when nothing is.
export function* wrongInRows(page, found) {
  for (const row of everyRow([...found.rows.values()].flat())) {
    const judged = Object.entries(row.field?.rows ?? {}).filter(([, cell]) => cell.limits ?? cell.bounds ?? cell.checks);
    if (!judged.length) continue;
    const names = namesIn(row, found);
    for (const [name, cell] of judged) {
      const isGiven = row.asked.get(name) === true && row.values.isKnown(name);
      const told = isGiven ? [...sentences(cell, row.values.get(name), names, page), ...failing(cell.checks ?? [], names, page, found, row)] : [];
      yield [`${row.name}-${name}`, told.join(" ")];
    }
  }
}

const namesIn = (row, found) => inside(row, row.outer ? { names: namesIn(row.outer, found) } : found);

function* sentences({ limits = [], bounds = [] }, value, names, page) {
  for (const [side, tree, unit, around] of limits) {
    const bound = judge(tree, names, page.now);
    if (bound instanceof Decimal && isOutside([side, bound], value)) yield around.join(printed(bound, unit, page.data.figures));
  }
  for (const [side, bound, sentence] of bounds) if (isOutside([side, received(bound)], value)) yield sentence;
}

export const isOutside = ([side, bound], value) =>
  value.constructor === bound.constructor && (side === "min" ? compare(value, bound) < 0 : compare(value, bound) > 0);
const compare = (value, bound) =>
  "cmp" in value ? value.cmp(bound) : (value.days ?? 0) - (bound.days ?? 0) || (value.micros ?? 0) - (bound.micros ?? 0);

// The texts of the checks that fail, once all they read is answered; those of a row look at that row alone.
export function failing(checks, names, page, found, row) {
  return checks
    .filter((check) => judge(check.require, names, page.now) === false && !check.after.some((path) => page.isBlank(path, found, { row })))
    .map((check) => said(check.text, names, page))
    .filter((text) => text !== null);
}
