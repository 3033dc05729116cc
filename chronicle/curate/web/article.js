// The article: its sentence marked, its times underlined; a click takes one as the date; marked words make an event.
import { ask } from "./api.js";
import { bring, byId, button, el, fill } from "./dom.js";

export const shown = { article: null, index: 0 };
let latest = 0;

export async function show(key, index, acts) {
  const mine = ++latest;
  const told = await ask("article", { key, source: index });
  if (mine !== latest) return;
  shown.article = told.at_hand ? told.article : null;
  shown.index = index;
  const body = byId("article-body");
  byId("article-heading").textContent = told.title ?? "No source";
  const about = told.sources === 0
    ? "This event has no source."
    : `${told.published ?? "No date of publication"}${told.at_hand ? "" : " · only its quote is at hand; give the folder of the articles with --articles"}`;
  const parts = [el("p", { class: "about" }, about)];
  if (told.how) parts.push(el("p", { class: "about" }, told.how));
  if (told.sources > 1) {
    parts.push(el("p", { class: "about" }, `Source ${index + 1} of ${told.sources} `,
      button("Next source", null, () => acts.article((index + 1) % told.sources))));
  }
  for (const piece of told.pieces) parts.push(drawn(piece, acts));
  fill(body, ...parts);
  bring(byId("article"), body.querySelector(".own") ?? body.querySelector(".quote"));
}

function drawn(piece, acts) {
  const names = [piece.quote ? "quote" : "", piece.own ? "own" : ""];
  const attributes = { "data-start": piece.start };
  if (piece.when) {
    const take = () => acts.take(piece.when);
    const pressed = (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); take(); }
    };
    return el("span", { ...attributes, role: "button", tabindex: "0", class: ["time", ...names].join(" ").trim(),
      title: `${piece.told} (${piece.when}): take it as the date`, onclick: take, onkeydown: pressed }, piece.text);
  }
  if (piece.reason) names.push("undated");
  return el("span", { ...attributes, class: names.join(" ").trim(), title: piece.reason }, piece.text);
}

// The words that are marked, as offsets in characters (not in UTF-16's halves); null where none are, or not of the article.
export function marked() {
  const selection = document.getSelection();
  if (!shown.article || !selection || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end
    ? null
    : { article: shown.article, start, end, text: range.toString() };
}

function offset(node, at) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("#article-body [data-start]");
  if (!piece) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, at) : "";
  return Number(piece.dataset.start) + Array.from(before).length;
}
