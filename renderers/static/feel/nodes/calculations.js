// Literals, names, paths, arithmetic and comparison (engine/feel/closures/calculations.py).

import { ARITHMETIC, negate } from "../arithmetic.js";
import { readTemporal } from "../calendar.js";
import { builtinValue, isInstance } from "../functions.js";
import { member } from "../members.js";
import { decimal } from "../numbers.js";
import { COMPARISONS, between } from "../operators.js";
import { lookUp } from "../scopes.js";
import { valueOf } from "./node.js";

const TABLE = {
  Literal: (node) => node.value,
  Number: (node) => decimal(node.value),
  At: (node) => readTemporal(node.text),
  Name: (node, env) => lookUp(node.name, env, () => builtinValue(node.name)),
  Path: (node, env) => member(valueOf(node.of, env), node.member),
  Comparison: (node, env) => COMPARISONS[node.operator](valueOf(node.left, env), valueOf(node.right, env)),
  Between: (node, env) => between(valueOf(node.value, env), valueOf(node.low, env), valueOf(node.high, env)),
  Arithmetic: (node, env) => ARITHMETIC[node.operator](valueOf(node.left, env), valueOf(node.right, env)),
  Negate: (node, env) => negate(valueOf(node.of, env)),
  InstanceOf: (node, env) => isInstance(valueOf(node.value, env), node.type),
};

export default TABLE;
