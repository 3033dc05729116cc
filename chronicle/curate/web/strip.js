// The strip: the event among those around it. All numbers come from the server as fractions of its width.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 600;

function shape(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function strip(told) {
  if (!told) return null;
  const own = told.marks.find((mark) => mark.own);
  const label = `${own.when}, among ${told.marks.length - 1} events from ${told.from} to ${told.to}`;
  const svg = shape("svg", { class: "strip", viewBox: `0 0 ${WIDTH} 44`, preserveAspectRatio: "none", role: "img", "aria-label": label });
  svg.append(shape("line", { class: "line", x1: 0, x2: WIDTH, y1: 26, y2: 26 }));
  for (const mark of [...told.marks].reverse()) {
    const start = mark.start * WIDTH;
    const width = Math.max(mark.own ? 5 : 4, (mark.end - mark.start) * WIDTH);
    const piece = shape("rect", { class: mark.own ? "mark own" : "mark", x: start, width, y: mark.own ? 14 : 21, height: mark.own ? 10 : 8, rx: 2 });
    piece.append(shape("title", {}, `${mark.when}: ${mark.title}`));
    svg.append(piece);
    if (mark.open) {
      const [x, to] = mark.open === "end" ? [start + width, WIDTH] : [0, start];
      svg.append(shape("rect", { class: mark.own ? "mark own" : "mark", x, width: Math.max(0, to - x), y: mark.own ? 18 : 24, height: 2 }));
    }
  }
  return svg;
}
