// The chart: the page begins with it as SVG, and Plotly takes its place when it has loaded; what lies where on it, and where to look.
import M from "./measures.json" with { type: "json" };
import { createCalendar } from "./calendar.js";
import { axis } from "./axis.js";
import { listen } from "./gestures.js";
import { plotly } from "./library.js";
import { createMarks } from "./marks.js";
import { createPlot } from "./plot.js";
import { createSheets, yOf } from "./sheet.js";

const SHORTEST = 60_000; // milliseconds: the narrowest view
const MARGIN = 0.08;

export function createChart(index, report) {
  const get = (id) => document.getElementById(id);
  const [element, box] = [get("plot"), get("chart")];
  const { mark } = index;
  const { labelAt } = createMarks(index);
  const { arrange, signAt } = createSheets(index);
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  // a colour as the browser has it, system colours too
  const css = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const plot = createPlot(index, css);
  const calendar = createCalendar(index, (key) => go(key));
  let Plotly = null;
  let state = null;
  let chosen = null;
  let sheet = null;
  let dragged = null;
  let asked = null;

  function width() {
    return box.clientWidth;
  }

  // Charts are packed for the widest of some widths that fits, as those are that the page begins with.
  function room() {
    const fits = M.layouts.find(([window]) => innerWidth >= window);
    return Math.min(fits ? fits[1] : Infinity, width());
  }

  function view() {
    return dragged || state.view || index.view;
  }

  function standing() {
    return Boolean(Plotly);
  }

  function draw() {
    if (!width()) {
      return Promise.resolve();
    }
    sheet = arrange(state, chosen, view(), room());
    if (!standing()) {
      still();
      return Promise.resolve();
    }
    const done = plot.draw(Plotly, element, sheet, state, width());
    calendar.draw(sheet, sheet.axis, [sheet.low, sheet.high], width());
    return done;
  }

  // Until Plotly is there, and in print: what is not chosen is taken out of the first view.
  function still() {
    for (const drawn of document.querySelectorAll("#drawn .mark")) {
      drawn.classList.toggle("gone", !chosen[drawn.dataset.n]);
    }
  }

  // At most one drawing a frame; everybody who asked is told when it is done.
  function drawSoon() {
    asked ||= new Promise((resolve) => {
      requestAnimationFrame(() => {
        asked = null;
        resolve(draw());
      });
    });
    return asked;
  }

  async function start() {
    Plotly = await plotly();
    if (!width()) {
      return;
    }
    element.style.position = "absolute";
    element.hidden = false;
    await draw();
    get("axes").hidden = true;
    get("axis").hidden = false;
    get("drawn").hidden = true;
    element.style.position = "";
    box.tabIndex = 0;
    box.setAttribute("aria-label", index.words.chart.label);
  }

  // --- where to look

  function limited([low, high]) {
    const [first, last] = index.range;
    const whole = Math.max(last - first, SHORTEST);
    const length = Math.min(Math.max(high - low, SHORTEST), whole * 1.2);
    const from = Math.min(Math.max((low + high - length) / 2, first - length * 0.9), last - length * 0.1);
    return [from, from + length];
  }

  function seen([low, high]) {
    return mark.event.some((e, m) => chosen[e] && mark.end[m] > low && mark.start[m] < high);
  }

  function nearest(place) {
    let best = null;
    mark.event.forEach((e, m) => {
      if (chosen[e]) {
        const far = Math.max(mark.start[m] - place, place - mark.end[m], 0) + Math.abs(labelAt(m) - place) * 1e-6;
        if (best === null || far < best.far) {
          best = { m, far };
        }
      }
    });
    return best && best.m;
  }

  // A view ends at marks: one without any is moved to the nearest.
  function look(edges) {
    if (!mark.event.length) {
      return;
    }
    let [low, high] = limited(edges);
    if (!seen([low, high])) {
      const m = nearest((low + high) / 2);
      if (m !== null) {
        const length = high - low;
        low = labelAt(m) < low ? labelAt(m) - length * MARGIN : labelAt(m) - length * (1 - MARGIN);
        high = low + length;
      }
    }
    report.view([low, high]);
  }

  function zoom(factor, at = null) {
    const [low, high] = view();
    const own = index.id.indexOf(state.event);
    const m = at === null && own >= 0 ? mark.event.indexOf(own) : -1;
    const inside = m >= 0 && labelAt(m) > low && labelAt(m) < high ? (labelAt(m) - low) / (high - low) : 0.5;
    const share = at === null ? inside : at;
    const place = low + (high - low) * share;
    look([place - (place - low) * factor, place + (high - place) * factor]);
  }

  function move(share) {
    const [low, high] = view();
    look([low + (high - low) * share, high + (high - low) * share]);
  }

  // To what is earlier or later than the view: all of it where that is little, else the nearest.
  function go(key) {
    const marks = key === "earlier" ? sheet.earlier : sheet.later;
    const length = sheet.high - sheet.low;
    const near = marks.reduce((best, m) => {
      const better = key === "earlier" ? mark.end[m] > mark.end[best] : mark.start[m] < mark.start[best];
      return better ? m : best;
    });
    const at = labelAt(near);
    const low = key === "earlier" ? at - length * (1 - MARGIN * 2) : at - length * MARGIN * 2;
    look([low, low + length]);
  }

  // --- what lies under the pointer

  function hit({ x, y }) {
    if (!sheet || !standing()) {
      return null;
    }
    const stretch = width() / sheet.room;
    for (const c of sheet.clusters) {
      if (x >= c.left * stretch && x <= c.right * stretch && Math.abs(y - yOf(c.middle)) <= M.pill / 2 + 2) {
        return { cluster: c };
      }
    }
    let best = null;
    for (const p of sheet.placed) {
      const from = p.side === "left" ? p.last * stretch - (p.last - p.first) : p.first * stretch;
      const to = p.side === "left" ? p.last * stretch : Math.max(p.right * stretch, p.first * stretch + (p.last - p.first));
      if (Math.abs(y - yOf(p.middle)) <= (p.height * M.row) / 2 && x >= from - 2 && x <= to + 2) {
        const far = Math.abs(x - sheet.px(signAt(p, sheet.low)) * stretch);
        if (!best || far < best.far) {
          best = { event: p.event, far };
        }
      }
    }
    return best;
  }

  function open(found) {
    if (found.cluster) {
      const starts = found.cluster.keys.map(labelAt);
      const [a, b] = [Math.min(...starts), Math.max(...starts)];
      const margin = Math.max((b - a) * MARGIN, 3_600_000);
      look([a - margin, b + margin]);
    } else {
      report.choose(found.event);
    }
  }

  listen(element, {
    view, zoom, move, hit, open,
    eventOf: (m) => mark.event[m],
    drag(edges) {
      if (!dragged) {
        sheet = arrange(state, chosen, view(), room(), true);
        plot.draw(Plotly, element, sheet, state, width());
      }
      const zoomed = Math.abs((edges[1] - edges[0]) / (sheet.high - sheet.low) - 1) > 0.01;
      dragged = limited(edges);
      if (zoomed) {
        drawSoon();
      } else {
        plot.move(Plotly, element, dragged);
        calendar.draw(sheet, axis(...dragged, room(), index.words.axis), dragged, width());
      }
    },
    drop() {
      const edges = dragged;
      dragged = null;
      if (edges) {
        look(edges);
      }
    },
  }, report);

  return {
    start, zoom, move, go, open, standing,
    redraw: drawSoon, still,
    show(newState, mask) {
      [state, chosen] = [newState, mask];
      return sheet || standing() ? drawSoon() : draw();
    },
    sheet: () => sheet,
    // Bring an event into view, where it is not.
    bring(event) {
      const m = mark.event.indexOf(event);
      const [low, high] = view();
      if (m >= 0 && (labelAt(m) < low || labelAt(m) > high)) {
        look([labelAt(m) - (high - low) / 2, labelAt(m) + (high - low) / 2]);
      }
    },
    // Closer to an event: out of its cluster, or to twice its length.
    closer(event) {
      const cluster = sheet && sheet.clusters.find((c) => c.keys.some((m) => mark.event[m] === event));
      if (cluster) {
        open({ cluster });
      } else {
        zoom(0.5);
      }
    },
    // Scroll the page where an event's mark is out of sight.
    sight(event) {
      if (!sheet || !standing()) {
        return;
      }
      const placed = sheet.placed.find((p) => p.event === event);
      const cluster = sheet.clusters.find((c) => c.keys.some((m) => mark.event[m] === event));
      if (placed || cluster) {
        const y = element.getBoundingClientRect().top + yOf(placed ? placed.middle : cluster.middle);
        if (y < 100 || y > innerHeight - 120) {
          const place = y + scrollY;
          window.scrollTo({ top: place < innerHeight - 120 ? 0 : place - innerHeight * 0.35, behavior: "instant" });
        }
      }
    },
  };
}
