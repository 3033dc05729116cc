// The whole story in small, with a brush over what the chart shows, or on a phone over what of the chronology is in sight.
import M from "./measures.json" with { type: "json" };
import { momentName } from "./axis.js";

const STEP = 0.05; // of the view, for a key
const LEAST = 1 / 500; // of the whole, for a brush that is drawn anew

export function createOverview(index, labelAt, report) {
  const element = document.getElementById("overview");
  const { mark, words } = index;
  const [low, high] = index.view;
  let edges = [low, high];
  let listing = false;

  const brush = document.createElement("div");
  brush.className = "brush";
  const handles = ["left", "right"].map((side) => {
    const handle = document.createElement("div");
    handle.className = `handle ${side}`;
    handle.tabIndex = 0;
    handle.setAttribute("role", "slider");
    handle.setAttribute("aria-label", words.chart[side === "left" ? "first_shown" : "last_shown"]);
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-valuemax", "100");
    brush.append(handle);
    return handle;
  });
  element.classList.add("live");
  element.append(brush);

  const share = (ms) => Math.min(Math.max((ms - low) / (high - low), 0), 1) * 100;

  // Show only the chosen events.
  function draw(mask) {
    element.querySelectorAll("circle").forEach((dot) => dot.classList.toggle("gone", !mask[dot.dataset.n]));
    const path = element.querySelector("path");
    if (path) {
      const counts = new Array(M.columns).fill(0);
      for (let m = 0; m < mark.event.length; m++) {
        if (mask[mark.event[m]] && mark.end[m] > low && mark.start[m] < high) {
          counts[Math.min(Math.floor((share(labelAt(m)) / 100) * counts.length), counts.length - 1)] += 1;
        }
      }
      const most = Math.max(...counts, 1);
      const base = M.strip - 16;
      path.setAttribute("d", counts.map((n, i) => (n ? `M${i} ${base}v${-(base * 0.95 * Math.sqrt(n / most)).toFixed(1)}h.9V${base}z` : "")).join(""));
    }
  }

  function show(view) {
    edges = view;
    const [left, right] = view.map(share);
    brush.style.left = Math.min(left, 99.5) + "%";
    brush.style.width = Math.max(right - left, 0.5) + "%";
    handles.forEach((handle, i) => {
      handle.setAttribute("aria-valuenow", [left, right][i].toFixed(1));
      handle.setAttribute("aria-valuetext", momentName(view[i], high - low, words.axis));
    });
  }

  function at(event) {
    const box = element.getBoundingClientRect();
    return low + ((event.clientX - box.left) / box.width) * (high - low);
  }

  function span(a, b) {
    const least = (high - low) * LEAST;
    report.view(a <= b ? [a, Math.max(b, a + least)] : [b, Math.max(a, b + least)]);
  }

  // One pointer at a time: a handle moves its edge, the brush moves as a whole, elsewhere a new brush is drawn.
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("a")) {
      return;
    }
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    const from = at(event);
    const [a, b] = edges;
    const handle = listing ? -1 : handles.indexOf(event.target);
    const whole = event.target === brush || listing;
    if (handle >= 0) {
      event.target.focus();
    }
    let moved = false;
    const move = (e) => {
      const to = at(e);
      moved ||= Math.abs(e.clientX - event.clientX) > 3;
      if (!moved) {
        return;
      }
      if (listing) {
        report.go(to);
      } else if (handle === 0) {
        span(to, b);
      } else if (handle === 1) {
        span(a, to);
      } else if (whole) {
        const by = Math.min(Math.max(to - from, low - a), high - b);
        report.view([a + by, b + by]);
      } else {
        span(from, to);
      }
    };
    const stop = () => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", stop);
      element.removeEventListener("pointercancel", stop);
      if (!moved && listing) {
        report.go(from);
      } else if (!moved && handle < 0 && !whole) {
        const start = Math.min(Math.max(from - (b - a) / 2, low), Math.max(high - (b - a), low));
        report.view([start, start + (b - a)]);
      }
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", stop);
    element.addEventListener("pointercancel", stop);
  });

  handles.forEach((handle, i) => {
    handle.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
      let to = null;
      if (way) {
        to = edges[i] + way * STEP * (edges[1] - edges[0]);
      } else if (event.key === "Home") {
        to = i === 0 ? low : edges[0] + (high - low) * LEAST;
      } else if (event.key === "End") {
        to = i === 1 ? high : edges[1] - (high - low) * LEAST;
      }
      if (to !== null) {
        event.preventDefault();
        event.stopPropagation();
        const next = edges.slice();
        next[i] = Math.min(Math.max(to, low), high);
        if (next[0] < next[1]) {
          report.view(next);
        }
      }
    });
  });

  return {
    draw, show,
    // On a phone the brush follows the chronology, and has no handles.
    list(on) {
      listing = on;
      handles.forEach((handle) => {
        handle.hidden = on;
      });
    },
  };
}
