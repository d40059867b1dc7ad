// The lines of a table with fixed lines, settled as engine/asked/lines does: typed cells, computed lines, computed columns.

import { ZERO } from "../feel/numbers.js";
import { Names, inside, judge } from "./names.js";
import { UNKNOWN, readTyped } from "./typed.js";

const CELL = /^-([a-z][a-z0-9_]*)-([a-z][a-z0-9_]*)(.*)$/s;

// One row for each line; `number` is its id, as in the names of its controls.
export function linesOf(id, field, raw, found, now) {
  const typed = cellsTyped(raw);
  const rows = Object.entries(field.lines).map(([line, isTyped], place) => blank(id, line, place + 1, field, isTyped));
  const at = new Map(rows.map((row) => [row.number, row]));
  for (const row of rows) if (!row.isSum) fill(row, field, typed.get(row.number) ?? new Map());
  for (const [line, tree] of field.sums) {
    for (const [column, inner] of figures(field)) {
      if ("value" in inner) continue;
      const others = rows.map((row) => [row.number, plain(row, column)]);
      at.get(line).values.set(column, judge(tree, new Names([...found.names, ...others]), now));
    }
  }
  for (const row of rows) {
    for (const [name, inner] of Object.entries(field.rows)) {
      if (!("value" in inner)) continue;
      const names = inside(row, found);
      names.set(id, tableOf(rows));
      row.values.set(name, judge(inner.value, names, now));
    }
  }
  return rows;
}

// The value for the rules: cells by line and column; not known as a whole while one of them isn't.
export function tableOf(rows) {
  const isUnknown = rows.some((row) => [...row.values.values()].includes(UNKNOWN));
  return isUnknown ? UNKNOWN : new Map(rows.map((row) => [row.number, new Map(row.values)]));
}

const figures = (field) => Object.keys(field.units).map((name) => [name, field.rows[name]]);
const plain = (row, column) => Map.prototype.get.call(row.values, column) ?? null;

function blank(repeat, number, place, field, isTyped) {
  const held = field.cells.filter((name) => isTyped || name in field.units);
  const values = new Names(held.map((name) => [name, null]));
  return { repeat, field, name: `${repeat}-${number}`, number, place, values, asked: new Map(held.map((name) => [name, true])), isSum: !isTyped };
}

// What is typed in a line; a blank figure of an optional column is 0.
function fill(row, field, typed) {
  for (const [name, inner] of Object.entries(field.rows)) {
    if ("value" in inner) continue;
    const found = readTyped(inner, typed.get(name) ?? new Map());
    row.values.set(name, found === null && inner.optional && name in field.units ? ZERO : found);
  }
}

function cellsTyped(raw) {
  const lines = new Map();
  for (const [suffix, values] of raw) {
    const [, line, name, rest] = CELL.exec(suffix) ?? [];
    if (line === undefined) continue;
    if (!lines.has(line)) lines.set(line, new Map());
    const cells = lines.get(line);
    cells.set(name, (cells.get(name) ?? new Map()).set(rest, values));
  }
  return lines;
}
