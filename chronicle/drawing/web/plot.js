// A sheet as a Plotly figure: the same marks at the same places as the SVG that the page begins with.
import M from "./measures.json" with { type: "json" };
import { cut, widthOf } from "./labels.js";
import { createMarks, KEY, POINT, SPAN, VAGUE } from "./marks.js";
import { createSheets, heightOf, yOf } from "./sheet.js";
import { short } from "./texts.js";

const LEAST = -1; // how far beyond the view marks are drawn, in views

export function createPlot(index, css) {
  const { mark } = index;
  const { axisValue, pieces } = createMarks(index);
  const { signAt } = createSheets(index);

  // What Plotly would read as markup or TeX is written so that it shows.
  function safe(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\$/g, "&#36;");
  }

  function labelText(p) {
    const text = p.label.lines.map(safe).join("<br>");
    const struck = index.statuses[index.status[p.event]] === "cancelled";
    const told = mark.flags[p.m] & KEY ? `<b>${text}</b>` : text;
    return struck ? `<s>${told}</s>` : told;
  }

  // Where a label begins or ends, in milliseconds for a chart "width" wide: tied to its sign, or to the edge that it was moved in from.
  function textAt(p, sheet, width) {
    const stretch = width / sheet.room;
    let tie = p.text - M.labelGap - M.halfSign;
    let offset = M.labelGap + M.halfSign;
    let end = false;
    if (p.side === "left") {
      end = true;
      tie = p.text + p.label.width + (p.shape === POINT ? M.labelGap + M.halfSign : 0);
      offset = p.shape === POINT ? -(M.labelGap + M.halfSign) : 0;
    } else if (p.side === "above") {
      end = p.text < p.at - 0.5;
      tie = end ? sheet.room : p.text;
      offset = 0;
    }
    return { at: sheet.ms((tie * stretch + offset) / stretch), end };
  }

  function pillText(c) {
    const number = "+" + short(c.keys.length);
    const named = `${number} · ${c.name}`;
    return widthOf(named) + 16 <= c.right - c.left - 4 ? named : number;
  }

  function lines(sheet, colour, status) {
    const [first, last] = [sheet.low + LEAST * (sheet.high - sheet.low), sheet.high - LEAST * (sheet.high - sheet.low)];
    const found = new Map();
    for (const p of sheet.placed.filter((q) => q.shape !== POINT)) {
      const dash = mark.flags[p.m] & VAGUE ? "2px 4px" : "solid";
      for (const [a, b, strength] of pieces(p.m)) {
        if (b <= first || a >= last) {
          continue;
        }
        const key = [status(p), p.shape === SPAN, dash, strength].join();
        if (!found.has(key)) {
          found.set(key, { status: status(p), bar: p.shape === SPAN, dash, strength, x: [], y: [] });
        }
        const line = found.get(key);
        line.x.push(axisValue(Math.max(a, first)), axisValue(Math.min(b, last)), null);
        line.y.push(yOf(p.lineY), yOf(p.lineY), null);
      }
    }
    return Array.from(found.values()).map((line) => ({
      x: line.x, y: line.y, mode: "lines", opacity: line.strength,
      line: { color: colour[line.status], width: line.bar ? 6 : 2, dash: line.dash },
    }));
  }

  function traces(sheet, state, width) {
    const colour = index.statuses.map(css);
    const paper = css("paper");
    const status = (p) => index.status[p.event];
    const open = (p) => index.reviews[index.review[p.event]] === "proposed";
    const texts = sheet.placed.map((p) => textAt(p, sheet, width));
    const own = sheet.placed.filter((p) => index.id[p.event] === state.event);
    const pill = (c) => axisValue(sheet.ms((c.left + c.right) / 2));
    const out = [
      ...lines(sheet, colour, status),
      {
        x: sheet.placed.map((p) => axisValue(signAt(p, sheet.low))), y: sheet.placed.map((p) => yOf(p.lineY)),
        mode: "markers", name: "events", customdata: sheet.placed.map((p) => p.event),
        marker: {
          symbol: sheet.placed.map((p) => index.symbols[index.statuses[status(p)]]),
          size: 10,
          color: sheet.placed.map((p) => (open(p) ? paper : colour[status(p)])),
          opacity: 1,
          line: { width: 2, color: sheet.placed.map((p) => colour[status(p)]) },
        },
      },
      {
        x: texts.map((t) => axisValue(t.at)), y: sheet.placed.map((p) => yOf(p.textY) + M.drop),
        mode: "text", name: "labels", text: sheet.placed.map(labelText), textposition: texts.map((t) => (t.end ? "middle left" : "middle right")),
      },
      {
        x: sheet.clusters.map(pill), y: sheet.clusters.map((c) => yOf(c.middle) + M.drop),
        mode: "text", name: "clusters", text: sheet.clusters.map(pillText), textposition: "middle center",
        customdata: sheet.clusters.map((c) => c.keys.length),
      },
      {
        x: own.map((p) => axisValue(signAt(p, sheet.low))), y: own.map((p) => yOf(p.lineY)), mode: "markers", name: "chosen",
        marker: { symbol: "circle-open", size: 18, color: css("ink"), line: { width: 2.5 } },
      },
    ];
    return out.map((trace) => ({ type: "scatter", hoverinfo: "none", showlegend: false, cliponaxis: trace.mode === "lines", ...trace }));
  }

  function pills(sheet, state) {
    return sheet.clusters.map((c) => {
      const chosen = c.keys.some((m) => index.id[mark.event[m]] === state.event);
      return {
        type: "rect", layer: "below", x0: axisValue(sheet.ms(c.left + 2)), x1: axisValue(sheet.ms(c.right - 2)),
        y0: yOf(c.middle) - M.pill / 2, y1: yOf(c.middle) + M.pill / 2, fillcolor: css("wash"),
        line: { color: css(chosen ? "ink" : "soft"), width: chosen ? 3 : 1 },
      };
    });
  }

  function layout(sheet, state, width, view) {
    const [soft, line] = [css("soft"), css("line")];
    const upright = (at, color, dash) => ({
      type: "line", layer: "below", x0: axisValue(at), x1: axisValue(at), yref: "paper", y0: 0, y1: 1, line: { color, width: 1, dash },
    });
    const shapes = [
      ...sheet.axis.minor.map((t) => upright(t.at, line, "solid")),
      ...sheet.axis.major.map((t) => ({ ...upright(t.at, soft, "solid"), opacity: 0.55 })),
      ...sheet.headings.map((h) => ({
        type: "line", layer: "below", xref: "paper", x0: 0, x1: 1, y0: yOf(h.y - 0.5), y1: yOf(h.y - 0.5), line: { color: line, width: 1 },
      })),
      ...pills(sheet, state),
    ];
    if (index.latest) {
      shapes.push(upright(index.latest.at, soft, "4px 3px"));
    }
    const height = heightOf(sheet);
    return {
      width, height,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      font: { family: index.font, size: M.font, color: css("ink") },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      hovermode: false,
      dragmode: false,
      xaxis: { type: index.plainYears ? "linear" : "date", range: view.map(axisValue), visible: false, fixedrange: true },
      yaxis: { visible: false, range: [height, 0], fixedrange: true },
      annotations: sheet.headings.map((h) => ({
        text: `<b>${safe(cut(h.name, sheet.room * 0.6, M.bold))}</b>`, name: "lane", xref: "paper", x: 0, y: yOf(h.middle) + M.drop, xanchor: "left", yanchor: "middle", xshift: 1, align: "left",
        borderpad: 0, showarrow: false, font: { color: soft, size: M.font },
      })),
      shapes,
    };
  }

  const config = { displayModeBar: false, doubleClick: false, scrollZoom: false, responsive: false, showTips: false, staticPlot: true };

  return {
    draw: (Plotly, element, sheet, state, width, view) =>
      Plotly.react(element, traces(sheet, state, width), layout(sheet, state, width, view || [sheet.low, sheet.high]), config),
    move: (Plotly, element, view) => Plotly.relayout(element, { "xaxis.range": view.map(axisValue) }),
    signAt,
  };
}
