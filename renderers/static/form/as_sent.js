// What stands in a form by field: now, and as the site sent it (not what a browser put back, nor what was typed before a
// script had come).

export const fieldOf = (name) => name.split("-", 1)[0];

// As it stands now.
export function typedIn(form) {
  const found = new Map([...form.querySelectorAll("input[name=_asked]")].map((mark) => [mark.value, []]));
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name[0] !== "_") found.get(fieldOf(name))?.push([name, value]);
  }
  return found;
}

// As the site sent it.
export function asItCame(form) {
  const found = new Map([...form.querySelectorAll("input[name=_asked]")].map((mark) => [mark.value, []]));
  for (const control of form.elements) {
    if (!control.name || control.name[0] === "_" || control.matches(":disabled")) continue;
    for (const value of given(control)) found.get(fieldOf(control.name))?.push([control.name, value]);
  }
  return found;
}

// What a control holds on the page as it was sent.
function given(control) {
  if (["submit", "button", "reset", "file", "output", "fieldset"].includes(control.type)) return [];
  if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked ? [control.value] : [];
  if (!control.options) return [control.defaultValue];
  const chosen = [...control.options].filter((option) => option.defaultSelected);
  if (!chosen.length && !control.multiple) chosen.push(...[...control.options].slice(0, 1));
  return chosen.map((option) => option.value);
}
