// The queue: which events there are, filtered, in the order in which they are decided.
import { ask } from "./api.js";
import { bring, byId, el, fill, options } from "./dom.js";

const FILTERS = ["review", "status", "doubts", "story", "source", "time", "text"];
const PAGE = 200;
export const queue = { rows: [], total: 0, current: null };

export const filters = () => Object.fromEntries(FILTERS.map((name) => [name, byId(`f-${name}`).value.trim()]));

export function setUp(about, changed) {
  const all = (names) => [["", "all"], ...names.map((name) => [name, name])];
  options(byId("f-review"), all(about.reviews), "proposed");
  options(byId("f-status"), all(about.statuses));
  options(byId("f-doubts"), [["", "all"], ["any", "doubtful"], ["none", "none"], ...Object.keys(about.doubts).map((d) => [d, d])]);
  options(byId("f-story"), all(about.stories));
  options(byId("f-source"), all(about.sources));
  let timer = 0;
  for (const name of FILTERS) {
    byId(`f-${name}`).addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(changed, ["time", "text"].includes(name) ? 250 : 0);
    });
  }
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
}

export async function load(keep = false) {
  const limit = keep ? Math.max(PAGE, Math.min(1000, queue.rows.length)) : PAGE;
  const said = await ask("queue", { ...filters(), limit });
  queue.rows = said.events;
  queue.total = said.total;
  return said;
}

export async function more() {
  const said = await ask("queue", { ...filters(), offset: queue.rows.length, limit: PAGE });
  queue.rows.push(...said.events);
  queue.total = said.total;
}

export function draw(open) {
  const place = byId("entries");
  fill(place, ...queue.rows.map((row) => entry(row, open)));
  byId("total").textContent = queue.total === 1 ? "1 event" : `${queue.total} events`;
  byId("more").hidden = queue.rows.length >= queue.total;
  bring(byId("queue"), place.querySelector("[aria-current]"));
}

function entry(row, open) {
  const here = row.key === queue.current;
  const doubts = row.doubts ? ` · ${row.doubts === 1 ? "1 doubt" : `${row.doubts} doubts`}` : "";
  return el("li", { "data-key": row.key, "aria-current": here ? "true" : null, onclick: () => open(row.key) },
    el("span", { class: "review" }, row.review),
    el("span", { class: "when" }, `${row.when} · ${row.status}${doubts}`),
    el("span", { class: "title" }, row.title));
}

export function put(row) {
  const at = queue.rows.findIndex((known) => known.key === row.key);
  if (at >= 0) queue.rows[at] = row;
}

export const versionOf = (key) => queue.rows.find((row) => row.key === key)?.version ?? "";

export function beside(step) {
  const at = queue.rows.findIndex((row) => row.key === queue.current);
  const to = at < 0 ? 0 : at + step;
  return queue.rows[to]?.key ?? null;
}
