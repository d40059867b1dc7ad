// What evaluating a node costs, known before any value is: the same figures as on the server (engine/feel/costs.py).

import { BUILTINS } from "../builtins/index.js";
import { FUEL } from "../limits.js";
import { children, remembered } from "./node.js";

export const CALL = 10; // of a built-in function that is not named below
const POWER = 200;
const CALLS = new Map([["log", 200], ["exp", 120], ["sqrt", 40], ["range", 80], ["string", 50], ["number", 20], ["modulo", 30]]);
const ROUNDING = ["decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down"];
for (const name of ROUNDING) CALLS.set(name, 30);
const NODES = new Map([["In", 8], ["Interval", 5], ["Test", 3], ["InstanceOf", 4], ["Filter", 4], ["For", 4]]);

function ownCost(node) {
  if (node.op === "Call") {
    const known = node.function.op === "Name" && BUILTINS.has(node.function.name);
    return known ? (CALLS.get(node.function.name) ?? CALL) : CALL;
  }
  return node.op === "Arithmetic" && node.operator === "**" ? POWER : (NODES.get(node.op) ?? 1);
}

// The steps of evaluating a node once; loops and filters inside it take more, as they turn.
export const costOf = remembered((node) => children(node).reduce((sum, child) => sum + costOf(child), ownCost(node)));

// What an evaluation spends before it begins: nothing, but for a text that is much work without any loop.
export function costAtStart(root) {
  const whole = costOf(root);
  return whole > FUEL / 6 ? whole : 0;
}

const SPENDING = new Set(["Call", "For", "Quantified", "Filter", "Declared"]);
const FROM_TEXT = new Set(["date", "time", "date and time", "duration"]);

// `duration("P90D")` and its like: worked out before any evaluation.
function isKnownCall({ op, function: called, arguments: given, names }) {
  if (op !== "Call" || called.op !== "Name" || !FROM_TEXT.has(called.name)) return false;
  return given.length === 1 && !names.length && ["Literal", "Number"].includes(given[0].op);
}

// Whether an evaluation takes steps at all: without loops, filters and calls it has nothing to count.
export const takesSteps = remembered(
  (node) => (SPENDING.has(node.op) && !isKnownCall(node)) || children(node).some(takesSteps),
);
