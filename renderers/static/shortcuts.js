// Single keys for the list and the dossier: they follow links and move the focus, and never do an act by themselves.
// The keys stand in the page's own list, which "?" opens; they can be turned off there, and never work inside a field.
const KEPT = "guichet.shortcuts";
const FIELDS = "input, textarea, select, [contenteditable], [role=combobox], [role=textbox]";
const list = document.getElementById("shortcuts");
const opener = document.getElementById("shortcuts-open");
const box = document.getElementById("shortcuts-on");

function areOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

function turn(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // they are what they are until the page is left
  }
}

function step(selector, by) {
  const links = [...document.querySelectorAll(selector)];
  const here = links.indexOf(document.activeElement);
  const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by];
  next?.focus();
}

function follow(selector) {
  const target = selector === "focused" ? document.activeElement : document.querySelector(selector);
  if (target instanceof HTMLAnchorElement) target.click();
  else target?.focus();
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!box.checked || list.open || event.target.closest?.(FIELDS)) return;
  if (event.key === "?") {
    list.showModal();
    event.preventDefault();
    return;
  }
  const row = [...list.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!row) return;
  event.preventDefault();
  if (row.dataset.by) step(row.dataset.to, Number(row.dataset.by));
  else follow(row.dataset.to);
}

box.checked = areOn();
box.addEventListener("change", () => turn(box.checked));
opener.hidden = false;
opener.addEventListener("click", () => list.showModal());
document.addEventListener("keydown", press);
