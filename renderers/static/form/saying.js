// Writes figures and texts as the server does in this language; the signs come with the page.

import { Decimal, numberText } from "../feel/numbers.js";

import { judge } from "./names.js";
import { everyRow } from "./settle.js";

// A number in a unit: `1 250,50 €`, `40 %`.
export function printed(number, unit, figures) {
  const cents = unit === "money" && !number.isInteger();
  const [whole, fraction] = (cents ? number.abs().toFixed(2, Decimal.ROUND_HALF_EVEN) : numberText(number.abs())).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, figures.group);
  const [before, after] = figures.around[unit];
  const sign = number.isNegative() && !number.isZero() ? "-" : "";
  return `${sign}${before}${grouped}${fraction ? figures.mark + fraction : ""}${after}`;
}

// What the form computes: the name of its line, how it is told, its value (null while an answer behind it is still to come).
export function* computed(page, found) {
  const isReady = ({ after }, row) => after && !after.some((path) => page.isBlank(path, found, { row }));
  const value = (name, told, values, row) => (values.isKnown(name) && isReady(told, row) ? values.get(name) : null);
  for (const row of everyRow([...found.rows.values()].flat())) {
    if (row.isSum) {
      const { units, sums } = row.field;
      const [, , after] = sums.find(([line]) => line === row.number);
      for (const [name, told] of Object.entries(units)) {
        yield [`${row.name}-${name}`, told, value(name, { after }, row.values)];
      }
      continue;
    }
    for (const [name, cell] of Object.entries(row.field.rows)) {
      if ("value" in cell) yield [`${row.name}-${name}`, cell, value(name, cell, row.values, row)];
      for (const [total, told] of Object.entries(cell.totals ?? {})) {
        yield [`${row.name}-${total}`, told, row.rows.get(name)?.length ? value(total, told, row.values, row) : null];
      }
    }
  }
  for (const [name, total] of Object.entries(page.data.totals)) {
    yield [name, total, found.rows.get(total.repeat)?.length ? value(name, total, found.names) : null];
  }
}

// One such value as people read it; "" for what can't be written here.
export function shown(value, { unit, texts }, figures) {
  if (value instanceof Decimal) return printed(value, unit, figures);
  return (texts ? texts[value] : typeof value === "string" && value) || "";
}

// A text with its figures filled in; null when one of them isn't known.
export function said(parts, names, page) {
  const written = parts.map((part) => {
    if (typeof part === "string") return part;
    const value = judge(part.tree, names, page.now);
    return value instanceof Decimal ? printed(value, part.unit, page.data.figures) : null;
  });
  return written.includes(null) ? null : written.join("");
}

// A message of the page: `%(label)s` filled in.
export const filled = (message, params) => message.replace(/%\((\w+)\)s/g, (_, name) => params[name]);
