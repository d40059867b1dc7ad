// One node evaluated: the table of all kinds of nodes, filled by the modules beside this one, and what is known of a tree
// before it is evaluated.

import { ServerOnly } from "../limits.js";

export const NODES = new Map(); // op → (node, env) → value

// The value of a node. Throws Stopped when a bound is passed, ServerOnly for a node that is not known here.
export function valueOf(node, env) {
  const evaluate = NODES.get(node.op);
  if (evaluate === undefined) throw new ServerOnly(`the node ${node.op}`);
  return evaluate(node, env);
}

export const remembered = (compute) => {
  const known = new WeakMap();
  return (node) => {
    if (!known.has(node)) known.set(node, compute(node));
    return known.get(node);
  };
};

const isNode = (held) => held !== null && typeof held === "object" && "op" in held;

// The nodes directly under a node.
export function children(node) {
  return Object.values(node).flatMap((held) => (Array.isArray(held) ? held.filter(isNode) : isNode(held) ? [held] : []));
}

// How many nodes stand between this one and its farthest leaf.
export const heightOf = remembered((node) => children(node).reduce((most, child) => Math.max(most, heightOf(child)), 0) + 1);

const reads = (name) => {
  const found = remembered((node) => (node.op === "Name" && node.name === name) || children(node).some(found));
  return found;
};

export const readsPartial = reads("partial");
export const readsJudged = reads("?");
