// The form answers while it is filled in: questions come and go, totals follow, slips are told early. The server judges
// again whatever is sent; without this file the same happens page by page.

import { failing, isOutside, wrongInRows } from "./cells.js";
import { computed, filled, said, shown } from "./saying.js";
import { judge } from "./names.js";
import { Page, everyRow } from "./settle.js";
import { UNKNOWN } from "./typed.js";

const form = document.querySelector("form[data-live]");
const page = new Page(JSON.parse(form.dataset.live));
const status = document.getElementById("live-status");
const stop = document.getElementById("live-stop");
const touched = new Set();
const left = new Set(); // the controls left since the page was shown, by their whole names
const BEFORE = page.data.before ?? ""; // on the page of one row its controls are named `children-0-level`, its fields bare
const PAUSE = 600; // milliseconds after the last key before anything is said aloud

// -- what is typed ----------------------------------------------------------------------------------------------------

// The controls of each field, by suffix, with all their values.
function typed() {
  const found = new Map();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    if (!name.startsWith(BEFORE)) continue;
    const bare = name.slice(BEFORE.length);
    const place = `${bare}-`.indexOf("-");
    const [id, suffix] = [bare.slice(0, place), bare.slice(place)];
    if (!found.has(id)) found.set(id, new Map());
    const controls = found.get(id);
    controls.set(suffix, [...(controls.get(suffix) ?? []), value]);
  }
  return found;
}

// -- questions that come and go ---------------------------------------------------------------------------------------

const kept = new Map(); // the questions taken away, with what is typed in them

const partOf = (name) => form.querySelector(`[data-asked="${CSS.escape(BEFORE + name)}"]`);

// Show or hide one question; whether anything changed.
function place(name, asked) {
  const part = partOf(name);
  if (!part || asked === UNKNOWN || asked === (part.tagName !== "TEMPLATE")) return false;
  const other = asked ? (kept.get(name) ?? unpacked(part)) : emptyTemplate(name);
  if (!asked) kept.set(name, part);
  part.replaceWith(other);
  if (asked) other.dispatchEvent(new CustomEvent("guichet:shown", { bubbles: true }));
  return true;
}

function unpacked(template) {
  const part = document.createElement("div");
  part.dataset.asked = template.dataset.asked;
  part.append(template.content.cloneNode(true));
  return part;
}

function emptyTemplate(name) {
  const template = document.createElement("template");
  template.dataset.asked = BEFORE + name;
  return template;
}

// All questions of the page, those of rows by their controls' names: [name, label, asked].
function* questions(found) {
  for (const [id, asked] of found.asked) yield [id, page.data.fields[id].label, asked];
  for (const row of everyRow([...found.rows.values()].flat())) {
    for (const [name, asked] of row.asked) yield [`${row.name}-${name}`, row.field.rows[name].label, asked];
  }
}

// Show what is asked and nothing else. What a new question held before counts again, so this goes on until all is quiet.
function settleQuestions() {
  const appeared = [];
  for (let turn = 0; turn <= page.data.order.length + 1; turn += 1) {
    const found = page.settle(typed());
    let changed = false;
    for (const [name, label, asked] of questions(found)) {
      if (!place(name, asked)) continue;
      changed = true;
      if (asked) appeared.push(filled(page.data.said.shown, { label }));
    }
    if (!changed) return [found, appeared];
  }
  return [page.settle(typed()), appeared];
}

// -- figures, slips, early refusals -----------------------------------------------------------------------------------

