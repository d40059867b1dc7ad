// The studio: an editor in the place of the plain text, problems while one types, panes that follow. Without it the page works.
import { makeEditor } from "./editor.js";
import { makePanes } from "./panes.js";
import { makeProblems } from "./problems.js";
import { makeTalk, said, SignedOut } from "./talk.js";

const root = document.getElementById("studio");
const config = { ...root.dataset };
const words = JSON.parse(config.words);
const saved = new Map(Object.entries(JSON.parse(config.texts)));
const writing = document.getElementById("writing");
const plain = document.getElementById("text");
const label = document.getElementById("text-label");
const state = document.getElementById("saved");
const links = new Map([...document.querySelectorAll("a[data-file]")].map((link) => [link.dataset.file, link]));
const states = new Map(); // file → the editor's state, its undo included
let current = writing.elements._file.value;
let problems = null;

const textOf = (name) => (name === current ? editor.view.state.doc : states.get(name)?.doc)?.toString() ?? saved.get(name);
const typed = () => [...saved.keys()].map((name) => [name, textOf(name)]).filter(([name, text]) => text !== saved.get(name));
const talk = makeTalk(config, typed);

const files = {
  current: () => current,
  open(name) {
    if (name === current || !saved.has(name)) return;
    states.set(current, editor.view.state);
    current = name;
    editor.view.setState(states.get(name) ?? editor.state(name, saved.get(name)));
    label.textContent = said(words.label, { file: name });
    writing.elements._file.value = name;
    for (const [file, link] of links) file === name ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    problems?.underline();
  },
};

const editor = makeEditor({
  parent: document.getElementById("editor"),
  words,
  nonce: config.nonce,
  ask: talk.ask,
  changed() {
    marks();
    problems?.typed();
  },
  commands: {
    file: () => current,
    isShared: (name) => links.get(name)?.dataset.shared !== undefined,
    save,
    fix: (view) => problems?.fix(view) ?? false,
    tell: (found) => (state.textContent = found ? found.lines.join(" — ") : ""),
  },
});
editor.view.setState(editor.state(current, saved.get(current)));
// what the page came with but is not saved: shown as typed, so that it can be saved, or undone
for (const [name, text] of Object.entries(JSON.parse(config.typed))) {
  if (name === current) editor.view.dispatch({ changes: { from: 0, to: editor.view.state.doc.length, insert: text } });
  else states.set(name, editor.state(name, text));
}
plain.hidden = true;
plain.removeAttribute("name");
label.removeAttribute("for");
label.addEventListener("click", () => editor.view.focus());
problems = makeProblems({ editor, files, ask: talk.ask, words, base: config.base });
makePanes({ talk, config, typed });
problems.now();

for (const [name, link] of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    files.open(name);
    editor.view.focus();
  });
}

function marks() {
  const changed = new Set(typed().map(([name]) => name));
  for (const [name, link] of links) changed.has(name) ? (link.dataset.changed = "") : delete link.dataset.changed;
  state.textContent = changed.size ? words.unsaved : "";
}

/** Save what is typed; whether it is saved. Where somebody else saved meanwhile, the page with both texts opens. */
async function save() {
  const sent = typed();
  const data = talk.form({ _revision: writing.elements._revision.value, _then: "save" });
  let response;
  try {
    response = await talk.send(config.base, data);
  } catch (error) {
    state.textContent = error instanceof SignedOut ? words.signed_out : words.away;
    return false;
  }
  if (response.status === 409) {
    leave(sent);
    return false;
  }
  const answer = await response.json();
  if (!response.ok) {
    state.textContent = answer.problem;
    return false;
  }
  for (const [name, text] of sent) saved.set(name, text);
  for (const input of document.querySelectorAll("input[name=_revision]")) input.value = answer.revision;
  marks();
  state.textContent = answer.said;
  return true;
}

/** Send the form as a page without script would: everything typed goes along. */
function leave(sent) {
  for (const [name, text] of sent) {
    const area = Object.assign(document.createElement("textarea"), { name: `text:${name}`, value: text, hidden: true });
    writing.append(area);
  }
  removeEventListener("beforeunload", stay);
  writing.submit();
}

function stay(event) {
  if (typed().length) event.preventDefault();
}
addEventListener("beforeunload", stay);

writing.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  if (event.submitter?.value === "check") problems.now();
  else save();
});

// whatever else is sent from here (publishing, files, going back) is about the text as saved: it is saved first
document.addEventListener(
  "submit",
  async (event) => {
    if (event.target === writing || !typed().length) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(await save())) return;
    const address = event.submitter?.getAttribute("formaction");
    if (address) event.target.action = address;
    event.target.submit();
  },
  true,
);
