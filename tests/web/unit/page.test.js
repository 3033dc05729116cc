// What the page's modules compute by themselves.
import assert from "node:assert/strict";
import test from "node:test";
import { createSearch, folded, stripped } from "../../../chronicle/drawing/web/data.js";
import { createMarks, OPENS_LEFT, OPENS_RIGHT, SPAN } from "../../../chronicle/drawing/web/marks.js";
import { EMPTY, read, stamp, unstamp, written } from "../../../chronicle/drawing/web/state.js";
import { counted, filled, short } from "../../../chronicle/drawing/web/texts.js";
import { bytes, unpack } from "../../../chronicle/drawing/web/unpack.js";

test("search finds the events whose texts hold all words", () => {
  const find = createSearch(["zurich met", "a strike in zurich", "", "zurich zurich met"]);
  assert.deepEqual(Array.from(find(["zurich"])), [1, 1, 0, 1]);
  assert.deepEqual(Array.from(find(["zurich", "met"])), [1, 0, 0, 1]);
  assert.deepEqual(Array.from(find(["nothing"])), [0, 0, 0, 0]);
  assert.deepEqual(Array.from(find(["met\na"])), [1, 0, 0, 0]);
});

test("texts are folded and stripped", () => {
  assert.equal(folded("Zürich ÉCOLE"), "zurich ecole");
  assert.equal(stripped("<p>a &lt;b&gt; &amp; c</p><summary>no</summary>").replace(/\s+/g, " ").trim(), "a <b> & c");
});

test("a state is what its address says", () => {
  const isEvent = (id) => ["talks", "a b/c", "ev-x"].includes(id);
  for (const change of [{}, { event: "talks" }, { event: "a b/c" }, { q: "a&b=c", status: new Set(["planned"]) }, { view: [0, 86_400_000], event: "talks" }, { lanes: "tag", lane: "x" }]) {
    const state = { ...EMPTY, ...change };
    assert.deepEqual(read(written(state, ""), isEvent, ""), state);
  }
  assert.equal(read("talks", isEvent, "").event, "talks");
  assert.equal(read("ev-ev-x", isEvent, "").event, "ev-x");
  assert.equal(read("%E0%A4%A", isEvent, "").event, "");
  for (const ms of [0, -62_198_755_200_000, 1.6e12 + 5000, -1.45e20]) {
    assert.ok(Math.abs(unstamp(stamp(ms)) - ms) <= Math.abs(ms) * 1e-9 + 1000);
  }
});

test("open ends fade from what is known of them", () => {
  const index = { mark: { start: [0, 0], end: [100, 100], shape: [SPAN, SPAN], flags: [OPENS_RIGHT, OPENS_LEFT], solid: { 0: [0, 40], 1: [100, 100] } } };
  const { pieces, labelAt } = createMarks(index);
  assert.deepEqual(pieces(0)[0], [0, 40, 1]);
  assert.deepEqual(pieces(0).map((p) => p[2]), [1, 0.86, 0.7, 0.55, 0.4, 0.26, 0.12]);
  assert.equal(pieces(0).at(-1)[1], 100);
  assert.equal(pieces(1).length, 6);
  assert.equal(labelAt(1), 100);
});

test("numbers in texts", () => {
  const words = { chart: { thousands: "," }, list: { events_one: "{n} event", events_other: "{n} events" } };
  assert.equal(counted(words, "list", "events", 1), "1 event");
  assert.equal(counted(words, "list", "events", 1234567), "1,234,567 events");
  assert.equal(filled("{a} {b} {a}", { a: "$&", b: "{a}" }).includes("$&"), true);
  assert.deepEqual([999, 1234, 99_999].map(short), ["999", "1.2k", "100k"]);
});

test("what Python packs is unpacked", async () => {
  assert.deepEqual(Array.from(bytes("XlWq")), [104, 105, 33]);
  assert.equal(await unpack("ABzY8000000t2f$yr(ELIYURmrX(>ZyVy=aO(8eGC=~#?g_!#n0000"), "zürich, <talks> & more");
});
