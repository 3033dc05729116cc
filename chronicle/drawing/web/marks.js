// Marks: where an event stands on the axis, as timeline/marks.py made it, and how its open ends fade.
const Marks = (() => {
  const [, SPAN, WITHIN, DAY] = [0, 1, 2, 3]; // a DAY is a moment seen from so near that it has a width
  const [OPENS_LEFT, OPENS_RIGHT, VAGUE] = [1, 2, 4];
  const FADING = [0.55, 0.3, 0.12];
  const YEAR = 365.2425 * 86_400_000;
  const DAY_ONE = -62_135_596_800_000; // 0001-01-01

  function create(index) {
    const mark = index.mark;

    function axisValue(ms) {
      if (index.plainYears) {
        return (ms - DAY_ONE) / YEAR + 1;
      }
      const text = new Date(ms).toISOString().slice(0, -1).replace("T", " ");
      return text.replace(/^([+-])00(\d{4})/, (_, sign, year) => (sign === "-" ? "-" : "") + year);
    }

    function fromAxis(value) {
      return index.plainYears ? (value - 1) * YEAR + DAY_ONE : value;
    }

    function labelAt(m) {
      const flags = mark.flags[m];
      if (flags & OPENS_LEFT && !(flags & OPENS_RIGHT)) {
        return mark.end[m];
      }
      return mark.shape[m] === SPAN || flags & OPENS_RIGHT ? mark.start[m] : (mark.start[m] + mark.end[m]) / 2;
    }

    function fades(m) {
      const [start, end, flags] = [mark.start[m], mark.end[m], mark.flags[m]];
      const length = end - start;
      let pieces = [[start, end, 1]];
      if (flags & OPENS_RIGHT) {
        const solid = m in mark.known ? mark.known[m] : end - length * 0.3;
        const third = (end - solid) / 3;
        pieces = [[start, solid, 1], ...FADING.map((s, i) => [solid + third * i, solid + third * (i + 1), s])];
      }
      if (flags & OPENS_LEFT) {
        const [, first, strength] = pieces.shift();
        pieces = [
          [start + length * 0.3, first, strength],
          ...pieces,
          ...FADING.map((s, i) => [start + length * 0.1 * (2 - i), start + length * 0.1 * (3 - i), s]),
        ];
      }
      return pieces.filter(([a, b]) => b > a);
    }

    return { axisValue, fromAxis, labelAt, fades };
  }

  return { SPAN, WITHIN, DAY, OPENS_LEFT, OPENS_RIGHT, VAGUE, create };
})();
