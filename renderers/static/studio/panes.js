// What stands beside the editor: panes made from the text as it is typed, and the form that follows it.

export function makePanes({ talk, config, typed }) {
  const pane = document.getElementById("pane");
  const links = [...document.querySelectorAll("a[data-pane]")];
  let current = links.find((link) => link.ariaCurrent)?.dataset.pane ?? "apercu";
  let shown = "[]"; // the files, as typed, the form was last made from

  for (const link of links) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await open(link.dataset.pane);
    });
  }

  async function open(name) {
    const response = await talk.send(`${config.base}/volet/${name}`, talk.form({}), { accept: "text/html" }).catch(() => null);
    if (!response?.ok) return;
    pane.innerHTML = await response.text();
    current = name;
    for (const link of links) link.dataset.pane === name ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    for (const input of document.querySelectorAll("input[name=_pane]")) input.value = name;
    shown = "[]";
    if (name === "apercu" && typed().length) document.getElementById("preview").addEventListener("load", () => follow(), { once: true });
  }

  /** Show the form again as the text now has it, on the page where it was, with all that was answered. */
  async function follow() {
    const frame = document.getElementById("preview");
    const trial = frame?.contentDocument?.getElementById("trial");
    const texts = JSON.stringify(typed());
    if (!trial || texts === shown) return;
    const data = talk.form({});
    for (const [name, value] of new FormData(trial)) {
      if (!name.startsWith("text:") && name !== "csrf_token" && typeof value === "string") data.append(name, value);
    }
    const response = await talk.send(config.preview, data, { accept: "text/html" }).catch(() => null);
    if (!response) return;
    shown = texts;
    const scroll = frame.contentWindow.scrollY;
    // written into the frame, so that following a text being typed fills no history
    const inside = frame.contentDocument;
    inside.open();
    inside.write(await response.text());
    inside.close();
    frame.contentWindow.scrollTo(0, scroll);
  }

  document.addEventListener("studio:checked", ({ detail }) => {
    if (detail.depth !== "deep") return;
    if (detail.errors) return; // what was last shown stays, with what was answered
    if (current === "apercu") follow();
    else if (current !== "historique" && !pane.contains(document.activeElement)) open(current);
  });
}
