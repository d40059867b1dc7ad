// Functions on contexts.

import { kindOf } from "../values.js";

const isContext = (value) => value instanceof Map;
const withValue = (context, key, value) => new Map([...context, [key, value]]);

function contextOf(entries) {
  const made = new Map();
  for (const entry of entries) {
    if (!isContext(entry) || kindOf(entry.get("key") ?? null) !== "string" || !entry.has("value")) return null;
    if (made.has(entry.get("key"))) return null;
    made.set(entry.get("key"), entry.get("value"));
  }
  return made;
}

// A copy with one more value, so many levels down; null when a level is no context.
function putDeep(context, keys, value) {
  if (!keys.length) return null;
  const [first, ...others] = keys;
  if (!others.length) return withValue(context, first, value);
  const inner = context.get(first);
  const made = isContext(inner) ? putDeep(inner, others, value) : null;
  return made === null ? null : withValue(context, first, made);
}

const pairs = (m) => [...m].map(([key, value]) => new Map([["key", key], ["value", value]]));
const merged = (contexts) => (contexts.every(isContext) ? new Map(contexts.flatMap((context) => [...context])) : null);

export default [
  ["get value(m: context, key: string): any", (run, m, key) => m.get(key) ?? null],
  ["get entries(m: context): list<context>", (run, m) => pairs(m)],
  ["context(entries: list): context", (run, entries) => contextOf(entries)],
  ["context put(context: context, key: string, value: any): context", (run, ...given) => withValue(...given)],
  ["context put(context: context, keys: list<string>, value: any): context", (run, ...given) => putDeep(...given)],
  ["context merge(contexts: list): context", (run, contexts) => merged(contexts)],
];
