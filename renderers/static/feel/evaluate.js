// Evaluates the trees the server ships, with the values of the page. There is no parser here, and no text is executed.

import { Run, during } from "./limits.js";
import { costAtStart, takesSteps } from "./nodes/costs.js";
import { NODES, valueOf } from "./nodes/node.js";
import calculations from "./nodes/calculations.js";
import calls from "./nodes/calls.js";
import collections from "./nodes/collections.js";
import conditions from "./nodes/conditions.js";
import tests from "./nodes/tests.js";
import { Env } from "./scopes.js";

for (const family of [calculations, conditions, tests, collections, calls]) {
  for (const [op, evaluate] of Object.entries(family)) NODES.set(op, evaluate);
}

// The value of a tree; what is unknown or ill-typed is null. `values` maps names to values, `now` is a Moment or null.
// Throws Stopped when a bound is passed (the server refuses too), ServerOnly for what only the server can tell.
export function evaluate(tree, values, now = null) {
  const run = new Run(now);
  const env = new Env(values, null, run);
  const atStart = costAtStart(tree.root);
  if (!atStart && !takesSteps(tree.root)) return valueOf(tree.root, env);
  run.spend(atStart);
  return during(run, () => valueOf(tree.root, env));
}
