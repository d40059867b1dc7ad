// and, or, not, if: three-valued logic, stopping as soon as the result is known (engine/feel/closures/conditions.py).

import { negation } from "../operators.js";
import { valueOf } from "./node.js";

// The parts in turn, until one is `decisive`; null when one was neither true nor false.
const judged = (decisive) => (node, env) => {
  let result = !decisive;
  for (const part of node.parts) {
    const value = valueOf(part, env);
    if (value === decisive) return decisive;
    if (value !== !decisive) result = null;
  }
  return result;
};

const TABLE = {
  And: judged(false),
  Or: judged(true),
  Not: (node, env) => negation(valueOf(node.of, env)),
  If: (node, env) => valueOf(valueOf(node.condition, env) === true ? node.then : node.otherwise, env),
};

export default TABLE;