// What is said among the questions comes and goes, with its figures; a section goes with its last question.
function tellNotes(found) {
  const lines = [];
  for (const [id, note] of Object.entries(page.data.notes)) {
    const part = form.querySelector(`[data-note="${CSS.escape(id)}"]`);
    if (!part) continue;
    const text = said(note.text, found.names, page);
    const value = "value" in note ? shownBy(note, found) : "";
    const isThere = judge(note.when, found.names, page.now) === true && text !== null && (value !== "" || !("value" in note));
    if (text !== null) put(part.querySelector("[data-text]"), text);
    if ("value" in note) put(part.querySelector("output"), value);
    const isNew = isThere && (part.hidden || part.dataset.said !== `${text}${value}`);
    if (isNew && part.dataset.said !== undefined) lines.push([text, value].filter(Boolean).join(" "));
    part.dataset.said = `${text}${value}`;
    part.hidden = !isThere;
  }
  for (const section of form.querySelectorAll("[data-section]")) section.hidden = !section.querySelector(".question, [data-note]:not([hidden])");
  return lines;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function shownBy(note, found) {
  if (!note.after || note.after.some((path) => page.isBlank(path, found))) return "";
  return shown(judge(note.value, found.names, page.now), note, page.data.figures);
}

function* changedFigures(found) {
  for (const [name, told, value] of computed(page, found)) {
    const line = form.querySelector(`[data-figure="${CSS.escape(BEFORE + name)}"]`);
    const text = shown(value, told, page.data.figures);
    if (!line || line.lastElementChild.textContent === text) continue;
    line.lastElementChild.textContent = text;
    line.hidden = !text;
    const row = line.closest(".row, tbody tr")?.querySelector("legend, th").textContent.trim();
    if (text) yield filled(page.data.said.total, { label: row ? `${row} – ${told.label}` : told.label, value: text });
  }
}

function slipsOf(id, found) {
  if (found.asked.get(id) !== true || !found.names.isKnown(id)) return [];
  const value = found.names.get(id);
  const bounds = page.bounds(id).filter((bound) => isOutside(bound, value)).map(([, , sentence]) => sentence);
  return [...bounds, ...failing(page.data.fields[id].checks, found.names, page, found)];
}

// Tell what is wrong with a question under its label; what the server told stays until the answer changes.
function tellSlips(id, found) {
  return touched.has(id) ? tell(id, slipsOf(id, found).join(" ")) : [];
}

// What is wrong in rows, each thing told at its own cell.
function* cellSlips(found) {
  for (const [id, text] of wrongInRows(page, found)) {
    if ([...left].some((name) => name === id || name.startsWith(`${id}-`))) yield* tell(id, text);
  }
}

function tell(id, text) {
  const name = BEFORE + id;
  const question = questionOf(name);
  if (!question?.querySelector(".question-label")) return [];
  const before = document.getElementById(`q-${name}-live`);
  if ((before?.textContent ?? "") === text) return [];
  before?.remove();
  if (text) underLabel(question, name, text);
  mark(question, name, Boolean(text));
  return text ? [text] : [];
}

// The question of a control; of a day and of an address, typed in several, by the first of them.
const questionOf = (name) =>
  ["", "-day", "-street"]
    .map((part) => document.getElementById(`q-${name}${part}`)?.closest(".question, fieldset"))
    .find(Boolean);

function underLabel(question, id, text) {
  const line = document.createElement("p");
  line.className = "problem";
  line.id = `q-${id}-live`;
  line.textContent = text;
  question.querySelector(".question-label").after(line);
}

// The inputs say that they are wrong, and by which sentence.
function mark(question, id, isWrong) {
  const described = question.tagName === "FIELDSET" ? question : question.querySelector("input, select, textarea");
  const others = (described.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== `q-${id}-live`);
  const ids = isWrong ? [...others, `q-${id}-live`] : others;
  if (ids.length) described.setAttribute("aria-describedby", ids.join(" "));
  else described.removeAttribute("aria-describedby");
  const isStillWrong = isWrong || question.querySelector(`#q-${CSS.escape(id)}-problem`) !== null;
  question.classList.toggle("question-wrong", isStillWrong);
  if (described !== question) described.setAttribute("aria-invalid", String(isStillWrong));
}

// The page's own checks stand at the last of its fields that they read.
function tellPageChecks(found) {
  const list = document.getElementById("live-checks");
  const due = page.data.checks.filter((check) => check.after.some((path) => touched.has(path.split("/")[0])));
  const told = failing(due, found.names, page, found);
  return replaced(list, told);
}

// A rule that ends the application early is told once all it reads is answered, and all that is computed from.
function tellStops(found) {
  const isKnown = ({ reads, after }) =>
    reads.every((name) => found.names.isKnown(name)) && !after.some((path) => page.isBlank(path, found, { evenOptional: true }));
  return replaced(stop, failing(page.data.stops.filter(isKnown), found.names, page, found));
}

// The lines of a list in the page; those that were not there before.
function replaced(block, lines) {
  const list = block.querySelector("ul");
  const before = [...list.children].map((item) => item.textContent);
  if (before.join("\n") === lines.join("\n")) return [];
  list.replaceChildren(
    ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
  );
  block.hidden = !lines.length;
  return lines.filter((line) => !before.includes(line));
}

// -- following what is done -------------------------------------------------------------------------------------------

let later = 0;
let news = [];

// Say what is new to who doesn't see it, once the hands rest: a line for each thing, nothing twice.
function announce(lines) {
  news = [...new Set([...news, ...lines])];
  window.clearTimeout(later);
  later = window.setTimeout(() => {
    status.textContent = news.join(" ");
    news = [];
  }, PAUSE);
}

function follow({ quietly = false } = {}) {
  const [found, appeared] = settleQuestions();
  const figures = [...changedFigures(found)];
  const slips = Object.keys(page.data.fields).flatMap((id) => tellSlips(id, found));
  const notes = tellNotes(found);
  const lines = [...appeared, ...notes, ...slips, ...cellSlips(found), ...tellPageChecks(found), ...tellStops(found), ...figures];
  if (lines.length && !quietly) announce(lines);
}

form.addEventListener("input", () => follow());
form.addEventListener("change", (event) => {
  const name = (event.target.name ?? "").slice(BEFORE.length);
  touched.add(name.split("-")[0]);
  left.add(name);
  follow();
});
window.addEventListener("pageshow", () => follow({ quietly: true }));
follow({ quietly: true });
document.documentElement.dataset.live = "yes"; // tests wait for it
