// The chart: what is in view of the chosen events, packed and drawn with Plotly, and what lies where on it.
const Chart = (() => {
  const ROW = 28;
  const HEADING = 0.9;
  const CLUSTER_ROWS = 1.3;
  const MOST_ROWS = 60;
  const CROWDED_ROWS = 14; // where over CROWD marks are in view
  const CROWD = 400;
  const WHOLE = 600; // up to so many marks all are packed, so that moving the view changes no row
  const MOST_LANES = 12;
  const LONGEST_LABEL = 46;
  const LETTER = 7; // pixels, about
  const POINT = 13;
  const SIDE = 12;
  const TOP = 10;
  const BOTTOM = 40;
  const SHORTEST = 60_000; // milliseconds: the narrowest view

  const { SPAN, WITHIN, DAY, OPENS_LEFT, OPENS_RIGHT, VAGUE } = Marks;

  function create(index, report) {
    const element = document.getElementById("plot");
    const frame = document.getElementById("chart");
    const mark = index.mark;
    const { axisValue, fromAxis, labelAt, fades } = Marks.create(index);
    const widths = new Map();
    let state = null;
    let chosen = new Uint8Array(index.id.length).fill(1);
    let sheet = null;
    let tallest = 0;
    let drawing = false;
    let printing = 0;

    function css(name) {
      return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
    }

    const pen = document.createElement("canvas").getContext("2d");

    function widthOf(text) {
      if (!widths.has(text)) {
        pen.font = "13px " + css("font");
        widths.set(text, pen.measureText(text).width + 2);
      }
      return widths.get(text);
    }

    function labelOf(event) {
      return cut(index.title[event]);
    }

    function cut(title) {
      const letters = Array.from(title);
      const most = Math.min(LONGEST_LABEL, Math.max(12, Math.floor((roomFor() * 0.45) / LETTER)));
      return letters.length <= most ? title : letters.slice(0, most - 1).join("").trimEnd() + "…";
    }

    function laneNames() {
      if (!state.lanes) {
        return { names: [""], of: () => [0] };
      }
      if (state.lane) {
        return { names: [state.lane], of: () => [0] };
      }
      const table = state.lanes === "status" ? { names: index.statuses, of: index.status.map((s) => [s]) } : index.names[state.lanes];
      const counts = new Map();
      mark.event.forEach((e) => {
        for (const n of chosen[e] ? table.of[e] || [] : []) {
          counts.set(n, (counts.get(n) || 0) + 1);
        }
      });
      const order = Array.from(counts.entries()).sort((a, b) => b[1] - a[1]).slice(0, MOST_LANES).map(([n]) => n);
      const lane = new Map(order.map((n, i) => [n, i]));
      const rest = order.length;
      const of = (e) => {
        const own = (table.of[e] || []).filter((n) => lane.has(n)).map((n) => lane.get(n));
        return own.length ? own : [rest];
      };
      const names = order.map((n) => table.names[n]);
      if (mark.event.some((e) => chosen[e] && of(e)[0] === rest)) {
        names.push(rest ? "others" : "no " + state.lanes);
      }
      return { names, of };
    }

    function view() {
      return state.view || index.view;
    }

    function roomFor() {
      return Math.max((printing || frame.clientWidth) - 2 * SIDE, 120);
    }

    // With room for the label of the last marks, where everything is shown.
    function settled(edges) {
      if (state.view) {
        return edges;
      }
      const [low, high] = edges;
      const room = roomFor();
      let share = 0;
      const late = low + ((high - low) * 2) / 3;
      const labelled = mark.event.length <= WHOLE ? mark.event.length : 0;
      for (let m = 0; m < labelled; m++) {
        const at = labelAt(m);
        if (chosen[mark.event[m]] && at > late && at <= high) {
          share = Math.max(share, (widthOf(labelOf(mark.event[m])) + 24) / room);
        }
      }
      return [low, low + (high - low) / (1 - Math.min(share, 0.5))];
    }

    function arrange() {
      const [low, high] = settled(view());
      const room = roomFor();
      const scale = room / (high - low);
      const origin = index.range[0];
      const lanes = laneNames();
      const shown = [];
      for (let m = 0; m < mark.event.length; m++) {
        if (chosen[mark.event[m]]) {
          shown.push(m);
        }
      }
      const beyond = printing ? 0 : (high - low) / 2;
      const near = shown.length <= WHOLE && !printing ? shown : shown.filter((m) => mark.end[m] >= low - beyond && mark.start[m] <= high + beyond);
      const crowded = near.filter((m) => mark.end[m] >= low && mark.start[m] <= high).length > CROWD;
      const byLane = lanes.names.map(() => []);
      for (const m of near) {
        const at = mark.end[m] > low ? Math.max(labelAt(m), Math.min(low, mark.end[m])) : labelAt(m);
        for (const lane of lanes.of(mark.event[m])) {
          byLane[lane].push({
            key: m,
            left: (mark.start[m] - origin) * scale,
            right: (mark.end[m] - origin) * scale,
            at: (at - origin) * scale,
            label: crowded ? 0 : widthOf(labelOf(mark.event[m])),
          });
        }
      }
      const packed = Packing.packLanes(byLane, crowded ? CROWDED_ROWS : MOST_ROWS);
      const made = { low, high, room, scale, origin, placed: [], clusters: [], headings: [], rows: 0, earlier: 0, later: 0 };
      packed.forEach((lane, i) => {
        if (state.lanes) {
          made.headings.push({ y: made.rows, name: lanes.names[i] });
          made.rows += HEADING;
        }
        if (lane.clusters.length) {
          for (const c of lane.clusters) {
            made.clusters.push({ x: c.at, y: made.rows, keys: c.keys });
          }
          made.rows += CLUSTER_ROWS;
        }
        for (const piece of lane.placed) {
          const m = piece.key;
          const wide = mark.shape[m] === 0 && (mark.end[m] - mark.start[m]) * scale > 2 * POINT;
          made.placed.push({ ...piece, m, event: mark.event[m], y: made.rows + piece.row, shape: wide ? DAY : mark.shape[m] });
        }
        made.rows += lane.rows;
      });
      made.densest = Math.max(1, ...made.clusters.map((c) => c.keys.length));
      for (const m of shown) {
        made.earlier += mark.end[m] < low;
        made.later += mark.start[m] > high;
      }
      return made;
    }

    function time(px) {
      return sheet.origin + px / sheet.scale;
    }

    function lineY(p) {
      return p.shape === 0 ? p.y : p.y + 0.22;
    }

    // What Plotly would read as markup or TeX is written so that it shows.
    function safe(text) {
      return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\$/g, "&#36;");
    }

    function count(n) {
      return n < 1000 ? String(n) : n < 9950 ? (n / 1000).toFixed(1) + "k" : Math.round(n / 1000) + "k";
    }

    function traces() {
      const out = [];
      const colour = index.statuses.map(css);
      const symbol = index.statuses.map((s) => index.symbols[s]);
      const status = (p) => index.status[p.event];
      const lines = new Map();
      const arrows = [];
      for (const p of sheet.placed) {
        if (p.shape !== 0) {
          const dash = mark.flags[p.m] & VAGUE ? "dot" : "solid";
          for (const [a, b, strength] of fades(p.m)) {
            const key = [status(p), p.shape, dash, strength].join();
            if (!lines.has(key)) {
              lines.set(key, { status: status(p), shape: p.shape, dash, strength, x: [], y: [] });
            }
            const line = lines.get(key);
            line.x.push(axisValue(a), axisValue(b), null);
            line.y.push(lineY(p), lineY(p), null);
          }
          if (mark.flags[p.m] & (OPENS_LEFT | OPENS_RIGHT)) {
            arrows.push(p);
          }
        }
      }
      for (const line of lines.values()) {
        const bar = line.shape === SPAN;
        out.push({
          x: line.x, y: line.y, mode: "lines", opacity: (bar ? 0.85 : 0.7) * line.strength,
          line: { color: colour[line.status], width: bar ? 9 : 3, dash: line.dash },
        });
      }
      out.push({
        x: arrows.map((p) => axisValue(mark.flags[p.m] & OPENS_RIGHT ? mark.end[p.m] : mark.start[p.m])),
        y: arrows.map(lineY),
        mode: "markers",
        marker: {
          symbol: arrows.map((p) => (mark.flags[p.m] & OPENS_RIGHT ? "triangle-right" : "triangle-left")),
          size: 12, opacity: 0.45, color: arrows.map((p) => colour[status(p)]),
        },
      });
      out.push({
        x: sheet.placed.map((p) => axisValue(labelAt(p.m))),
        y: sheet.placed.map(lineY),
        mode: "markers",
        name: "events",
        marker: {
          symbol: sheet.placed.map((p) => symbol[status(p)] + (p.shape === WITHIN ? "-open" : "")),
          size: sheet.placed.map((p) => (p.shape === 0 ? POINT : POINT - 2)),
          color: sheet.placed.map((p) => colour[status(p)]),
          opacity: sheet.placed.map((p) => (index.reviews[index.review[p.event]] === "proposed" ? 0.65 : 1)),
          line: { width: sheet.placed.map((p) => (index.reviews[index.review[p.event]] === "confirmed" ? 2.4 : 1.6)), color: sheet.placed.map((p) => colour[status(p)]) },
        },
      });
      const told = sheet.placed.filter((p) => p.labelled);
      out.push({
        x: told.map((p) => axisValue(time(p.shape === 0 ? p.at + 9 : p.at))),
        y: told.map((p) => (p.shape === 0 ? p.y : p.y - 0.22)),
        mode: "text", text: told.map((p) => safe(labelOf(p.event))), textposition: "middle right", name: "labels",
      });
      out.push({
        x: sheet.clusters.map((c) => axisValue(time(c.x))),
        y: sheet.clusters.map((c) => c.y),
        mode: "markers+text", text: sheet.clusters.map((c) => count(c.keys.length)), textfont: { size: 10 }, name: "clusters",
        marker: {
          size: sheet.clusters.map((c) => clusterSize(c)), color: css("wash"), line: { width: 1, color: css("soft") },
        },
      });
      const own = sheet.placed.filter((p) => index.id[p.event] === state.event);
      out.push({
        x: own.map((p) => axisValue(labelAt(p.m))), y: own.map(lineY), mode: "markers", name: "chosen",
        marker: { symbol: "circle-open", size: 24, color: css("ink"), line: { width: 2.5 } },
      });
      return out.map((trace) => ({ type: "scatter", hoverinfo: "none", showlegend: false, cliponaxis: trace.mode === "lines" || undefined, ...trace }));
    }

    function clusterSize(cluster) {
      return 22 + 16 * Math.sqrt(cluster.keys.length / sheet.densest);
    }

    function layout() {
      const soft = css("soft");
      const line = css("line");
      const rows = Math.max(sheet.rows, 3);
      tallest = Math.max(tallest, rows);
      const note = (text, more) => ({ text, xref: "paper", showarrow: false, font: { color: soft, size: 12 }, ...more });
      const notes = sheet.headings.map((h) => note(`<b>${safe(cut(h.name))}</b>`, { x: 0, y: h.y, xanchor: "left", yanchor: "middle" }));
      const shapes = sheet.headings.map((h) => ({ type: "line", xref: "paper", x0: 0, x1: 1, y0: h.y - 0.55, y1: h.y - 0.55, line: { color: line, width: 1 } }));
      if (sheet.earlier) {
        notes.push(note(`← ${sheet.earlier} earlier`, { yref: "paper", x: 0, y: 0, xanchor: "left", yanchor: "bottom" }));
      }
      if (sheet.later) {
        notes.push(note(`${sheet.later} later →`, { yref: "paper", x: 1, y: 0, xanchor: "right", yanchor: "bottom" }));
      }
      if (index.latest) {
        const x = axisValue(index.latest.at);
        shapes.push({ type: "line", x0: x, x1: x, yref: "paper", y0: 0, y1: 1, line: { color: soft, width: 1, dash: "dash" } });
        notes.push(note(`latest source, ${index.latest.words}`, { xref: "x", x, yref: "paper", y: 0, xanchor: "right", yanchor: "bottom" }));
      }
      return {
        width: roomFor() + 2 * SIDE,
        height: TOP + BOTTOM + Math.round((tallest + 1) * ROW),
        margin: { l: SIDE, r: SIDE, t: TOP, b: BOTTOM },
        font: { family: css("font"), size: 13, color: css("ink") },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        hovermode: false,
        dragmode: coarse() ? false : "pan",
        xaxis: { type: index.plainYears ? "linear" : "date", range: [axisValue(sheet.low), axisValue(sheet.high)], gridcolor: line, linecolor: line, zeroline: false, fixedrange: coarse() },
        yaxis: { visible: false, range: [tallest + 0.2, -0.8], fixedrange: true },
        annotations: notes,
        shapes,
      };
    }

    function coarse() {
      return matchMedia("(pointer: coarse)").matches;
    }

    const config = { displayModeBar: false, doubleClick: false, scrollZoom: false, responsive: false, showTips: false };

    function draw() {
      sheet = arrange();
      drawing = true;
      const done = Plotly.react(element, traces(), layout(), config);
      drawing = false;
      return done;
    }

    // At most one drawing a frame; everybody who asked is told when it is done.
    let asked = null;
    function drawSoon() {
      asked ||= new Promise((resolve) => {
        requestAnimationFrame(() => {
          asked = null;
          resolve(draw());
        });
      });
      return asked;
    }

    function limited([low, high]) {
      const whole = index.range[1] - index.range[0] + 86_400_000;
      const middle = (low + high) / 2;
      const length = Math.min(Math.max(high - low, SHORTEST), whole * 3);
      const kept = Math.min(Math.max(middle, index.range[0] - whole / 2), index.range[1] + whole / 2);
      return [kept - length / 2, kept + length / 2];
    }

    function look(edges) {
      report.view(limited(edges));
    }

    function zoom(factor, at = 0.5) {
      const place = sheet.low + (sheet.high - sheet.low) * at;
      look([place - (place - sheet.low) * factor, place + (sheet.high - place) * factor]);
    }

    function move(share) {
      const by = (sheet.high - sheet.low) * share;
      look([sheet.low + by, sheet.high + by]);
    }

    // --- what lies under the pointer

    function local(event) {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left - SIDE, y: (event.clientY - box.top - TOP) / ROW - 0.8 };
    }

    function hit(event) {
      if (!sheet) {
        return null;
      }
      const { x, y } = local(event);
      const px = x + (sheet.low - sheet.origin) * sheet.scale;
      for (const c of sheet.clusters) {
        const radius = clusterSize(c) / 2 + 2;
        if (Math.hypot(px - c.x, (y - c.y) * ROW) <= radius) {
          return { cluster: c };
        }
      }
      let best = null;
      for (const p of sheet.placed) {
        if (Math.abs(y - p.y) <= 0.52 && px >= Math.min(p.left, p.at - 9) && px <= p.reach + 2) {
          const far = Math.abs(px - p.at);
          if (!best || far < best.far) {
            best = { event: p.event, far };
          }
        }
      }
      return best;
    }

    function open(found) {
      if (found.cluster) {
        const starts = found.cluster.keys.map((m) => labelAt(m));
        const [a, b] = [Math.min(...starts), Math.max(...starts)];
        const margin = Math.max((b - a) * 0.08, 43_200_000);
        look([a - margin, b + margin]);
      } else {
        report.choose(found.event);
      }
    }

    Gestures.listen(frame, element, () => sheet, { side: SIDE, local, hit, open, look, move, zoom, eventOf: (m) => mark.event[m] }, report);

    function listen() {
      element.on("plotly_relayout", (change) => {
        if (!drawing && Object.keys(change).some((key) => key.startsWith("xaxis.range"))) {
          const axis = element._fullLayout.xaxis;
          look(axis.range.map((edge) => fromAxis(axis.r2l(edge))));
        }
      });
    }

    return {
      async show(newState, mask, fresh) {
        state = newState;
        chosen = mask;
        if (fresh) {
          tallest = 0;
        }
        if (sheet) {
          await drawSoon();
        } else {
          await draw();
          listen();
        }
      },
      redraw: drawSoon,
      print(width) {
        printing = width;
        tallest = 0;
        return draw();
      },
      zoom,
      move,
      edges: () => [sheet.low, sheet.high],
      // Bring an event into view, where it is not.
      bring(event) {
        const m = mark.event.indexOf(event);
        if (m < 0) {
          return;
        }
        const at = labelAt(m);
        const [low, high] = sheet ? [sheet.low, sheet.high] : view();
        if (at < low || at > high) {
          look([at - (high - low) / 2, at + (high - low) / 2]);
        }
      },
      // Scroll the page where an event's mark is out of sight or under the card.
      sight(event) {
        const drawn = sheet.placed.find((p) => p.event === event) || sheet.clusters.find((c) => c.keys.some((m) => mark.event[m] === event));
        if (drawn) {
          const y = element.getBoundingClientRect().top + TOP + (drawn.y + 0.8) * ROW;
          if (y < 60 || y > innerHeight * 0.6) {
            window.scrollBy({ top: y - innerHeight * 0.25, behavior: "instant" });
          }
        }
      },
    };
  }

  return { create };
})();
