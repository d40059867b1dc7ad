// Says five minutes before a session ends that it does, with a way to go on. Without it the page says how long it lasts.
(() => {
  "use strict";

  const box = document.getElementById("session-warning");
  const BEFORE = 300; // seconds
  let timer = 0;
  let from = null; // where the focus was

  function plan(left) {
    window.clearTimeout(timer);
    if (!box.hidden) {
      box.hidden = true;
      from?.focus();
    }
    if (left > 0) timer = window.setTimeout(warn, Math.max(0, left - BEFORE) * 1000);
  }

  function warn() {
    from = document.activeElement;
    box.hidden = false;
    box.focus();
  }

  box.querySelector("button").addEventListener("click", async () => {
    const body = new URLSearchParams({ csrf_token: box.dataset.token });
    const answer = await fetch(box.dataset.extend, { method: "POST", body }).catch(() => null);
    if (answer?.ok) plan((await answer.json()).left);
  });
  document.addEventListener("guichet:kept", (event) => plan(event.detail.left));
  plan(Number(box.dataset.left));
})();
