// Evaluates a batch of [tree, values] with the evaluator of the pages; in Chromium or in Node.
export async function evaluateAll(batch, base) {
  const { evaluate } = await import(`${base}evaluate.js`);
  const { Stopped, ServerOnly } = await import(`${base}limits.js`);
  const { received, sent } = await import(`${base}transport.js`);
  const one = ([tree, values, now]) => {
    try {
      const known = new Map(Object.entries(values).map(([name, value]) => [name, received(value)]));
      return { is: sent(evaluate(tree, known, received(now))) };
    } catch (error) {
      if (error instanceof Stopped) return { stopped: error.code };
      if (error instanceof ServerOnly) return { server: error.message };
      return { raised: `${error.stack}`.slice(0, 400) };
    }
  };
  return batch.map(one);
}
