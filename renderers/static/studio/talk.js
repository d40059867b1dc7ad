// What the studio asks its server: always with the files as they are typed, never written by asking.

export class SignedOut extends Error {}

export function makeTalk(config, typed) {
  function form(fields) {
    const data = new FormData();
    data.set("csrf_token", config.csrf);
    for (const [name, text] of typed()) data.set(`text:${name}`, text);
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  }

  async function send(address, data, { signal, accept = "application/json" } = {}) {
    const response = await fetch(address, {
      method: "POST",
      body: data,
      signal,
      headers: { Accept: accept, "X-CSRFToken": config.csrf },
    });
    // without a session the answer is the sign-in page
    if (response.redirected || response.status === 400 || response.status === 403) throw new SignedOut();
    return response;
  }

  return {
    form,
    send,
    /** The JSON that answers a question. */
    ask: async (part, fields = {}, signal = undefined) =>
      (await send(`${config.base}/${part}`, form(fields), { signal })).json(),
  };
}

/** A sentence with its `%(name)s` filled in. */
export function said(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (whole, name) => String(values[name] ?? whole));
}
