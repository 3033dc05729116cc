// What chooses among events: search, statuses, sources, names and lanes, each with its count.
import { folded } from "./data.js";
import { EMPTY } from "./state.js";
import { number } from "./texts.js";

const NAMES = { tag: "tags", person: "people", organisation: "organisations", place: "places" };
const LANES = ["story", "tag", "place", "person", "organisation", "source", "status"];
const LISTED = 400; // names in a list

export function createTools(data, usual, report) {
  const { index } = data;
  const { tools } = index.words;
  const get = (id) => document.getElementById(id);
  const boxes = Array.from(document.querySelectorAll("input[name=status]"));
  let searched = "";
  let found = null;

  function counted(dimension) {
    const { names, of } = index.names[dimension];
    const counts = names.map(() => 0);
    of.forEach((own) => own.forEach((n) => (counts[n] += 1)));
    return names.map((name, n) => ({ name, count: counts[n] })).sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  }

  function option(parent, value, text) {
    const element = document.createElement("option");
    element.value = value;
    element.textContent = text;
    parent.append(element);
  }

  const told = (one) => `${one.name} (${number(one.count, index.words)})`;

  function fill() {
    option(get("lanes"), "", tools.none);
    for (const dimension of LANES) {
      if (dimension === "status" ? new Set(index.status).size > 1 : index.names[dimension].names.length) {
        option(get("lanes"), dimension, tools["by_" + dimension]);
      }
    }
    option(get("tag"), "", tools.all);
    for (const [dimension, name] of Object.entries(NAMES)) {
      const group = document.createElement("optgroup");
      group.label = tools[name];
      counted(dimension).slice(0, LISTED).forEach((one) => option(group, `${dimension}:${one.name}`, told(one)));
      if (group.children.length) {
        get("tag").append(group);
      }
    }
    option(get("source"), "", tools.all);
    counted("source").slice(0, LISTED).forEach((one) => option(get("source"), one.name, told(one)));
    option(get("review"), "", tools.all);
    for (const [n, review] of index.reviews.entries()) {
      const count = index.review.reduce((sum, r) => sum + (r === n), 0);
      if (count) {
        option(get("review"), review, told({ name: index.words.reviews[review], count }));
      }
    }
    for (const id of ["source", "tag", "review", "lanes"]) {
      get(id).parentElement.hidden = get(id).querySelectorAll("option").length < 2;
    }
    boxes.forEach((box) => {
      box.hidden = false;
    });
  }

  function show(state) {
    for (const key of ["q", "review", "tag", "source", "lanes"]) {
      if (get(key) !== document.activeElement || get(key).value !== state[key]) {
        get(key).value = state[key];
      }
    }
    boxes.forEach((box) => {
      box.checked = !state.status || state.status.has(box.value);
    });
    const lane = get("lane");
    lane.replaceChildren();
    lane.parentElement.hidden = !state.lanes || state.lanes === "status";
    if (!lane.parentElement.hidden && index.names[state.lanes]) {
      option(lane, "", tools.all_lanes);
      counted(state.lanes).slice(0, LISTED).forEach((one) => option(lane, one.name, told(one)));
      lane.value = state.lane;
    }
  }

  function holds(dimension, name) {
    const { names, of } = index.names[dimension];
    const n = names.indexOf(name);
    return (e) => (of[e] || []).includes(n);
  }

  // Which events fit what is asked: 1 for each that does.
  async function choose(state) {
    if (state.q !== searched) {
      const words = folded(state.q).split(/\s+/).filter(Boolean);
      found = words.length ? (await data.searchable())(words) : null;
      searched = state.q;
    }
    const tests = [];
    if (found) {
      const hits = found;
      tests.push((e) => hits[e]);
    }
    if (state.status) {
      tests.push((e) => state.status.has(index.statuses[index.status[e]]));
    }
    if (state.review) {
      tests.push((e) => index.reviews[index.review[e]] === state.review);
    }
    if (state.tag.includes(":")) {
      const [dimension, ...name] = state.tag.split(":");
      if (dimension in NAMES) {
        tests.push(holds(dimension, name.join(":")));
      }
    }
    if (state.source) {
      tests.push(holds("source", state.source));
    }
    if (state.lane && state.lanes in index.names) {
      tests.push(holds(state.lanes, state.lane));
    }
    return Uint8Array.from(index.id, (_, e) => (tests.every((test) => test(e)) ? 1 : 0));
  }

  let typing = 0;
  get("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => report({ q: get("q").value }), 80);
  });
  get("q").addEventListener("focus", () => data.searchable(), { once: true });
  for (const key of ["review", "tag", "source", "lanes", "lane"]) {
    get(key).addEventListener("change", () => report({ [key]: get(key).value }));
  }
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const on = boxes.filter((b) => b.checked).map((b) => b.value);
      report({ status: on.length === boxes.length ? null : new Set(on) });
    });
  }
  get("filters").addEventListener("click", () => {
    get("filters").setAttribute("aria-expanded", String(get("side").classList.toggle("opened")));
  });
  get("tools").addEventListener("submit", (event) => event.preventDefault());
  get("choices").addEventListener("submit", (event) => event.preventDefault());
  get("clear").addEventListener("click", () => report({ ...EMPTY, lanes: usual }));

  return { fill, show, choose };
}
