// Keeps what is typed on a page of a form while it is typed. Nothing is demanded, nothing is lost: what the site can't be
// told now waits in this tab's own storage, which dies with it. Every page works without it.
import { asItCame, fieldOf, typedIn } from "./form/as_sent.js";

(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const PAUSE = 1200; // milliseconds after the last key
  const AGAIN = 10_000; // milliseconds before a site that doesn't answer is asked again
  const STORE = `guichet:${location.pathname}`;
  const tab = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  // A browser that comes back to a page puts old answers back: what the site has now is right. On a page newly asked for,
  // what stands there besides what the site has was typed before this script had come.
  const comesBack = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  if (comesBack) form.reset();
  const shownRevision = Number(form.elements._revision.value);
  let latest = shownRevision;
  const sure = new Map(); // fields whose conflict was seen, and under which revision
  const notices = ["offline", "silent", "over", "closed"];
  let busy = false; // one request at a time
  let stopped = false; // the session is over, or the page is closed: only the buttons send now
  let leaving = false; // a button has sent the page
  let isTouched = false;
  let later = 0;

  // -- what is typed, by field --------------------------------------------------------------------------------------

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const shown = asItCame(form);
  const known = new Map(shown); // as the site has it
  const disputed = new Set(); // answered otherwise elsewhere: sent again once somebody has chosen

  const unsent = () => new Map([...typedIn(form)].filter(([id, controls]) => !same(controls, known.get(id) ?? [])));

  // -- this tab's own storage -----------------------------------------------------------------------------------------

  function store(more = {}) {
    const fields = [...unsent()];
    try {
      if (!fields.length) sessionStorage.removeItem(STORE);
      else sessionStorage.setItem(STORE, JSON.stringify({ revision: shownRevision, latest, tab, fields, ...more }));
    } catch {
      // no storage, or it is full: what is typed stays on the page and is sent from there
    }
  }

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(STORE));
    } catch {
      return null;
    }
  }

  // -- talking to the site --------------------------------------------------------------------------------------------

  function body(fields, { revision = shownRevision, from = tab } = {}) {
    const sent = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, _revision: revision, _tab: from });
    for (const [id, controls] of fields) {
      sent.append("_asked", id);
      if (sure.has(id)) sent.append("_sure", `${id}:${sure.get(id)}`);
      for (const [name, value] of controls) sent.append(name, value);
    }
    return sent;
  }

  // Send these fields; what the site answers, null when it doesn't.
  async function send(fields, source) {
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: body(fields, source), headers });
      if (answer.ok) return await answer.json();
      if ([409, 404, 410].includes(answer.status)) stop("closed");
      else if ([400, 403].includes(answer.status)) stop("over");
      else unreachable();
    } catch {
      unreachable();
    }
    return null;
  }

  function stop(notice) {
    stopped = true;
    store();
    say(notice);
  }

  function unreachable() {
    store();
    say(navigator.onLine ? "silent" : "offline");
    schedule(AGAIN);
  }

  function schedule(pause) {
    if (stopped) return;
    window.clearTimeout(later);
    later = window.setTimeout(keep, pause);
  }

  async function keep() {
    const fields = new Map([...unsent()].filter(([id]) => !disputed.has(id)));
    if (busy || stopped || leaving || !fields.size) return;
    busy = true;
    const answer = await send(fields);
    busy = false;
    if (!answer) return;
    latest = answer.revision;
    const told = new Set(answer.conflicts.map(({ id }) => id));
    for (const [id, controls] of fields) if (!told.has(id)) known.set(id, controls);
    answer.conflicts.forEach(ask);
    store();
    tell(answer.said);
    document.dispatchEvent(new CustomEvent("guichet:kept", { detail: answer }));
    if ([...unsent().keys()].some((id) => !disputed.has(id))) schedule(PAUSE);
  }

  // -- saying it --------------------------------------------------------------------------------------------------------

  const at = document.getElementById("kept-at");
  const status = document.getElementById("kept-status");
  let wasSaid = false;

  // Always seen; said aloud the first time, and after something went wrong.
  function tell(sentence) {
    const back = notices.some((one) => !document.getElementById(`keeping-${one}`).hidden);
    say("");
    at.hidden = false;
    at.textContent = sentence;
    if (!wasSaid || back) status.textContent = sentence;
    wasSaid = true;
  }

  function say(notice) {
    for (const one of notices) {
      const block = document.getElementById(`keeping-${one}`);
      if (one === notice && block.hidden) status.textContent = block.textContent.trim();
      block.hidden = one !== notice;
    }
    if (notice) at.hidden = true;
  }

  // -- answered otherwise in another tab ----------------------------------------------------------------------------------

  function ask({ id, html }) {
    const mark = form.querySelector(`input[name=_asked][value="${CSS.escape(id)}"]`);
    if (!mark) return;
    disputed.add(id);
    form.querySelector(`[data-conflict="${CSS.escape(id)}"]`)?.remove();
    const template = document.createElement("template");
    template.innerHTML = html;
    const box = template.content.querySelector("[data-conflict]");
    box.addEventListener("change", (event) => choose(id, box, event.target.value));
    mark.before(template.content);
    status.textContent = box.querySelector("legend").textContent;
  }

  async function choose(id, box, which) {
    disputed.delete(id);
    if (which === "mine") {
      sure.set(id, Number(box.dataset.revision));
      box.remove();
      await keep();
      return;
    }
    known.set(id, typedIn(form).get(id)); // what is typed here is given up
    await keep();
    store();
    if (!stopped && navigator.onLine) again();
  }

  // The page as the site has it now.
  function again() {
    leaving = true;
    location.replace(location.pathname);
  }

  // -- coming and going -------------------------------------------------------------------------------------------------

  // Forget what a button of another page of this application has sent: this page was made after it.
  function forgetArrived() {
    const folder = STORE.slice(0, STORE.lastIndexOf("/") + 1);
    for (const key of Object.keys(sessionStorage)) {
      if (key === STORE || !key.startsWith(folder)) continue;
      const left = JSON.parse(sessionStorage.getItem(key));
      if (left.submitted && shownRevision > left.latest) sessionStorage.removeItem(key);
    }
  }

  // What the last visit of this tab could not send, or left while sending.
  async function takeUp() {
    forgetArrived();
    const left = stored();
    if (!left) return;
    if (left.submitted && shownRevision > left.latest) {
      store();
      return;
    }
    busy = true;
    const answer = await send(new Map(left.fields), { revision: left.revision, from: left.tab });
    busy = false;
    if (!answer) {
      if (!stopped) put(left.fields); // the network went again: it stays here
      return;
    }
    sessionStorage.removeItem(STORE);
    if (answer.conflicts.length) {
      const told = new Set(answer.conflicts.map(({ id }) => id));
      put(left.fields.filter(([id]) => told.has(id)));
      answer.conflicts.forEach(ask);
      store();
    } else if (answer.revision > shownRevision) again();
  }

  // Put what was typed back in its controls, as far as they are on the page.
  function put(fields) {
    for (const [id, controls] of fields) {
      for (const control of form.elements) if (control.name && fieldOf(control.name) === id) clear(control);
      for (const [name, value] of controls) fill(name, value);
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function clear(control) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = false;
    else if (control.type !== "file" && control.type !== "hidden") control.value = "";
  }

  function fill(name, value) {
    for (const control of form.elements) {
      if (control.name !== name) continue;
      if (control.type === "radio" || control.type === "checkbox") control.checked ||= control.value === value;
      else if (control.type !== "file") control.value = value;
    }
  }

  form.addEventListener("input", () => {
    isTouched = true;
    store();
    schedule(PAUSE);
  });
  form.addEventListener("change", () => schedule(PAUSE / 4));
  window.addEventListener("online", () => schedule(0));
  window.addEventListener("offline", () => {
    store();
    say("offline");
  });

  // A button sends everything: the script only says what was not touched, and keeps a copy until it has arrived.
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      event.stopPropagation();
      store();
      say("offline");
      document.getElementById("keeping-offline").focus();
      return;
    }
    store({ submitted: true });
    leaving = true;
    form.querySelectorAll("[data-said-by-script]").forEach((mark) => mark.remove());
    mark("_tab", tab);
    for (const [id, controls] of typedIn(form)) if (same(controls, shown.get(id))) mark("_untouched", id);
    for (const [id, revision] of sure) mark("_sure", `${id}:${revision}`);
  });

  function mark(name, value) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    input.dataset.saidByScript = "yes";
    form.append(input);
  }

  window.addEventListener("pagehide", () => {
    const fields = unsent();
    if (leaving || stopped || !fields.size) return;
    store();
    const sent = body(fields);
    sent.append("_leaving", "yes");
    navigator.sendBeacon(form.dataset.autosave, sent);
  });

  // A page the browser had kept shows what the site has now, never what it had then.
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted) again();
    else if (comesBack && !isTouched && !stored()) form.reset();
  });

  document.documentElement.dataset.keeps = "yes"; // tests wait for it
  isTouched = unsent().size > 0;
  Promise.resolve(takeUp()).then(() => {
    if (!isTouched) return;
    store();
    schedule(PAUSE);
  });
})();
