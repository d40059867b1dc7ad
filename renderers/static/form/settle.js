// What is asked now and what the rules know, from what is typed: the same reading as engine/asked, for one page.

import { ServerOnly } from "../feel/limits.js";
import { Decimal, ZERO, plus, times } from "../feel/numbers.js";
import { received } from "../feel/transport.js";
import { Callable } from "../feel/values.js";
import { linesOf, tableOf } from "./lines.js";
import { Names, caught, holds, inside, judge, valueOf } from "./names.js";
import { UNKNOWN, readTyped } from "./typed.js";

// A figure by something, `income_ceiling(household)`: the first row whose tests all hold, or what comes after the last.
export function figureBy({ rows, last, at, more }) {
  const results = rows.map(([, result]) => received(result));
  return new Callable((given, run) => {
    if (given.includes(null)) return null;
    const passes = ([tests]) =>
      tests.every((test, place) => place >= given.length || valueOf(test, new Names([["?", given[place]]]), run.now) === true);
    const row = rows.findIndex(passes);
    if (row >= 0) return results[row];
    if (last === undefined || given.length !== 1 || !(given[0] instanceof Decimal)) return null;
    const beyond = given[0].sub(received(last));
    const isMore = beyond.gt(0) && given[0].isInteger() && results[at] instanceof Decimal;
    return isMore ? plus(results[at], times(beyond, received(more))) : null;
  });
}

export class Page {
  constructor(data) {
    this.data = data;
    this.now = received(data.today);
    this.outside = [
      ...Object.entries(data.values).map(([name, value]) => [name, received(value)]),
      ...Object.entries(data.functions).map(([name, rows]) => [name, figureBy(rows)]),
    ];
  }

  // The bounds of a field: the side, the value, the sentence that tells it is passed.
  bounds(id) {
    return this.data.fields[id].bounds.map(([side, bound, sentence]) => [side, received(bound), sentence]);
  }

  // Everything in order. `typed` maps the id of a field to what is typed in it, by suffix.
  settle(typed) {
    const found = { asked: new Map(), rows: new Map(), names: new Names(this.outside) };
    const { order, totals, computed } = this.data;
    for (const id of order) found.names.set(id, null);
    for (const id of order) {
      if (Object.hasOwn(totals, id)) found.names.set(id, caught(() => this.total(totals[id], found), ServerOnly, UNKNOWN));
      else if (Object.hasOwn(computed, id)) found.names.set(id, this.computed(computed[id], found.names));
      else this.settleField(id, typed.get(id) ?? new Map(), found);
    }
    return found;
  }

  // A computed value, or the function of what it depends on; what it isn't given is null.
  computed({ tree, by }, names) {
    if (!by) return judge(tree, names, this.now);
    const scope = (given) => new Names([...names, ...by.map((name, place) => [name, given[place] ?? null])]);
    return new Callable((given) => valueOf(tree, scope(given), this.now));
  }

  settleField(id, raw, found) {
    const field = this.data.fields[id];
    const asked = holds(field.when, found.names, this.now);
    found.asked.set(id, asked);
    if (asked === false) return;
    if (field.kind === "matrix") {
      const lines = linesOf(id, field, raw, found, this.now);
      found.rows.set(id, lines);
      found.names.set(id, asked === UNKNOWN ? UNKNOWN : tableOf(lines));
    } else if (field.kind === "repeat") {
      const rows = this.rows(id, field, raw, found);
      found.rows.set(id, rows);
      found.names.set(id, asked === UNKNOWN ? UNKNOWN : contexts(rows));
    } else found.names.set(id, asked === UNKNOWN ? UNKNOWN : readTyped(field, raw));
  }

  // The rows typed in a repeat. `around` holds the names known there; `outer` is the row it stands in, if any.
  rows(repeat, field, raw, around, outer = null) {
    return rowsTyped(raw).map(([number, typed], place) => {
      const name = `${outer ? `${outer.name}-` : ""}${repeat}-${number}`;
      const values = new Names(field.cells.map((cell) => [cell, null]));
      const row = { repeat, field, name, number, place: place + 1, outer, values, asked: new Map(), rows: new Map() };
      return this.fill(row, typed, around);
    });
  }

