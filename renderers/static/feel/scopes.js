// Where a name is found: the values given, then what loops, functions, contexts and filters add inside (engine/feel/scopes.py).

// The names of one level, the level around it, and the evaluation under way. `names` is never changed once it is read.
export class Env {
  constructor(names, outer, run) {
    Object.assign(this, { names, outer, run });
  }

  get isOutermost() {
    return this.outer === null;
  }
}

const NO_NAMES = new Map();

// The level of a filter: the parts of one item of the list, and the item itself.
export class ItemEnv extends Env {
  constructor(item, outer) {
    super(item instanceof Map ? item : NO_NAMES, outer, outer.run);
    this.item = item;
  }
}

// The value of a name; `otherwise()` when it is nowhere.
export function lookUp(name, env, otherwise) {
  for (let level = env; level !== null; level = level.outer) {
    if (level.names.has(name)) return level.names.get(name);
    if (name === "item" && level instanceof ItemEnv) return level.item;
  }
  return otherwise();
}

// Whether a loop, a function or a context gives this name: then it hides the built-in function of that name.
export function isLocal(name, env) {
  for (let level = env; !level.isOutermost; level = level.outer) {
    if (!(level instanceof ItemEnv) && level.names.has(name)) return true;
  }
  return false;
}
