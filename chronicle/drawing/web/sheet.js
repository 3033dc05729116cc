// The sheet: what is drawn where, in numbers; the same as sheet.py for what the page shows next.
import M from "./measures.json" with { type: "json" };
import { axis } from "./axis.js";
import { fit } from "./labels.js";
import { createMarks, DAY, KEY, OPENS_LEFT, OPENS_RIGHT, POINT, SPAN } from "./marks.js";
import { packLanes } from "./packing.js";
import { filled } from "./texts.js";

export function createSheets(index) {
  const { mark, words } = index;
  const { labelAt } = createMarks(index);

  // The lanes to draw, those of most events first, and the numbers of each event's own.
  function lanesOf(state, seen) {
    if (!state.lanes) {
      return { names: [""], of: () => [0] };
    }
    if (state.lane) {
      return { names: [state.lane], of: () => [0] };
    }
    const table = state.lanes === "status" ? { names: index.statuses.map((s) => words.statuses[s]), of: index.status.map((s) => [s]) } : index.names[state.lanes];
    const counts = new Map();
    for (const m of seen) {
      for (const n of table.of[mark.event[m]] || []) {
        counts.set(n, (counts.get(n) || 0) + 1);
      }
    }
    const order = Array.from(counts.entries()).sort((a, b) => b[1] - a[1]).slice(0, M.most).map(([n]) => n);
    const lane = new Map(order.map((n, i) => [n, i]));
    const of = (e) => {
      const own = (table.of[e] || []).filter((n) => lane.has(n)).map((n) => lane.get(n));
      return own.length ? own : [order.length];
    };
    const names = order.map((n) => table.names[n]);
    if (seen.some((m) => of(mark.event[m])[0] === order.length)) {
      names.push(order.length ? words.tools.rest : words.tools.none);
    }
    return { names, of };
  }

  // Give all that is chosen and in view its place; "beside" packs what lies up to a view's width on both sides as well, each by itself.
  function arrange(state, chosen, [low, high], room, beside = false) {
    const scale = room / (high - low);
    const px = (ms) => (ms - low) * scale;
    const made = {
      low, high, room, px, ms: (x) => low + x / scale, axis: axis(low, high, room, words.axis),
      placed: [], clusters: [], headings: [], rows: 0, earlier: [], later: [], seen: 0,
    };
    const seen = [];
    const outside = [[], []];
    for (let m = 0; m < mark.event.length; m++) {
      if (!chosen[mark.event[m]]) {
        continue;
      }
      if (mark.end[m] <= low) {
        made.earlier.push(m);
        if (beside && mark.end[m] > low - (high - low)) {
          outside[0].push(m);
        }
      } else if (mark.start[m] >= high) {
        made.later.push(m);
        if (beside && mark.start[m] < high + (high - low)) {
          outside[1].push(m);
        }
      } else {
        seen.push(m);
      }
    }
    made.seen = seen.length;
    const crowded = seen.length > M.crowd;
    const stretches = made.axis.minor.map((t) => px(t.at));
    const lanes = lanesOf(state, seen);

    const measure = (m) => {
      const wider = index.factor * (mark.flags[m] & KEY ? M.bold : 1);
      const most = crowded ? M.crowdLine : room * M.widest;
      return fit(index.title[mark.event[m]], crowded ? M.crowdLine : M.one, most, wider);
    };
    const piece = (m) => {
      const left = px(mark.start[m]);
      const right = px(mark.end[m]);
      const bar = right - left > M.above;
      return { key: m, left, right, at: bar ? Math.min(Math.max(left, 0), right) : px(labelAt(m)), weight: mark.weight[m], bar };
    };
    const pack = (marks) => {
      const byLane = lanes.names.map(() => []);
      for (const m of marks) {
        for (const lane of lanes.of(mark.event[m])) {
          byLane[lane]?.push(piece(m));
        }
      }
      return packLanes(byLane, crowded ? M.crowdRows : M.mostRows, room, stretches, measure);
    };

    const packed = pack(seen);
    const others = beside ? outside.filter((marks) => marks.length && marks.length <= M.crowd).map(pack) : [];
    packed.forEach((lane, i) => {
      if (state.lanes) {
        made.headings.push({ y: made.rows, middle: made.rows + (M.headingRows - 1) / 2, name: lanes.names[i] });
        made.rows += M.headingRows;
      }
      if (lane.clusters.length) {
        for (const c of lane.clusters) {
          const [first, last] = c.stretch.map((n) => made.axis.minor[n].name);
          const name = first === last ? first : filled(words.axis.to, { first, last });
          made.clusters.push({ left: c.left, right: c.right, y: made.rows, middle: made.rows + (M.pillRows - 1) / 2, name, keys: c.keys });
        }
        made.rows += M.pillRows;
      }
      for (const pieces of [lane.placed, ...others.map((side) => side[i].placed)]) {
        made.placed.push(...pieces.map((p) => placedAt(p, made.rows)));
      }
      made.rows += lane.rows;
    });
    return made;
  }

  function placedAt(piece, rows) {
    const m = piece.key;
    const wide = mark.shape[m] === POINT && piece.right - piece.left > 2 * M.halfSign;
    const more = Math.max(piece.label.lines.length, 1) - 1;
    const height = M.oneLine + M.nextLine * more;
    const middle = rows + piece.row + (height - 1) / 2;
    const under = piece.bar ? (M.under + (more * M.line) / 2) / M.row : 0;
    return {
      ...piece, m, event: mark.event[m], shape: wide ? DAY : mark.shape[m], middle, height,
      lineY: middle + under, textY: middle - (piece.bar ? M.over / M.row : 0),
    };
  }

  // Where the sign of a mark stands: a bar's where it begins to be seen, or where it ends if only that is known.
  function signAt(p, low) {
    const flags = mark.flags[p.m];
    if (p.shape === SPAN && !(flags & OPENS_LEFT && !(flags & OPENS_RIGHT))) {
      return Math.max(mark.start[p.m], Math.min(low, mark.end[p.m]));
    }
    return labelAt(p.m);
  }

  return { arrange, signAt };
}

export function heightOf(sheet) {
  return M.top + Math.max(sheet.rows, 1) * M.row + M.bottom;
}

// A height in rows as pixels from the top.
export function yOf(rows) {
  return M.top + (rows + 0.5) * M.row;
}
