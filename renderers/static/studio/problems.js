// The problems: underlined in the text, listed below it, replaced by what is suggested.
import { setDiagnostics } from "../vendor/codemirror/codemirror.min.mjs";
import { positionOf } from "./editor.js";
import { said, SignedOut } from "./talk.js";

const PAUSE = 150; // milliseconds without a key before the text is checked
const DEEPER = 350; // and, from there, before what takes longer is looked at

export function makeProblems({ editor, files, ask, words, base }) {
  const list = document.getElementById("found");
  const status = document.getElementById("found-status");
  const { view } = editor;
  let found = [];
  let timer = 0;
  let asking = new AbortController();
  let typedAt = 0;

  function rangeOf(one) {
    const from = positionOf(view.state.doc, one.line - 1, one.column);
    const to = Math.max(positionOf(view.state.doc, one.line - 1, one.end), from);
    return { from: Math.min(from, view.state.doc.length), to: Math.min(to, view.state.doc.length) };
  }

  function replace(one) {
    files.open(one.file);
    const { from, to } = rangeOf(one);
    view.dispatch({ changes: { from, to, insert: one.instead }, selection: { anchor: from + one.instead.length }, userEvent: "input.fix" });
    view.focus();
  }

  function underline() {
    const here = found.filter((one) => one.file === files.current());
    const marks = here.map((one) => ({
      ...rangeOf(one),
      severity: one.severity,
      message: one.sentence,
      source: one.code,
      actions: one.instead ? [{ name: said(words.replace, { word: one.instead }), apply: () => replace(one) }] : [],
    }));
    view.dispatch(setDiagnostics(view.state, marks));
  }

  function line(one) {
    const item = document.createElement("li");
    item.className = `found-${one.severity}`;
    const link = document.createElement("a");
    link.href = `${base}?fichier=${encodeURIComponent(one.file)}`;
    link.textContent = said(words.line, { file: one.file, line: one.line });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(one);
    });
    const severity = Object.assign(document.createElement("strong"), { textContent: words[one.severity] });
    const code = Object.assign(document.createElement("code"), { textContent: one.code });
    item.append(link, " ", severity, " ", one.sentence, " ", code);
    if (one.instead) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: said(words.replace, { word: one.instead }) });
      button.addEventListener("click", () => replace(one));
      item.append(" ", button);
    }
    return item;
  }

  function goTo(one) {
    files.open(one.file);
    const { from } = rangeOf(one);
    view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    view.focus();
  }

  function show(problems, depth) {
    const kept = [...list.querySelectorAll("a, button")].indexOf(document.activeElement);
    found = problems;
    underline();
    list.replaceChildren(...found.map(line));
    if (kept >= 0) list.querySelectorAll("a, button")[kept]?.focus();
    const errors = found.filter((one) => one.severity === "error").length;
    const counted = found.length ? said(words.problems, { errors, warnings: found.length - errors }) : words.none;
    status.textContent = `${counted} (${words[depth]})`;
    status.dataset.depth = depth;
  }

  async function look(depth) {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const { problems } = await ask("controle", { _depth: depth }, signal);
      if (signal.aborted) return;
      show(problems, depth);
      if (depth === "quick") performance.measure("studio:feedback", { start: typedAt, end: performance.now() });
      document.dispatchEvent(new CustomEvent("studio:checked", { detail: { depth, errors: problems.some((one) => one.severity === "error") } }));
      if (depth === "quick") timer = setTimeout(() => look("deep"), DEEPER);
    } catch (error) {
      if (signal.aborted) return;
      status.textContent = error instanceof SignedOut ? words.signed_out : words.away;
    }
  }

  return {
    underline,
    /** Somebody types: look once they pause. */
    typed() {
      clearTimeout(timer);
      asking.abort();
      typedAt = performance.now() + PAUSE;
      status.dataset.depth = "";
      timer = setTimeout(() => look("quick"), PAUSE);
    },
    now: () => (clearTimeout(timer), (typedAt = performance.now()), look("quick")),
    /** Replace what stands under the cursor by its suggestion; whether there was one. */
    fix(at) {
      const head = at.state.selection.main.head;
      const here = found.filter((one) => one.file === files.current() && one.instead);
      const one = here.find((each) => rangeOf(each).from <= head && head <= rangeOf(each).to) ?? here.find((each) => each.line === at.state.doc.lineAt(head).number);
      if (one) replace(one);
      return Boolean(one);
    },
  };
}
