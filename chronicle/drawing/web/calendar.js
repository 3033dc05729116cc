// The axis and what lies beyond it, as svg.py draws them: two tiers, and the ways to what is earlier and later.
import M from "./measures.json" with { type: "json" };
import { momentName } from "./axis.js";
import { widthOf } from "./labels.js";
import { counted } from "./texts.js";

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export function createCalendar(index, report) {
  const axisElement = document.getElementById("axis");
  const edges = document.getElementById("edges");
  const latest = edges.querySelector(".latest");
  const { mark, words } = index;

  // Draw the axis of a sheet for a view of it, "width" pixels wide.
  function draw(sheet, ticks, [low, high], width) {
    const px = (ms) => ((ms - low) / (high - low)) * width;
    const svg = element("svg", { class: "axis", width: "100%", height: M.axis, "aria-hidden": "true" });
    const upright = (x, top, kind) => svg.append(element("line", { class: kind, x1: x, x2: x, y1: top, y2: M.axis }));
    const major = ticks.major.map((t) => [px(t.at), t.label]);
    major.forEach(([x, label], n) => {
      const after = n + 1 < major.length ? major[n + 1][0] : width;
      if (x + widthOf(label) > width || (x < 0 && after - Math.max(x, 0) < widthOf(label) + 16)) {
        return;
      }
      if (x >= 0) {
        upright(x, 4, "major");
      }
      svg.append(element("text", { class: "major", x: Math.max(x, 0), dx: x >= 0 ? 5 : 0, y: 18 }, label));
    });
    for (const tick of ticks.minor) {
      const x = px(tick.at);
      if (x >= 0 && x <= width) {
        upright(x, M.axis - 17, "minor");
        if (x + widthOf(tick.label) < width) {
          svg.append(element("text", { x, dx: 5, y: M.axis - 6 }, tick.label));
        }
      }
    }
    axisElement.replaceChildren(svg);
    beyond(sheet, [low, high]);
    if (latest) {
      const share = ((index.latest.at - low) / (high - low)) * 100;
      latest.hidden = share < 0 || share > 100;
      latest.style.left = share + "%";
      latest.className = `latest ${share > 50 ? "before" : "after"}`;
    }
  }

  // "1928: 1 earlier", with the way there.
  function beyond(sheet, [low, high]) {
    edges.querySelectorAll(".edge").forEach((edge) => edge.remove());
    for (const [key, marks] of [["earlier", sheet.earlier], ["later", sheet.later]]) {
      if (!marks.length) {
        continue;
      }
      const first = marks.reduce((least, m) => Math.min(least, mark.start[m]), Infinity);
      const last = marks.reduce((most, m) => Math.max(most, mark.end[m] - 1), -Infinity);
      const length = Math.max(high - low, key === "earlier" ? low - first : last - high);
      const names = [first, last].map((ms) => momentName(ms, length, words.axis));
      const span = names[0] === names[1] ? names[0] : names.join("–");
      const told = counted(words, "chart", key, marks.length, { span });
      const button = document.createElement("button");
      button.type = "button";
      button.className = `edge ${key}`;
      button.textContent = key === "earlier" ? `‹ ${told}` : `${told} ›`;
      button.addEventListener("click", () => report(key));
      edges[key === "earlier" ? "prepend" : "append"](button);
    }
  }

  return { draw };
}
