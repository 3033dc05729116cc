// How wide titles are, and where they break into two lines: the same as labels.py.
import M from "./measures.json" with { type: "json" };

const LETTERS = new Map();
for (const [width, letters] of Object.entries(M.letters)) {
  for (const letter of letters) {
    LETTERS.set(letter, Number(width));
  }
}

function letter(char) {
  let known = LETTERS.get(char);
  if (known === undefined) {
    const code = char.codePointAt(0);
    if (/^\p{M}/u.test(char)) {
      known = 0;
    } else if (code > 0xffff) {
      known = M.emoji;
    } else if (M.wideRanges.some(([first, last]) => first <= code && code <= last)) {
      known = M.wide;
    } else {
      known = /^\p{Lu}/u.test(char) ? M.upper : M.other;
    }
    LETTERS.set(char, known);
  }
  return known;
}

export function widthOf(text, factor = 1) {
  let sum = 0;
  for (const char of text) {
    sum += letter(char);
  }
  return ((sum * M.font) / 1000) * M.slack * factor;
}

// As many words as a line holds, or letters where not one word fits, and the rest.
function first(text, most, factor) {
  const letters = Array.from(text);
  let width = 0;
  let space = 0;
  for (const [end, char] of letters.entries()) {
    if (char === " ") {
      space = end;
    }
    width += widthOf(char, factor);
    if (width > most) {
      const place = space || Math.max(end, 1);
      return [letters.slice(0, place).join("").trimEnd(), letters.slice(place).join("").trim()];
    }
  }
  return [text, ""];
}

export function cut(text, most, factor = 1) {
  if (widthOf(text, factor) <= most) {
    return text;
  }
  let room = most - widthOf("…", factor);
  let kept = "";
  for (const char of text) {
    room -= widthOf(char, factor);
    if (room < 0) {
      break;
    }
    kept += char;
  }
  return kept.trimEnd() + "…";
}

// A title on one line where that is no wider than "one", else on two even ones; cut where two of "most" do not hold it.
export function fit(text, one, most, factor = 1) {
  const width = widthOf(text, factor);
  if (width <= Math.min(one, most)) {
    return { lines: [text], width, cut: false };
  }
  const letters = Array.from(text);
  let breaks = [];
  letters.forEach((char, i) => char === " " && breaks.push(i));
  if (width > 1.5 * most * (breaks.length + 1)) {
    breaks = letters.map((_, i) => i).slice(1);
  }
  let best = null;
  let before = 0;
  let last = 0;
  for (const place of breaks) {
    before += widthOf(letters.slice(last, place).join(""), factor);
    last = place;
    const wider = Math.max(before, width - before);
    if (best === null || wider < best[0]) {
      best = [wider, place];
    }
  }
  const told = (lines, cutOff) => ({ lines, width: Math.max(...lines.map((line) => widthOf(line, factor))), cut: cutOff });
  if (best !== null && best[0] <= most) {
    return told([letters.slice(0, best[1]).join("").trimEnd(), letters.slice(best[1]).join("").trim()], false);
  }
  const [one_, rest] = first(text, most, factor);
  if (!rest) {
    return told([one_], false);
  }
  const [second, more] = first(rest, most, factor);
  return told([one_, more ? cut(rest, most, factor) : second], Boolean(more));
}
