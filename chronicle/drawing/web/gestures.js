// Moving, zooming, pointing and clicking: by mouse, wheel and fingers.
const CLICK = 5; // pixels that a click may move

// "chart" is asked what lies where and told where to look; "report" hears what was pointed at.
export function listen(element, chart, report) {
  const pointers = new Map();
  let begun = null;

  const local = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const middle = (xs) => xs.reduce((a, b) => a + b, 0) / xs.length;

  function begin() {
    const [low, high] = chart.view();
    begun = { low, high, xs: Array.from(pointers.values(), (p) => p.x), moved: begun?.moved || false };
  }

  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      report.leave();
      pointers.set(event.pointerId, local(event));
      begin();
    }
  });

  window.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) {
      return;
    }
    const from = begun.xs;
    pointers.set(event.pointerId, local(event));
    const xs = Array.from(pointers.values(), (p) => p.x);
    begun.moved ||= Math.abs(middle(xs) - middle(from)) > CLICK || (xs.length > 1 && xs.some((x, i) => Math.abs(x - from[i]) > CLICK));
    if (!begun.moved) {
      return;
    }
    const width = element.clientWidth;
    const scale = (begun.high - begun.low) / width;
    const near = xs.length === 2 && from.length === 2 ? Math.max(Math.abs(from[0] - from[1]), 20) / Math.max(Math.abs(xs[0] - xs[1]), 20) : 1;
    const held = begun.low + middle(from) * scale;
    const low = held - middle(xs) * scale * near;
    chart.drag([low, low + (begun.high - begun.low) * near]);
  });

  for (const kind of ["pointerup", "pointercancel"]) {
    window.addEventListener(kind, (event) => {
      if (!pointers.delete(event.pointerId)) {
        return;
      }
      if (pointers.size) {
        begin();
        return;
      }
      const { moved } = begun;
      begun = null;
      if (moved) {
        chart.drop();
      } else if (kind === "pointerup") {
        const found = chart.hit(local(event));
        if (found) {
          chart.open(found);
        }
      }
    });
  }

  element.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) {
      return;
    }
    const found = chart.hit(local(event));
    element.classList.toggle("over", Boolean(found));
    if (found) {
      report.point(found.cluster ? found.cluster.keys.map(chart.eventOf) : [found.event], event, found.cluster);
    } else {
      report.leave();
    }
  });
  element.addEventListener("pointerleave", () => report.leave());
  element.addEventListener("wheel", (event) => {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (!event.ctrlKey && !event.metaKey && !sideways) {
      return;
    }
    event.preventDefault();
    if (sideways && !event.ctrlKey && !event.metaKey) {
      chart.move((event.deltaX || event.deltaY) / element.clientWidth);
    } else {
      chart.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 200))), Math.min(Math.max(local(event).x / element.clientWidth, 0), 1));
    }
  }, { passive: false });
}
