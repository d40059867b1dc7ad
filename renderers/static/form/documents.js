// Sends documents as soon as they are chosen or dropped, one after another, without leaving the page. Without it, the
// page's own buttons send them.
"use strict";

const TOO_LONG = 120_000; // milliseconds without a byte moving: the network is gone

/** One question that takes documents. */
class Documents {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.queue = [];
    this.sending = null;
    this.held = null;
    this.lines = document.createElement("ul");
    this.lines.className = "sending";
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.root.append(this.status);
    this.enhance();
    this.root.addEventListener("dragover", (event) => this.over(event));
    this.root.addEventListener("dragleave", () => this.root.classList.remove("dropping"));
    this.root.addEventListener("drop", (event) => this.drop(event));
    this.root.addEventListener("change", (event) => this.chosen(event));
    this.root.closest("form").addEventListener("submit", (event) => this.hold(event), true);
  }

  /** A page sent while documents are on their way goes once they have arrived; not when one was lost. */
  hold(event) {
    if (!this.sending && !this.queue.length) return;
    event.preventDefault();
    event.stopPropagation();
    this.held = event.submitter;
    this.status.textContent = this.words.hold;
    this.told(this.words.hold);
  }

  /** What is put beside the page's own controls; again after the server has drawn them anew. */
  enhance() {
    const input = this.input();
    const send = this.root.querySelector("[name=_add_documents]");
    if (send) send.parentElement.hidden = true;
    const hint = document.createElement("p");
    hint.className = "small soft drop-hint";
    hint.textContent = this.words.drop;
    input.after(hint, this.lines);
    for (const button of this.root.querySelectorAll("[name=_replace_document]")) button.hidden = true;
  }

  input() {
    return this.root.querySelector("input[type=file][multiple]");
  }

  over(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.root.classList.add("dropping");
  }

  drop(event) {
    event.preventDefault();
    this.root.classList.remove("dropping");
    this.add([...event.dataTransfer.files], "");
  }

  chosen(event) {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    const files = [...input.files];
    this.add(files, input.name.startsWith("_new-") ? input.name.slice(5) : "");
    input.value = ""; // sent here, never a second time with the page
  }

  add(files, replacing) {
    for (const file of files) {
      const line = this.line(file, replacing);
      this.lines.append(line.element);
      if (this.isTooBig(file)) this.refuse(line);
      else this.queue.push(line);
    }
    this.next();
  }

  /** The server brings pictures down by itself; anything else of this size would only be refused there. */
  isTooBig(file) {
    return file.size > Number(this.words.largest) && !/^image\/|\.hei[cf]$/i.test(file.type || file.name);
  }

  /** Told before a byte is sent: on a slow network that saves the minutes it takes. */
  refuse(line) {
    line.element.classList.add("failed");
    line.name.textContent = this.say("tooBig", line.file.name);
    line.bar.hidden = true;
    this.status.textContent = line.name.textContent;
  }

  line(file, replacing) {
    const element = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const button = document.createElement("button");
    name.textContent = this.say("waiting", file.name);
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = this.words.cancel;
    element.append(name, bar, button);
    const line = { element, name, bar, button, file, replacing, request: null };
    button.addEventListener("click", () => this.cancel(line));
    return line;
  }

  say(what, name) {
    return this.words[what].replace("%(name)s", name);
  }

  cancel(line) {
    this.queue = this.queue.filter((one) => one !== line);
    line.element.remove();
    line.request?.abort();
  }

  next() {
    if (this.sending) return;
    if (!this.queue.length) {
      const held = this.held;
      this.held = null;
      const whole = !this.lines.querySelector(".failed") && !this.root.querySelector(".problem");
      if (held && whole) held.form.requestSubmit(held);
      return;
    }
    const line = this.queue.shift();
    this.sending = line;
    line.name.textContent = this.say("sending", line.file.name);
    const form = this.root.closest("form");
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("_replacing", line.replacing);
    // its date; in a row, the documents that are there
    for (const beside of this.root.querySelectorAll("input[inputmode], input[type=hidden]")) body.append(beside.name, beside.value);
    body.append("document", line.file);
    const request = new XMLHttpRequest();
    line.request = request;
    request.open("POST", this.words.documents);
    request.timeout = 0;
    let quiet = window.setTimeout(() => request.abort(), TOO_LONG);
    request.upload.addEventListener("progress", (event) => {
      window.clearTimeout(quiet);
      quiet = window.setTimeout(() => request.abort(), TOO_LONG);
      if (event.lengthComputable) line.bar.value = Math.round((100 * event.loaded) / event.total);
    });
    request.addEventListener("loadend", () => {
      window.clearTimeout(quiet);
      this.sending = null;
      this.settle(line, request);
      this.next();
    });
    request.send(body);
  }

  settle(line, request) {
    const known = request.status === 200 || request.status === 422;
    const drawn = known && new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-revision]");
    if (drawn) {
      line.element.remove();
      this.redraw(drawn, request.status === 200 && !drawn.dataset.said ? this.say("sent", line.file.name) : drawn.dataset.said);
    } else if (line.element.isConnected) {
      this.failed(line);
    }
  }

  /** The question as the server knows it now; what waits is kept. */
  redraw(drawn, said) {
    const fresh = drawn.querySelector(".documents");
    const revision = this.root.closest("form").elements._revision;
    if (revision && drawn.dataset.revision) revision.value = drawn.dataset.revision;
    const lines = this.lines;
    lines.remove();
    this.root.replaceChildren(...fresh.childNodes);
    this.root.className = fresh.className;
    this.enhance();
    this.root.append(this.status);
    this.root.dispatchEvent(new Event("change", { bubbles: true })); // a row's documents are kept as what is typed is
    const problem = this.root.querySelector(".problem");
    this.status.textContent = said;
    if (problem) {
      problem.tabIndex = -1;
      problem.focus();
    } else if (said) {
      this.told(said);
    }
  }

  told(said) {
    this.root.querySelector(".told-here")?.remove();
    const line = document.createElement("p");
    line.className = "small told-here";
    line.textContent = said;
    this.lines.before(line);
  }

  /** The connection was lost: this one waits for whoever is there, the others are where they were. */
  failed(line) {
    line.name.textContent = this.say("cut", line.file.name);
    line.element.classList.add("failed");
    this.status.textContent = line.name.textContent;
    line.bar.hidden = true;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button button-quiet button-small";
    again.textContent = this.words.again;
    again.addEventListener("click", () => {
      line.element.classList.remove("failed");
      line.bar.hidden = false;
      line.bar.value = 0;
      again.remove();
      this.queue.push(line);
      this.next();
    });
    line.button.before(again);
  }
}

const begin = (part) => {
  for (const root of part.querySelectorAll("[data-documents]:not([data-begun])")) {
    root.dataset.begun = "yes";
    new Documents(root);
  }
};
begin(document);
// the script of the page may bring a question that takes documents
new MutationObserver(() => begin(document)).observe(document.body, { childList: true, subtree: true });
