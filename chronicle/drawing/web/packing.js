// Marks and their labels in rows in order of time; what has no room is gathered into counted clusters. The same as packing.py.
import M from "./measures.json" with { type: "json" };

function height(piece) {
  return M.oneLine + M.nextLine * (Math.max(piece.label.lines.length, 1) - 1);
}

// Where a piece's label stands, and from where to where all of it reaches.
function measured(piece, room) {
  const { width } = piece.label;
  if (piece.bar) {
    piece.side = "above";
    piece.text = piece.at >= 0 && piece.at <= room ? Math.max(Math.min(piece.at, room - width), 0) : piece.at;
    piece.first = Math.min(piece.left, piece.text);
    piece.last = Math.max(piece.right, piece.text + width);
    return;
  }
  const before = Math.min(piece.left, piece.at - M.halfSign);
  const after = Math.max(piece.right, piece.at + M.halfSign);
  piece.side = "right";
  piece.text = after + M.labelGap;
  piece.first = before;
  piece.last = piece.text + width;
  if (piece.last > room && piece.at <= room && before - M.labelGap - width >= 0) {
    piece.side = "left";
    piece.text = before - M.labelGap - width;
    piece.first = piece.text;
    piece.last = after;
  }
}

// The pieces for which there is room, the heaviest first, and the others.
function choose(pieces, mostRows, room, measure) {
  const used = new Map();
  const at = (bin) => used.get(bin) || 0;
  const chosen = [];
  const rest = [];
  const bin = (px) => Math.floor(px / M.bin);
  for (const piece of pieces.slice().sort((a, b) => b.weight - a.weight || a.at - b.at || a.key - b.key)) {
    if (at(bin(piece.at)) + M.oneLine > mostRows) {
      rest.push(piece);
      continue;
    }
    piece.label = measure(piece.key);
    measured(piece, room);
    const low = bin(Math.max(piece.first, -room));
    const high = bin(Math.min(piece.last, 2 * room));
    const rows = height(piece);
    let fits = true;
    for (let b = low; b <= high && fits; b++) {
      fits = at(b) + rows <= mostRows;
    }
    if (!fits) {
      rest.push(piece);
      continue;
    }
    for (let b = low; b <= high; b++) {
      used.set(b, at(b) + rows);
    }
    chosen.push(piece);
  }
  return [chosen, rest];
}

function place(piece, ends, firstRow, mostRows) {
  const rows = height(piece);
  const taken = (row) => {
    for (let r = row; r < Math.min(row + rows, ends.length); r++) {
      if (ends[r] > piece.first) {
        return true;
      }
    }
    return false;
  };
  let row = firstRow;
  while (row < ends.length && taken(row)) {
    row += 1;
  }
  if (row + rows > mostRows) {
    return false;
  }
  piece.row = row;
  while (ends.length < row + rows) {
    ends.push(-Infinity);
  }
  ends.fill(piece.last + M.gap, row, row + rows);
  return true;
}

// Clusters cut at the edges of the chart; one too narrow to be read there is one with its neighbour.
function joined(clusters, room) {
  const found = [];
  for (const cluster of clusters) {
    if (cluster.left < 0 && cluster.right > 0) {
      cluster.left = 0;
    }
    if (cluster.left < room && cluster.right > room) {
      cluster.right = room;
    }
    const before = found[found.length - 1];
    const narrow = Math.min(cluster.right - cluster.left, before ? before.right - before.left : room) < M.minPill;
    if (before && narrow && before.right === cluster.left) {
      found[found.length - 1] = {
        left: before.left, right: cluster.right, keys: before.keys.concat(cluster.keys), stretch: [before.stretch[0], cluster.stretch[1]],
      };
    } else {
      found.push(cluster);
    }
  }
  return found;
}

function stretchOf(stretches, at) {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle] <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(low - 1, 0);
}

export function pack(pieces, mostRows, room, stretches, measure) {
  const [chosen, rest] = choose(pieces, mostRows, room, measure);
  const placed = [];
  const ends = [];
  for (const piece of chosen.sort((a, b) => a.at - b.at || a.key - b.key)) {
    (place(piece, ends, 0, mostRows) ? placed : rest).push(piece);
  }
  const gathered = new Map();
  for (const piece of rest) {
    const number = stretchOf(stretches, piece.at);
    if (!gathered.has(number)) {
      gathered.set(number, []);
    }
    gathered.get(number).push(piece);
  }
  const spare = ends.length;
  let clusters = [];
  for (const number of Array.from(gathered.keys()).sort((a, b) => a - b)) {
    const own = gathered.get(number).sort((a, b) => a.at - b.at || a.key - b.key);
    if (own.length <= M.few) {
      for (const piece of own) {
        piece.label = measure(piece.key);
        measured(piece, room);
        place(piece, ends, spare, Infinity);
        placed.push(piece);
      }
    } else {
      clusters.push({
        left: stretches.length ? stretches[number] : 0,
        right: number + 1 < stretches.length ? stretches[number + 1] : room,
        keys: own.map((p) => p.key),
        stretch: [number, number],
      });
    }
  }
  clusters = joined(clusters, room);
  return { placed, clusters, rows: placed.reduce((most, p) => Math.max(most, p.row + height(p)), 0) };
}

export function packLanes(lanes, mostRows, room, stretches, measure) {
  const packed = lanes.map((pieces) => pack(pieces, mostRows, room, stretches, measure));
  if (packed.reduce((sum, p) => sum + p.rows, 0) <= mostRows) {
    return packed;
  }
  const share = Math.max(M.fewestRows, Math.floor(mostRows / lanes.length));
  return packed.map((p, i) => (p.rows <= share ? p : pack(lanes[i], share, room, stretches, measure)));
}
