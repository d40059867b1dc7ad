// Lists, contexts, filters and loops (engine/feel/closures/collections.py and iterations.py).

import { Decimal, truncated, wholePart } from "../numbers.js";
import { less } from "../operators.js";
import { Env, ItemEnv } from "../scopes.js";
import { Day, Range, kindOf } from "../values.js";
import { costOf } from "./costs.js";
import { readsPartial, valueOf } from "./node.js";

// An entry sees those before it, so each has a level of its own.
function entries(node, env) {
  if (new Set(node.entries.map((entry) => entry.key)).size < node.entries.length) return null;
  const values = new Map();
  for (const { key, value } of node.entries) values.set(key, valueOf(value, new Env(new Map(values), env, env.run)));
  return values;
}

function filter(node, env) {
  const value = valueOf(node.of, env);
  const items = Array.isArray(value) ? value : value === null ? [] : [value];
  env.run.spend((costOf(node.condition) + 1) * items.length);
  const kept = [];
  for (const item of items) {
    const chosen = valueOf(node.condition, new ItemEnv(item, env));
    if (chosen === true) kept.push(item);
    else if (kindOf(chosen) === "number") return itemAt(items, chosen);
  }
  const isPlace = !items.length && kindOf(valueOf(node.condition, new ItemEnv(null, env))) === "number";
  return isPlace ? null : kept;
}

// The item at a place counted from 1, or from -1 at the end; null outside the list.
function itemAt(items, number) {
  const place = truncated(number);
  const index = place > 0 ? place - 1 : items.length + place;
  return number.isInteger() && place && index >= 0 && index < items.length ? items[index] : null;
}

// -- loops ------------------------------------------------------------------------------------------------------------

// The turns of a loop: a level for each combination of its variables; null when the first domain is null.
function turns(node, body, env) {
  const first = domainOf(node.iterations[0], env);
  return first === null ? null : combined(node.iterations, 0, first, env, costOf(body) + 1);
}

function* combined(iterations, place, values, env, cost) {
  for (const value of values) {
    env.run.spend(cost);
    const inner = new Env(new Map([[iterations[place].name, value]]), env, env.run);
    if (place + 1 === iterations.length) yield inner;
    else yield* combined(iterations, place + 1, domainOf(iterations[place + 1], inner) ?? [], inner, cost);
  }
}

// The values of one variable; null when there are none to speak of.
function domainOf(iteration, env) {
  const first = valueOf(iteration.domain, env);
  if (iteration.last) return steps(first, valueOf(iteration.last, env));
  if (first instanceof Range) return rangeSteps(first);
  if (first === null) return null;
  return Array.isArray(first) ? first : [first];
}

// Whole numbers or days from one to another, both included, up or down.
function steps(first, last) {
  if (first instanceof Decimal && last instanceof Decimal) {
    if (!first.isInteger() || !last.isInteger()) return null;
    return counted(wholePart(first), wholePart(last), (whole) => new Decimal(whole.toString()));
  }
  if (!(first instanceof Day && last instanceof Day)) return null;
  return counted(BigInt(first.days), BigInt(last.days), (days) => new Day(Number(days)));
}

function* counted(first, last, made) {
  const way = first <= last ? 1n : -1n;
  for (let number = first; number !== last + way; number += way) yield made(number);
}

// The whole numbers or days a range holds.
function rangeSteps(span) {
  const found = steps(span.low, span.high);
  if (found === null) return null;
  return less(span.high, span.low) ? null : inside(span, found);
}

const sameStep = (value, end) => (value instanceof Day ? value.days === end.days : value.eq(end));

function* inside(span, values) {
  for (const value of values) {
    const outside =
      (!span.lowIncluded && sameStep(value, span.low)) || (!span.highIncluded && sameStep(value, span.high));
    if (!outside) yield value;
  }
}

function loop(node, env) {
  const found = turns(node, node.body, env);
  if (found === null) return null;
  const results = [];
  for (const turn of found) results.push(valueOf(node.body, readsPartial(node.body) ? withPartial(turn, results) : turn));
  return results;
}

// `partial` is the list of the results so far; copying it costs as many steps.
function withPartial(turn, results) {
  turn.run.spend(results.length);
  return new Env(new Map([["partial", [...results]]]), turn, turn.run);
}

function quantified(node, env) {
  const found = turns(node, node.condition, env);
  if (found === null) return null;
  const decisive = node.quantifier === "some";
  let result = !decisive;
  for (const turn of found) {
    const value = valueOf(node.condition, turn);
    if (value === decisive) return decisive;
    if (value !== !decisive) result = null;
  }
  return result;
}

const TABLE = {
  Items: (node, env) => node.items.map((item) => valueOf(item, env)),
  Entries: entries,
  Filter: filter,
  For: loop,
  Quantified: quantified,
};

export default TABLE;
