// Unary tests and ranges: `< 5`, `[1..3]`, `x in (…)`, the cells of decision tables (engine/feel/closures/tests.py).

import { COMPARISONS, disjunction, negation, satisfies } from "../operators.js";
import { lookUp } from "../scopes.js";
import { Range, kindOf } from "../values.js";
import { readsJudged, valueOf } from "./node.js";

// Whether a value passes one unary test.
function passes(test, env, value) {
  if (test.op === "Test") return COMPARISONS[test.operator](value, valueOf(test.operand, env));
  const result = valueOf(test, env);
  const isCondition = readsJudged(test) && (typeof result === "boolean" || result === null);
  return isCondition ? result : satisfies(value, result);
}

const passesOne = (tests, env, value) => disjunction(tests.map((test) => passes(test, env, value)));

function tests(node, env) {
  if (!node.tests.length) return true;
  const result = passesOne(node.tests, env, lookUp("?", env, () => null));
  return node.negated ? negation(result) : result;
}

// A test that is no cell is a range open on one side, `(< 5)`.
function openRange(node, env) {
  const end = valueOf(node.operand, env);
  const sign = node.operator;
  const low = [">", ">=", "=", "!="].includes(sign) ? end : null;
  const high = ["<", "<=", "=", "!="].includes(sign) ? end : null;
  return new Range(low, high, [">=", "="].includes(sign), ["<=", "="].includes(sign), sign);
}

function interval(node, env) {
  const [low, high] = [valueOf(node.low, env), valueOf(node.high, env)];
  if (low === null && high === null) return null;
  if (low !== null && high !== null && kindOf(low) !== kindOf(high)) return null;
  return new Range(low, high, node.low_included, node.high_included);
}

const TABLE = {
  In: (node, env) => {
    const value = valueOf(node.value, env);
    return passesOne(node.tests, env, value);
  },
  Tests: tests,
  Test: openRange,
  Interval: interval,
};

export default TABLE;
