// The bounds of figures in rows: each is judged in its own row, by what stands there and around it.

import { Decimal } from "../feel/numbers.js";
import { inside, judge } from "./names.js";
import { printed } from "./saying.js";
import { everyRow } from "./settle.js";

// Each cell that has bounds: the name of its control, and the sentence that tells which one is passed, "" when none is.
export function* limitsPassed(page, found) {
  for (const row of everyRow([...found.rows.values()].flat())) {
    const bounded = Object.entries(row.field?.rows ?? {}).filter(([, cell]) => cell.limits);
    if (!bounded.length) continue;
    const names = namesIn(row, found);
    for (const [name, { limits }] of bounded) {
      const isGiven = row.asked.get(name) === true && row.values.isKnown(name);
      yield [`${row.name}-${name}`, isGiven ? sentenceOf(limits, row.values.get(name), names, page) : ""];
    }
  }
}

const namesIn = (row, found) => inside(row, row.outer ? { names: namesIn(row.outer, found) } : found);

function sentenceOf(limits, value, names, page) {
  for (const [side, tree, unit, around] of limits) {
    const bound = judge(tree, names, page.now);
    const isPassed = bound instanceof Decimal && (side === "min" ? value.lt(bound) : value.gt(bound));
    if (isPassed) return around.join(printed(bound, unit, page.data.figures));
  }
  return "";
}
