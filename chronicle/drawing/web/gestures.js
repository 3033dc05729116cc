// Moving, zooming, pointing and clicking: by mouse, wheel and fingers. The mouse's dragging is Plotly's own.
const Gestures = (() => {
  // "view" tells what is drawn; "chart" is asked what lies where, and told to look elsewhere; "report" hears what was pointed at.
  function listen(frame, element, view, chart, report) {
    let pressed = null;
    const fingers = new Map();
    let gesture = null;

    function over(event) {
      return event.target.closest && event.target.closest("#plot .nsewdrag, #plot .plot-container");
    }

    frame.addEventListener("pointerdown", (event) => {
      pressed = { x: event.clientX, y: event.clientY };
      report.leave();
      if (event.pointerType === "touch") {
        fingers.set(event.pointerId, event.clientX);
        gesture = { low: view().low, high: view().high, scale: view().scale, xs: Array.from(fingers.values()) };
      }
    }, true);

    window.addEventListener("pointermove", (event) => {
      if (!fingers.has(event.pointerId)) {
        return;
      }
      fingers.set(event.pointerId, event.clientX);
      const xs = Array.from(fingers.values());
      const middle = (list) => list.reduce((a, b) => a + b, 0) / list.length;
      const box = element.getBoundingClientRect().left + chart.side;
      const from = gesture.low + (middle(gesture.xs) - box) / gesture.scale;
      let scale = gesture.scale;
      if (xs.length === 2 && gesture.xs.length === 2) {
        scale *= Math.max(Math.abs(xs[0] - xs[1]), 20) / Math.max(Math.abs(gesture.xs[0] - gesture.xs[1]), 20);
      }
      const low = from - (middle(xs) - box) / scale;
      chart.look([low, low + view().room / scale]);
    });

    for (const kind of ["pointerup", "pointercancel"]) {
      window.addEventListener(kind, (event) => {
        fingers.delete(event.pointerId);
        if (gesture && fingers.size) {
          gesture = { low: view().low, high: view().high, scale: view().scale, xs: Array.from(fingers.values()) };
        }
        if (kind === "pointerup" && pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 5) {
          const found = chart.hit(event);
          if (found) {
            chart.open(found);
          }
        }
        pressed = null;
      }, true);
    }

    frame.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || event.buttons) {
        return;
      }
      const found = over(event) ? chart.hit(event) : null;
      frame.classList.toggle("over", Boolean(found));
      if (!found) {
        report.leave();
      } else if (found.cluster) {
        report.point({ numbers: found.cluster.keys.map((m) => chart.eventOf(m)) }, event);
      } else {
        report.point({ numbers: [found.event] }, event);
      }
    });
    frame.addEventListener("pointerleave", () => report.leave());
    frame.addEventListener("dblclick", () => report.view(null));
    frame.addEventListener("wheel", (event) => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (!event.ctrlKey && !event.metaKey && !sideways) {
        return;
      }
      event.preventDefault();
      if (sideways && !event.ctrlKey && !event.metaKey) {
        chart.move((event.deltaX || event.deltaY) / view().room);
      } else {
        chart.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 200))), Math.min(Math.max(chart.local(event).x / view().room, 0), 1));
      }
    }, { passive: false });
  }

  return { listen };
})();
