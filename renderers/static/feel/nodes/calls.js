// Functions: declaring them and calling them (engine/feel/closures/calls.py and functions.py).

import { BUILTINS } from "../builtins/index.js";
import { callBuiltin, callByNames, isInstance } from "../functions.js";
import { Stopped } from "../limits.js";
import { Env, isLocal } from "../scopes.js";
import { Callable, characters } from "../values.js";
import { CALL, costOf } from "./costs.js";
import { heightOf, valueOf } from "./node.js";

function declared(node, env) {
  const names = node.parameters.map((parameter) => parameter.name);
  return new Callable((given) => calledWith(node, env, names, given), names);
}

// The result; null when the number or the types of the values are wrong.
function calledWith(node, env, names, given) {
  if (given.length !== names.length) return null;
  const run = env.run;
  run.spend(costOf(node.body) + CALL);
  const fits = node.parameters.every(({ type }, place) => !type || given[place] === null || isInstance(given[place], type));
  if (!fits) return null;
  // A function may be given to itself: the frames it takes on the server are counted here as there.
  const height = 2 * heightOf(node.body) + 4;
  if (run.frames < height) throw new Stopped("too_deep");
  run.frames -= height;
  const result = valueOf(node.body, new Env(new Map(names.map((name, place) => [name, given[place]])), env, run));
  run.frames += height;
  return result;
}

function call(node, env) {
  const { function: called, names } = node;
  if (called.op === "Name" && BUILTINS.has(called.name) && !isLocal(called.name, env)) return builtinCall(node, env);
  const value = valueOf(called, env);
  if (!names.length) return value instanceof Callable ? value.call(given(node, env), env.run) : noFunction(node, env);
  const sameNames = value?.parameters && [...names].sort().join("\n") === [...value.parameters].sort().join("\n");
  if (!sameNames) return null;
  return value.call(value.parameters.map((name) => valueOf(node.arguments[names.lastIndexOf(name)], env)), env.run);
}

const given = (node, env) => node.arguments.map((argument) => valueOf(argument, env));

// What is no function gives null, but its arguments are evaluated all the same, as on the server.
function noFunction(node, env) {
  given(node, env);
  return null;
}

const LONG_TEXT = 100; // characters of a text a function reads in one step

// A list costs as many steps as it has items, a long text some too.
function readingCost(value) {
  if (Array.isArray(value)) return value.length;
  const isLong = typeof value === "string" && value.length > LONG_TEXT;
  return isLong ? Math.floor(characters(value).length / LONG_TEXT) : 0;
}

function builtinCall(node, env) {
  const values = given(node, env);
  for (const value of values) env.run.spend(readingCost(value));
  const name = node.function.name;
  return node.names.length ? callByNames(name, node.names, values, env.run) : callBuiltin(name, values, env.run);
}

const TABLE = { Declared: declared, Call: call };

export default TABLE;
