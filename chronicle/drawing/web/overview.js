// The whole span in small: how many events there are when, and a brush over the part that the chart shows.
const Overview = (() => {
  const BINS = 160;
  const STEP = 0.05; // of the view, for a key

  function create(index, report) {
    const element = document.getElementById("overview");
    const mark = index.mark;
    const [low, high] = index.range;
    let edges = [low, high];

    element.innerHTML =
      '<svg viewBox="0 0 160 20" preserveAspectRatio="none" aria-hidden="true"><path></path></svg>' +
      '<div class="brush"><div class="handle left" role="slider" tabindex="0" aria-label="First day shown"></div>' +
      '<div class="handle right" role="slider" tabindex="0" aria-label="Last day shown"></div></div>' +
      '<span class="edge first"></span><span class="edge last"></span>';
    const path = element.querySelector("path");
    const brush = element.querySelector(".brush");
    const handles = Array.from(element.querySelectorAll(".handle"));

    function day(ms) {
      const far = Math.abs(ms) > State.FARTHEST;
      const date = new Date(far ? 0 : ms);
      const year = far ? Math.round(ms / State.YEAR + 1970) : date.getUTCFullYear();
      const named = year > 0 ? String(year) : (1 - year).toLocaleString("en", { useGrouping: year < -9999 }) + " BC";
      if (high - low > 40 * 365 * 86_400_000) {
        return named;
      }
      return date.toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "long" }) + " " + named;
    }

    function draw(mask) {
      const counts = new Array(BINS).fill(0);
      const width = (high - low) / BINS || 1;
      for (let m = 0; m < mark.event.length; m++) {
        if (mask[mark.event[m]]) {
          const middle = (mark.start[m] + mark.end[m]) / 2;
          counts[Math.min(BINS - 1, Math.max(0, Math.floor((middle - low) / width)))] += 1;
        }
      }
      const most = Math.max(...counts, 1);
      path.setAttribute("d", counts.map((n, i) => (n ? `M${i} 20V${(20 - 2 - (16 * Math.log1p(n)) / Math.log1p(most)).toFixed(1)}h.85V20z` : "")).join(""));
      element.querySelector(".first").textContent = day(index.range[0]);
      element.querySelector(".last").textContent = day(index.range[1]);
    }

    function show(view) {
      edges = view;
      const share = (ms) => Math.min(Math.max((ms - low) / (high - low || 1), 0), 1) * 100;
      const [left, right] = view.map(share);
      brush.style.left = left + "%";
      brush.style.width = Math.max(right - left, 0.3) + "%";
      handles.forEach((handle, i) => {
        handle.setAttribute("aria-valuemin", "0");
        handle.setAttribute("aria-valuemax", "100");
        handle.setAttribute("aria-valuenow", [left, right][i].toFixed(1));
        handle.setAttribute("aria-valuetext", day(view[i]));
      });
    }

    function at(event) {
      const box = element.getBoundingClientRect();
      return low + ((event.clientX - box.left) / box.width) * (high - low);
    }

    function span(a, b) {
      const least = (high - low) / 2000;
      report(a <= b ? [a, Math.max(b, a + least)] : [b, Math.max(a, b + least)]);
    }

    // One pointer at a time: a handle moves its edge, the brush moves as a whole, elsewhere a new brush is drawn.
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
      const from = at(event);
      const [a, b] = edges;
      const handle = handles.indexOf(event.target);
      const whole = event.target === brush;
      if (handle >= 0) {
        event.target.focus();
      }
      let moved = false;
      const move = (e) => {
        const to = at(e);
        moved = moved || Math.abs(e.clientX - event.clientX) > 3;
        if (!moved) {
          return;
        }
        if (handle === 0) {
          span(to, b);
        } else if (handle === 1) {
          span(a, to);
        } else if (whole) {
          report([a + to - from, b + to - from]);
        } else {
          span(from, to);
        }
      };
      const stop = () => {
        element.removeEventListener("pointermove", move);
        element.removeEventListener("pointerup", stop);
        element.removeEventListener("pointercancel", stop);
        if (!moved && handle < 0 && !whole) {
          report([from - (b - a) / 2, from + (b - a) / 2]);
        }
      };
      element.addEventListener("pointermove", move);
      element.addEventListener("pointerup", stop);
      element.addEventListener("pointercancel", stop);
    });
    element.addEventListener("dblclick", () => report(null));

    handles.forEach((handle, i) => {
      handle.addEventListener("keydown", (event) => {
        const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
        let to = null;
        if (way) {
          to = edges[i] + way * STEP * (edges[1] - edges[0]);
        } else if (event.key === "Home") {
          to = i === 0 ? low : edges[0];
        } else if (event.key === "End") {
          to = i === 1 ? high : edges[1];
        }
        if (to !== null) {
          event.preventDefault();
          event.stopPropagation();
          const next = edges.slice();
          next[i] = to;
          if (next[0] < next[1]) {
            report(next);
          }
        }
      });
    });

    return { draw, show, day };
  }

  return { create };
})();
