// A line to search in: a combobox with a list of options below it, filled by the server (WAI-ARIA, list autocomplete with
// manual selection). When the server doesn't answer, the line stays what it is without this file.

const PAUSE = 150; // milliseconds after the last key before the server is asked
const PATIENCE = 4000; // milliseconds before it is given up
const SHORTEST = 2;
let number = 0;

const made = (tag, attributes, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
};

export class Combobox {
  constructor(part, form, address) {
    Object.assign(this, { part, form, address, told: part.dataset, found: [], at: -1, later: 0, asking: null });
    this.isMany = Boolean(part.dataset.many);
    this.isPlain = Boolean(part.dataset.plain); // the text of the line is the answer: nothing stands beside it
    this.line = part.querySelector("input[type=text]");
    this.settled = part.querySelector('input[type=hidden][name$="-for"]');
    part.dataset.enhanced = "yes";
    number += 1;
    this.list = made("ul", { role: "listbox", id: `found-${number}`, "aria-label": this.label(), hidden: "" });
    this.status = made("p", { role: "status", class: "search-status" });
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(roles)) this.line.setAttribute(name, value);
    this.line.after(this.list, this.status);
    this.line.addEventListener("input", () => this.type());
    this.line.addEventListener("keydown", (event) => this.press(event));
    this.line.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the line keeps the focus
    this.list.addEventListener("click", (event) => this.choose([...this.list.children].indexOf(event.target.closest("[role=option]"))));
  }

  label() {
    return (this.part.closest(".question") ?? this.part).querySelector(".question-label").textContent.trim();
  }

  // What is typed stands for nothing until an option is chosen, or the server finds it.
  type() {
    if (!this.isMany) this.set("", "");
    this.part.querySelector(".found")?.remove();
    window.clearTimeout(this.later);
    this.asking?.abort();
    if (this.line.value.trim().length < SHORTEST) this.close("");
    else this.later = window.setTimeout(() => this.search(), PAUSE);
  }

  async search() {
    this.asking = new AbortController();
    const limit = window.setTimeout(() => this.asking.abort("late"), PATIENCE);
    const text = this.line.value;
    try {
      const answer = await this.ask(text, this.asking.signal);
      if (!answer.ok) throw new Error(answer.status);
      const { found, more } = await answer.json();
      if (text === this.line.value) this.show(found, more);
    } catch {
      if (text === this.line.value) this.close(this.told.lost);
    } finally {
      window.clearTimeout(limit);
    }
  }

  ask(text, signal) {
    if (this.told.search) {
      const query = new URLSearchParams({ q: text, l: document.documentElement.lang });
      return fetch(`${this.told.search}?${query}`, { signal });
    }
    const data = new FormData(this.form);
    data.set("_question", this.told.name);
    data.set("_q", text);
    return fetch(this.address, { method: "POST", body: data, signal });
  }

  show(found, more) {
    this.found = found;
    this.list.replaceChildren(
      ...found.map(({ label, hint }, place) =>
        made("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" }, label, " ", made("span", { class: "soft" }, hint)),
      ),
    );
    if (!found.length) return this.close(this.told.none);
    this.list.hidden = document.activeElement !== this.line;
    this.line.setAttribute("aria-expanded", String(!this.list.hidden));
    this.move(-1);
    this.status.textContent = [this.told.found.replace("0", found.length), more ? this.told.more : ""].filter(Boolean).join(". ");
  }

  close(said) {
    this.list.hidden = true;
    this.line.setAttribute("aria-expanded", "false");
    this.line.removeAttribute("aria-activedescendant");
    this.at = -1;
    if (said !== undefined) this.status.textContent = said;
  }

  move(place) {
    this.at = place;
    for (const [number, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(number === place));
    if (place < 0) return this.line.removeAttribute("aria-activedescendant");
    this.line.setAttribute("aria-activedescendant", `${this.list.id}-${place}`);
    this.list.children[place].scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const last = this.found.length - 1;
    const isOpen = !this.list.hidden;
    const keys = {
      ArrowDown: () => this.open(this.at < last ? this.at + 1 : 0),
      ArrowUp: () => this.open(this.at > 0 ? this.at - 1 : last),
      Enter: () => isOpen && this.at >= 0 && this.choose(this.at),
      Escape: () => isOpen && (this.close(""), true),
      Tab: () => void (isOpen && this.at >= 0 && this.choose(this.at)), // what was pointed at is taken along; Tab still moves on
    };
    if (keys[event.key]?.()) event.preventDefault();
  }

  open(place) {
    if (!this.found.length) return false;
    this.list.hidden = false;
    this.line.setAttribute("aria-expanded", "true");
    this.move(place);
    return true;
  }

  // A whole label typed without choosing is that option, when it is the only one of this name.
  leave() {
    const same = this.found.filter(({ label }) => label.toLowerCase() === this.line.value.trim().toLowerCase());
    if (same.length === 1 && !this.list.hidden) this.choose(this.found.indexOf(same[0]));
    else this.close();
  }

  choose(place) {
    const option = this.found[place];
    if (!option) return false;
    if (this.isMany) this.add(option);
    else this.set(option.code, option.label);
    this.found = [];
    this.close(this.told.chosen.replace("0", option.label));
    return true;
  }

  // The code the line stands for, beside the text it was chosen for.
  set(code, text) {
    const name = this.told.name;
    this.part.querySelector(".found")?.remove();
    if (this.isPlain) {
      if (!code) return;
      this.line.value = text;
      this.line.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    let held = this.part.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`);
    if (!held) this.settled.after((held = made("input", { type: "hidden", name })));
    const changed = held.value !== code;
    held.value = code;
    this.settled.value = text;
    if (code) this.line.value = text;
    if (changed) held.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // One more of several: a box that is ticked, and the line free for the next.
  add({ code, label }) {
    const name = this.told.name;
    const boxes = [...this.form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)];
    let box = boxes.find((one) => one.value === code);
    if (!box) {
      box = made("input", { type: "checkbox", name, value: code, id: `${this.line.id}-added-${code}` });
      const shown = made("label", { class: "tick tick-boxed" }, box, made("span", {}, label));
      this.part.parentElement.querySelector(".ticks").append(shown);
    }
    box.checked = true;
    this.line.value = this.settled.value = "";
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
