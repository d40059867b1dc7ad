// The names of a page, and judging expressions with them.

import { evaluate } from "../feel/evaluate.js";
import { ServerOnly, Stopped } from "../feel/limits.js";
import { Decimal } from "../feel/numbers.js";
import { UNKNOWN } from "./typed.js";

// The names of a page; one whose value only the server knows stops the evaluation that reads it.
export class Names extends Map {
  get(name) {
    const value = super.get(name);
    if (value === UNKNOWN) throw new ServerOnly(name);
    return value;
  }

  isKnown(name) {
    const value = super.get(name) ?? null;
    return value !== null && value !== UNKNOWN;
  }
}

export function caught(compute, kind, instead) {
  try {
    return compute();
  } catch (error) {
    if (error instanceof kind) return instead;
    throw error;
  }
}

// The value of a tree, null where the server stops at a bound. Throws ServerOnly.
export const valueOf = (tree, names, now) => caught(() => evaluate(tree, names, now), Stopped, null);

// The value of an expression; UNKNOWN when only the server knows.
export function judge(tree, names, now) {
  if (typeof tree === "boolean") return tree;
  return tree === null ? UNKNOWN : caught(() => valueOf(tree, names, now), ServerOnly, UNKNOWN);
}

// Whether an expression holds: true, false, or UNKNOWN.
export function holds(tree, names, now) {
  const value = judge(tree, names, now);
  return value === UNKNOWN ? UNKNOWN : value === true;
}

// The names a row knows: its own before those around it.
export const inside = (row, found) =>
  new Names([...found.names, ...row.values, ["row", new Map([["number", new Decimal(row.place)]])]]);
