// What stands in Python and in JavaScript does the same: both are tested with ../cases.json (Python's side: tests/test_page_scripts.py).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { axis, civil, momentName } from "../../../chronicle/drawing/web/axis.js";
import { fit } from "../../../chronicle/drawing/web/labels.js";
import { pack } from "../../../chronicle/drawing/web/packing.js";

const cases = JSON.parse(readFileSync(new URL("../cases.json", import.meta.url), "utf-8"));

test("the axis", () => {
  for (const { low, high, room, is } of cases.axis) {
    const made = axis(low, high, room, cases.words);
    const told = { unit: made.unit, minor: made.minor.map((t) => [t.at, t.label, t.name]), major: made.major.map((t) => [t.at, t.label]) };
    assert.deepEqual(told, is);
  }
});

test("names of places", () => {
  for (const { at, length, is } of cases.moment) {
    assert.equal(momentName(at, length, cases.words), is);
  }
});

test("titles in lines", () => {
  for (const { text, one, most, factor, is } of cases.fit) {
    const made = fit(text, one, most, factor);
    assert.deepEqual([made.lines, made.cut], [is[0], is[2]], text);
    assert.ok(Math.abs(made.width - is[1]) < 0.01, text);
  }
});

test("packing", () => {
  for (const { pieces, rows, room, stretches, is } of cases.pack) {
    const made = pieces.map(([key, left, right, at, weight, bar]) => ({ key, left, right, at, weight, bar }));
    const measure = (key) => ({ lines: new Array(pieces[key][6]).fill("x"), width: pieces[key][7] });
    const done = pack(made, rows, room, stretches, measure);
    const placed = done.placed.map((p) => [p.key, p.row, p.side, Math.round(p.text * 100) / 100]).sort((a, b) => a[0] - b[0]);
    assert.equal(done.rows, is.rows);
    assert.deepEqual(placed.map((p) => p.slice(0, 3)), is.placed.map((p) => p.slice(0, 3)));
    placed.forEach((p, i) => assert.ok(Math.abs(p[3] - is.placed[i][3]) < 0.02));
    assert.deepEqual(done.clusters.map((c) => [c.left, c.right, c.keys, c.stretch]), is.clusters);
  }
});

test("days of any year", () => {
  for (const [ms, wanted] of [[0, [1970, 1, 1]], [-1, [1969, 12, 31]], [951_782_400_000, [2000, 2, 29]], [-62_167_219_200_000, [0, 1, 1]]]) {
    const { year, month, day } = civil(ms);
    assert.deepEqual([year, month, day], wanted);
  }
  for (let n = 0; n < 2000; n++) {
    const ms = (n * 7919 - 5_000_000) * 86_400_000;
    const date = new Date(ms);
    const { year, month, day } = civil(ms);
    assert.deepEqual([year, month, day], [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
  }
});
