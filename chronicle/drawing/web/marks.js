// Marks: where an event stands on the axis, as marks.py made it, and how its open ends fade (figure.py's pieces_of).
import M from "./measures.json" with { type: "json" };

export const POINT = 0;
export const SPAN = 1;
export const DAY = 3; // a moment seen from so near that it has a width
export const OPENS_LEFT = 1;
export const OPENS_RIGHT = 2;
export const VAGUE = 4;
export const KEY = 8;
const YEAR = 365.2425 * 86_400_000;
const DAY_ONE = -62_135_596_800_000; // 0001-01-01

export function createMarks(index) {
  const { mark } = index;

  // A place on Plotly's axis: a date as it reads them, or a year with its fraction.
  function axisValue(ms) {
    if (index.plainYears) {
      return (ms - DAY_ONE) / YEAR + 1;
    }
    const text = new Date(ms).toISOString().slice(0, -1).replace("T", " ");
    return text.replace(/^([+-])00(\d{4})/, (_, sign, year) => (sign === "-" ? "-" : "") + year);
  }

  function labelAt(m) {
    const flags = mark.flags[m];
    if (flags & OPENS_LEFT && !(flags & OPENS_RIGHT)) {
      return mark.end[m];
    }
    return mark.shape[m] === SPAN || flags & OPENS_RIGHT ? mark.start[m] : (mark.start[m] + mark.end[m]) / 2;
  }

  // A bar in [start, end, strength]: weaker in steps from what is known of it towards an open end.
  function pieces(m) {
    const [start, end] = [mark.start[m], mark.end[m]];
    const [from, to] = mark.solid[m] || [start, end];
    const found = [[from, to, 1]];
    for (const [edge, far] of [[from, start], [to, end]]) {
      const step = (far - edge) / M.fading.length;
      M.fading.forEach((strength, i) => {
        const [a, b] = [edge + step * i, edge + step * (i + 1)];
        found.push([Math.min(a, b), Math.max(a, b), strength]);
      });
    }
    return found.filter(([a, b]) => b > a);
  }

  return { axisValue, labelAt, pieces };
}
