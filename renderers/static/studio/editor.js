// The editor itself: CodeMirror 6 with our keys, colours, completion and explanations.
import {
  autocompletion, bracketMatching, completionKeymap, defaultKeymap, drawSelection, EditorState, EditorView, foldGutter, foldKeymap,
  highlightActiveLine, highlightActiveLineGutter, highlightSelectionMatches, highlightSpecialChars, HighlightStyle, history,
  historyKeymap, hoverTooltip, indentOnInput, indentUnit, indentWithTab, keymap, lineNumbers, lintGutter, lintKeymap, search,
  searchKeymap, syntaxHighlighting, tags, yaml,
} from "../vendor/codemirror/codemirror.min.mjs";
import { said } from "./talk.js";

const COLOURS = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], class: "tok-key" },
  { tag: [tags.string, tags.special(tags.string)], class: "tok-text" },
  { tag: [tags.keyword, tags.atom, tags.bool, tags.number], class: "tok-word" },
  { tag: tags.comment, class: "tok-note" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], class: "tok-sign" },
]);
const KINDS = { key: "property", word: "keyword", function: "function", field: "variable", total: "variable" };

/** Lines and columns from 0, in whole signs as Python counts them, not in halves of UTF-16. */
export function placeOf(document, position) {
  const line = document.lineAt(position);
  return { line: line.number - 1, column: [...line.text.slice(0, position - line.from)].length };
}

/** The position of a line and column counted in whole signs; the last one that exists for any beyond. */
export function positionOf(document, line, column) {
  const found = document.line(Math.min(Math.max(line + 1, 1), document.lines));
  return found.from + [...found.text].slice(0, column).join("").length;
}

/** The cursor, or the end of the last word before it on its line. */
function wordBefore(view) {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const before = line.text.slice(0, head - line.from);
  return line.from + before.replace(/[^\w-]+$/, "").length;
}

export function makeEditor({ parent, words, nonce, ask, changed, commands }) {
  const question = (view, position) => ({ _file: commands.file(), ...marked(placeOf(view.state.doc, position)) });
  const marked = ({ line, column }) => ({ _line: line, _column: column });

  async function complete(context) {
    const word = context.matchBefore(/[\w-]+/);
    if (!word && !context.explicit) return null;
    const { line, column } = placeOf(context.state.doc, context.pos);
    const found = await ask("propositions", { _file: commands.file(), _line: line, _column: column }).catch(() => null);
    if (!found?.offers.length) return null;
    return {
      from: positionOf(context.state.doc, line, found.from),
      validFor: /^[\w-]*$/,
      options: found.offers.map((one) => ({
        label: one.label,
        apply: one.insert || one.label,
        type: KINDS[one.sort] ?? "constant",
        detail: [words[one.sort], one.detail].filter(Boolean).join(" · "),
        info: one.note || undefined,
        boost: one.first ? 2 : 0,
      })),
    };
  }

  async function explained(view, position) {
    const found = await ask("infobulle", question(view, position)).catch(() => null);
    if (!found?.word) return null;
    const lines = [];
    if (found.name) lines.push([found.name.id, words[found.name.sort], found.name.kind, found.name.label].filter(Boolean).join(" · "));
    lines.push(...found.function.slice(0, 3));
    if (found.note) lines.push(found.name || found.function.length ? found.note : `${found.word} — ${found.note}`);
    if (found.type) lines.push(said(words.type, { type: found.type }));
    const { line } = placeOf(view.state.doc, position);
    return lines.length ? { lines, from: positionOf(view.state.doc, line, found.start), to: positionOf(view.state.doc, line, found.end) } : null;
  }

  const hover = hoverTooltip(async (view, position) => {
    const found = await explained(view, position);
    return found && {
      pos: found.from,
      end: found.to,
      above: true,
      create() {
        const dom = document.createElement("div");
        dom.className = "cm-hover";
        for (const text of found.lines) dom.append(Object.assign(document.createElement("p"), { textContent: text }));
        return { dom };
      },
    };
  });

  const ownKeys = [
    { key: "Mod-s", run: () => (commands.save(), true), preventDefault: true },
    { key: "Mod-.", run: (view) => commands.fix(view), preventDefault: true },
    { key: "Mod-i", run: (view) => (explained(view, wordBefore(view)).then(commands.tell), true), preventDefault: true },
  ];

  function state(name, text) {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), foldGutter(), highlightActiveLine(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(),
        indentOnInput(), indentUnit.of("  "), bracketMatching(), search({ top: true }), highlightSelectionMatches(),
        syntaxHighlighting(COLOURS), hover, autocompletion({ override: [complete], icons: false }),
        keymap.of([...ownKeys, ...lintKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab]),
        name.endsWith(".yaml") ? yaml() : EditorView.lineWrapping,
        EditorState.readOnly.of(commands.isShared(name)),
        EditorState.phrases.of(words.phrases),
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ "aria-labelledby": "text-label", "aria-describedby": "text-hint", id: "editing", tabindex: "0" }),
        EditorView.updateListener.of((update) => update.docChanged && changed()),
      ],
    });
  }

  const view = new EditorView({ parent, state: state("", "") });
  return { view, state };
}
