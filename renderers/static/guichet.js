// Makes pages a little more comfortable; every page works without it.
(() => {
  "use strict";

  // What is wrong is read first, by screen readers too.
  const problems = document.querySelector(".problems");
  if (problems) problems.focus();

  // A second press on a button that sends does nothing while the first is on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // Long lists get a line to search in; accents and capitals don't matter.
  const bare = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
  const filterable = (select) => {
    select.dataset.filtered = "yes";
    const options = [...select.options].map((option) => ({ option, words: bare(option.text) }));
    const line = document.createElement("input");
    line.type = "search";
    line.className = "input w-wide filter";
    line.id = `${select.id}-filter`;
    line.autocomplete = "off";
    line.setAttribute("aria-controls", select.id);
    const label = document.createElement("label");
    label.className = "part-label";
    label.htmlFor = line.id;
    label.textContent = select.dataset.filter;
    const count = document.createElement("p");
    count.className = "small soft";
    count.setAttribute("role", "status");
    line.addEventListener("input", () => {
      const wanted = bare(line.value).split(/\s+/).filter(Boolean);
      const kept = options.filter(
        ({ option, words }) => !option.value || option.selected || wanted.every((word) => words.includes(word)),
      );
      select.replaceChildren(...kept.map(({ option }) => option));
      const found = kept.filter(({ option, words }) => option.value && wanted.every((word) => words.includes(word)));
      count.textContent = wanted.length ? select.dataset.found.replace("0", String(found.length)) : "";
    });
    line.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        select.focus();
      }
    });
    select.before(label, line);
    select.after(count);
  };
  const filterAll = (part) => part.querySelectorAll("select[data-filter]:not([data-filtered])").forEach(filterable);

  // What is typed in a text of limited length is counted as the server counts it (engine/kinds/texts.py): characters, without
  // blanks at the ends, accents in one piece and a line break as one. It is said aloud after a pause.
  const settled = (text) => text.replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, "").replace(/\r\n?/g, "\n").normalize("NFC");
  const told = (place, count) => place.dataset.count.replace("{count}", count.toLocaleString(document.documentElement.lang || []));
  const counted = (input) => {
    const place = document.getElementById(`${input.id}-count`);
    if (place?.dataset.count) place.textContent = told(place, [...settled(input.value)].length);
    return place;
  };
  const aloud = document.createElement("p");
  aloud.className = "visually-hidden";
  aloud.setAttribute("role", "status");
  let pause;
  document.addEventListener("input", ({ target }) => {
    const place = target.id && counted(target);
    if (!place) return;
    if (!aloud.isConnected) document.body.append(aloud);
    window.clearTimeout(pause);
    pause = window.setTimeout(() => (aloud.textContent = place.textContent), 1000);
  });
  const countAll = (part) => part.querySelectorAll("[data-count]").forEach((place) => counted(document.getElementById(place.id.slice(0, -6))));

  // A point on the map may be the place where one is: the browser asks before it tells.
  const locatable = (button) => {
    button.hidden = false;
    const [status, name] = [button.parentElement.querySelector("[role=status]"), button.dataset.position];
    const fill = (part, degrees) => {
      const input = document.getElementById(`q-${name}-${part}`);
      input.value = degrees.toFixed(6);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const found = ({ coords }) => {
      fill("latitude", coords.latitude);
      fill("longitude", coords.longitude);
      status.textContent = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
    };
    const failed = () => {
      status.className = "problem";
      status.textContent = button.dataset.failed;
    };
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15000 }));
  };
  const locateAll = (part) => {
    if (navigator.geolocation) part.querySelectorAll("button[data-position][hidden]").forEach(locatable);
  };

  const begin = (part) => [filterAll, countAll, locateAll].forEach((each) => each(part));
  begin(document);
  document.addEventListener("guichet:shown", (event) => begin(event.target)); // a question that just appeared
})();
