// Marks and their labels in rows where none touches another; stretches too dense for the rows become clusters. The same as packing.py.
const Packing = (() => {
  const BIN = 48;
  const GAP = 10;
  const HALF_SIGN = 8;
  const NARROW_GAP = 2; // after a piece without a label
  const FEWEST_ROWS = 5;
  const FEW = 2;

  function left(piece) {
    return Math.min(piece.left, piece.at - HALF_SIGN);
  }

  function bare(piece) {
    return Math.max(piece.right, piece.at + HALF_SIGN);
  }

  // How far a piece reaches with its label, if it has one.
  function reach(piece) {
    return piece.labelled ? Math.max(bare(piece), piece.at + HALF_SIGN + piece.label) : bare(piece);
  }

  function end(piece) {
    return reach(piece) + (piece.labelled ? GAP : NARROW_GAP);
  }

  function place(piece, ends, mostRows, withLabel) {
    const start = left(piece);
    const free = ends.findIndex((e) => e <= start);
    const row = free < 0 ? ends.length : free;
    if (row >= mostRows) {
      return false;
    }
    piece.row = row;
    piece.labelled = withLabel && piece.label > 0;
    ends[row] = end(piece);
    return true;
  }

  function pack(pieces, mostRows) {
    const bins = new Map();
    for (const piece of pieces) {
      const bin = Math.floor(piece.at / BIN);
      if (!bins.has(bin)) {
        bins.set(bin, []);
      }
      bins.get(bin).push(piece);
    }
    const placed = [];
    const clusters = [];
    const ends = [];
    const last = [];
    for (const bin of Array.from(bins.keys()).sort((a, b) => a - b)) {
      const stretch = bins.get(bin).sort((a, b) => a.left - b.left || a.at - b.at);
      const fits = [[true, false], [false, false], [false, true]].some(([withLabel, stripping]) => {
        const tried = stripping ? ends.map((e, r) => Math.min(e, bare(last[r]) + NARROW_GAP)) : ends.slice();
        const rows = stretch.length <= FEW && stripping ? Infinity : mostRows;
        return stretch.every((piece) => place(piece, tried, rows, withLabel));
      });
      if (!fits) {
        clusters.push({ at: stretch.reduce((sum, p) => sum + p.at, 0) / stretch.length, keys: stretch.map((p) => p.key) });
        continue;
      }
      for (const piece of stretch) {
        if (piece.row < last.length) {
          // the earlier piece of a row gives up its label where this one stands in it
          last[piece.row].labelled &&= ends[piece.row] <= left(piece);
        }
        last[piece.row] = piece;
        ends[piece.row] = end(piece);
      }
      placed.push(...stretch);
    }
    for (const piece of placed) {
      piece.reach = reach(piece);
    }
    return { placed, clusters, rows: placed.reduce((most, p) => Math.max(most, p.row + 1), 0) };
  }

  function packLanes(lanes, mostRows) {
    const packed = lanes.map((pieces) => pack(pieces, mostRows));
    if (packed.reduce((sum, p) => sum + p.rows, 0) <= mostRows) {
      return packed;
    }
    const share = Math.max(FEWEST_ROWS, Math.floor(mostRows / lanes.length));
    return packed.map((p, i) => (p.rows <= share ? p : pack(lanes[i], share)));
  }

  return { packLanes };
})();
