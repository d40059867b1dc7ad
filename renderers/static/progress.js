// Looks again by itself at how far a batch is; without it a link does.
(() => {
  "use strict";

  const EVERY = 2000; // milliseconds

  async function look() {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return window.setTimeout(look, 5 * EVERY);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("progress");
    if (!found) return undefined; // signed out meanwhile: the page stays as it was
    if (!found.dataset.running) return window.location.reload();
    document.getElementById("progress").replaceChildren(...found.childNodes);
    return window.setTimeout(look, EVERY);
  }

  window.setTimeout(look, EVERY);
})();