  // What a row knows, in order: its answers, what is computed in it, the rows in it with their totals.
  fill(row, typed, around) {
    const scope = { names: inside(row, around), rows: row.rows, asked: row.asked };
    const know = (name, value) => [row.values, scope.names].forEach((names) => names.set(name, value));
    for (const [name, inner] of Object.entries(row.field.rows)) {
      const asked = holds(inner.when, scope.names, this.now);
      row.asked.set(name, asked);
      if (asked !== false) know(name, asked === UNKNOWN ? UNKNOWN : this.cell(name, inner, typed.get(name) ?? new Map(), row, scope));
      for (const [total, one] of Object.entries(inner.totals ?? {})) {
        know(total, caught(() => this.total(one, scope), ServerOnly, UNKNOWN));
      }
    }
    return row;
  }

  // The value of one field of a row; the rows in it are settled too.
  cell(name, inner, raw, row, scope) {
    if ("value" in inner) return judge(inner.value, scope.names, this.now);
    if (inner.kind !== "repeat") return readTyped(inner, raw);
    const rows = this.rows(name, inner, raw, scope, row);
    row.rows.set(name, rows);
    return contexts(rows);
  }

  // The sum over the rows that count: 0 for no row, null while one of its terms is not given yet. Throws ServerOnly.
  total({ repeat, sum, where }, found) {
    if (found.asked.get(repeat) === UNKNOWN) return UNKNOWN;
    const terms = [];
    for (const row of found.rows.get(repeat) ?? []) {
      if (row.isSum) continue;
      const counts = holds(where, inside(row, found), this.now);
      const isAsked = row.field && !(sum in row.field.rows) ? true : row.asked.get(sum);
      if (counts === UNKNOWN || (counts && isAsked === UNKNOWN)) return UNKNOWN;
      if (counts && isAsked) terms.push(row.values.get(sum));
    }
    return terms.includes(null) ? null : terms.reduce(plusOrNull, ZERO);
  }

  // Whether an answer is asked and still to come: a field, or a cell ("projects/lines/price") of any row; of its repeats only
  // this `row`. What is optional and blank is answered, unless `evenOptional`; the server has looked at other pages.
  isBlank(path, found, { row, evenOptional = false } = {}) {
    const [id, ...below] = path.split("/");
    const first = this.data.fields[id];
    const field = below.reduce((one, name) => one?.rows[name], first);
    if (!field || found.asked.get(id) === false || (field.optional && !evenOptional)) return false;
    const cell = below.pop();
    if (!cell) return field.kind === "repeat" ? !(found.rows.get(id) ?? []).length : !found.names.isKnown(id);
    const isBlank = (one) => (field.kind === "repeat" ? !(one.rows.get(cell) ?? []).length : !one.values.isKnown(cell));
    return rowsOn([id, ...below], found, row).some((one) => !one.isSum && one.asked.get(cell) !== false && isBlank(one));
  }
}

// The rows at the end of a way through repeats, but for those beside `row`.
function rowsOn(repeats, found, row) {
  let way = [];
  for (let one = row; one; one = one.outer) way.unshift(one);
  let rows = null;
  for (const [depth, name] of repeats.entries()) {
    rows = rows === null ? (found.rows.get(name) ?? []) : rows.flatMap((one) => one.rows.get(name) ?? []);
    if (way[depth]?.repeat === name) rows = rows.filter((one) => one === way[depth]);
    else way = [];
  }
  return rows;
}

// Rows as the rules see them; not known as a whole while something in one isn't.
function contexts(rows) {
  const values = rows.map((row) => new Map(row.values));
  return values.some((row) => [...row.values()].includes(UNKNOWN)) ? UNKNOWN : values;
}

// Every row, those in the rows after the one they stand in.
export function* everyRow(rows) {
  for (const row of rows) {
    yield row;
    for (const below of row.rows?.values() ?? []) yield* everyRow(below);
  }
}

const plusOrNull = (all, term) => (all === null ? null : plus(all, term));

const ROW = /^-([0-9]{1,4})(?:-([a-z][a-z0-9_]*)(.*))?$/s;

// What is typed in a repeat, by row, field and suffix; `-0` alone says that row 0 is there.
function rowsTyped(raw) {
  const rows = new Map();
  for (const [suffix, values] of raw) {
    const [, number, name, rest] = ROW.exec(suffix) ?? [];
    if (number === undefined) continue;
    if (!rows.has(number)) rows.set(number, new Map());
    const row = rows.get(number);
    if (name !== undefined) row.set(name, (row.get(name) ?? new Map()).set(rest, values));
  }
  return [...rows].sort(([one], [other]) => one - other);
}
