// Makes questions about options more comfortable: long lists are searched while one types, the line for something else
// comes when it is chosen, "none of them" unticks the others, options follow the answers they depend on.

import { Combobox } from "./combobox.js";

const form = document.querySelector("form[data-choosing]");
const address = form.dataset.choosing; // "" in a preview: nothing is asked there

const named = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

// -- something else, in words; none of them ---------------------------------------------------------------------------

function settleOther(part) {
  const chosen = named(part.dataset.other).filter((one) => one.type !== "hidden");
  if (!chosen.length) return; // a list that is searched: the line stands beside it
  const other = (one) => one.value === "other" && (one.tagName === "SELECT" || one.checked);
  const line = part.querySelector("input");
  part.hidden = !chosen.some(other);
  line.disabled = part.hidden; // what is not chosen is not sent; what was typed comes back with the choice
}

function settleExclusive(part, changed) {
  const none = part.querySelector("input");
  const others = named(none.name).filter((one) => one !== none);
  if (changed === none && none.checked) {
    for (const one of others) one.checked = false;
    const line = named(`${none.name}-other`)[0];
    if (line) line.value = "";
  } else if (changed !== none && changed.checked) none.checked = false;
}

// -- options that depend on other answers -----------------------------------------------------------------------------

const isOf = (name, control) => control === name || control.startsWith(`${name}-`);
let asking = new AbortController();

// The question again, as the server shows it with what is typed now; as it was when the server can't be reached.
async function refreshed(question) {
  const data = new FormData(form);
  data.set("_question", question.dataset.question);
  const answer = await fetch(address, { method: "POST", body: data, signal: asking.signal });
  if (!answer.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content.firstElementChild;
}

async function follow(changed) {
  if (!address) return;
  const touched = [...form.querySelectorAll("[data-follows]")].filter(
    (one) => one.dataset.follows.split(" ").some((name) => isOf(name, changed)) && !isOf(one.dataset.question, changed),
  );
  if (!touched.length) return;
  asking.abort();
  asking = new AbortController();
  for (const question of touched) {
    const other = await refreshed(question).catch(() => null);
    if (!other || !question.isConnected) continue;
    question.replaceWith(other);
    enhance(other.parentElement);
  }
}

// -- beginning --------------------------------------------------------------------------------------------------------

function enhance(part) {
  for (const one of part.querySelectorAll("[data-other]")) settleOther(one);
  for (const one of part.querySelectorAll("[data-search]")) {
    if (one.dataset.enhanced) continue;
    if (one.dataset.search || (address && one.closest("[data-follows]"))) new Combobox(one, form, address);
  }
}

form.addEventListener("change", (event) => {
  const name = event.target.name ?? "";
  for (const one of form.querySelectorAll("[data-other]")) if (isOf(one.dataset.other, name)) settleOther(one);
  for (const one of form.querySelectorAll("[data-exclusive]")) if (one.dataset.exclusive === name) settleExclusive(one, event.target);
  if (name) follow(name);
});
document.addEventListener("guichet:shown", (event) => enhance(event.target));
enhance(form);
document.documentElement.dataset.choosing = "yes"; // tests wait for it
