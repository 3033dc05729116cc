// The page: one state, and the views that show it: chart, overview, chronology, card and tools, kept in step and in the address.
import { momentName } from "./axis.js";
import { createCard } from "./card.js";
import { createChart } from "./chart.js";
import { load } from "./data.js";
import { listenToKeys } from "./keys.js";
import { createList } from "./list.js";
import { createMarks } from "./marks.js";
import { createOverview } from "./overview.js";
import { listenToPrinting } from "./print.js";
import { EMPTY, read, written } from "./state.js";
import { counted, filled, number } from "./texts.js";
import { createTip } from "./tip.js";
import { createTools } from "./tools.js";

const PHONE = 700; // pixels: narrower windows begin with the chronology
const get = (id) => document.getElementById(id);
const html = document.documentElement;
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function main() {
  const data = await load();
  const { index } = data;
  const { words } = index;
  const usual = index.group || "";
  const { labelAt } = createMarks(index);
  const markOf = new Map(index.mark.event.map((e, m) => [e, m]));
  const isEvent = (id) => data.number.has(id);

  let state = read(location.hash.slice(1), isEvent, usual);
  let mask = new Uint8Array(index.id.length).fill(1);
  let order = [];

  const chosenNumber = () => (state.event ? data.number.get(state.event) : undefined);
  const listing = () => innerWidth < PHONE && !html.classList.contains("charted");

  function inView(e) {
    const m = markOf.get(e);
    return !state.view || listing() || (m !== undefined && index.mark.end[m] > state.view[0] && index.mark.start[m] < state.view[1]);
  }

  function listed() {
    order = [];
    for (let e = 0; e < index.id.length; e++) {
      if (mask[e] && inView(e)) {
        order.push(e);
      }
    }
    const all = index.id.length;
    let text = order.length === all ? counted(words, "list", "events", all) : counted(words, "tools", "shown", order.length, { all: number(all, words) });
    if (state.view && !listing()) {
      const [first, last] = state.view.map((ms) => momentName(ms, state.view[1] - state.view[0], words.axis));
      text += ", " + filled(words.tools.between, { first, last });
    }
    get("count").textContent = text;
    const hits = mask.reduce((sum, on) => sum + on, 0);
    get("hits").textContent = hits === all ? "" : " · " + counted(words, "tools", "shown", hits, { all: number(all, words) });
    get("nohits").hidden = mask.some(Boolean) || !all;
  }

  // --- in step

  // What is still being done; "data-busy" tells that something is.
  const doing = new Set();
  function busy(what, on) {
    doing[on ? "add" : "delete"](what);
    html.toggleAttribute("data-busy", doing.size > 0);
  }

  let due = 0;
  function remember() {
    clearTimeout(due);
    busy("address", true);
    due = setTimeout(() => {
      busy("address", false);
      const fragment = written(state, usual);
      const address = location.href.split("#")[0] + (fragment ? "#" + fragment : "");
      if (address !== location.href) {
        history.replaceState(null, "", address);
      }
    }, 120);
  }

  let listDue = 0;
  function setView(view) {
    state = { ...state, view };
    overview.show(view || index.view);
    chart.show(state, mask);
    clearTimeout(listDue);
    busy("list", true);
    listDue = setTimeout(async () => {
      listed();
      await list.show(order, chosenNumber());
      busy("list", false);
    }, 150);
    remember();
  }

  async function update(change) {
    busy("update", true);
    state = { ...state, ...change };
    if ("lanes" in change && !("lane" in change)) {
      state.lane = "";
    }
    tools.show(state);
    mask = await tools.choose(state);
    listed();
    overview.draw(mask);
    overview.show(state.view || index.view);
    await chart.show(state, mask);
    await list.show(order, chosenNumber());
    list.mark(chosenNumber() ?? null);
    follow();
    remember();
    busy("update", false);
  }

  // Everything: no filters, no search, the first view.
  function whole() {
    return update({ ...EMPTY, lanes: usual, event: state.event });
  }

  // Choose an event: mark it in the chart and the list, and open its card where it is not the card itself that was chosen.
  async function select(e, { open = true, sight = true } = {}) {
    state = { ...state, event: e === null ? "" : index.id[e] };
    const opened = open && e !== null ? card.open(e) : card.close();
    list.mark(e);
    remember();
    if (e !== null && !listing()) {
      chart.bring(e);
    }
    await chart.show(state, mask);
    await opened;
    if (e !== null && sight) {
      if (listing()) {
        list.go(e, false);
      } else {
        chart.sight(e);
      }
    }
  }

  function step(way) {
    const chosen = [];
    for (let e = 0; e < index.id.length; e++) {
      if (mask[e]) {
        chosen.push(e);
      }
    }
    const at = chosen.indexOf(chosenNumber());
    const begin = way > 0 ? order[0] : order[order.length - 1];
    const next = at < 0 ? begin : chosen[at + way];
    if (next !== undefined) {
      select(next);
    }
  }

  function enter() {
    const e = chosenNumber();
    if (e !== undefined) {
      chart.bring(e);
      chart.closer(e);
    }
  }

  // --- on a phone: the brush follows the chronology

  function follow() {
    overview.list(listing());
    if (!listing()) {
      return;
    }
    const sight = list.inSight(get("under").getBoundingClientRect().bottom);
    const places = sight ? sight.map((e) => markOf.get(e)).filter((m) => m !== undefined).map(labelAt) : [];
    overview.show(places.length ? [Math.min(...places), Math.max(...places)] : index.view);
  }

  // The first event of the list at or after a time.
  function goTo(ms) {
    const e = order.find((number) => markOf.has(number) && labelAt(markOf.get(number)) >= ms) ?? order[order.length - 1];
    if (e !== undefined) {
      list.go(e, false);
    }
  }

  async function turn(charted) {
    html.classList.toggle("charted", charted);
    get("turn").setAttribute("aria-pressed", String(charted));
    if (charted) {
      await chart.start();
      overview.show(state.view || index.view);
    } else {
      listed();
      await list.show(order, chosenNumber());
    }
    follow();
  }

  const tip = createTip(data);
  const card = createCard(data);
  const list = createList(data);
  const overview = createOverview(index, labelAt, { view: setView, go: goTo });
  const chart = createChart(index, { view: setView, choose: (e) => select(e, { sight: false }), point: tip.point, leave: tip.leave });
  const tools = createTools(data, usual, update);
  document.querySelectorAll(".scripted").forEach((element) => element.classList.remove("scripted"));
  tools.fill();

  // --- buttons and keys

  const close = () => {
    select(null);
    get("chart").focus({ preventScroll: true });
  };
  const actions = {
    "zoom-in": () => chart.zoom(0.5), "zoom-out": () => chart.zoom(2), whole,
    "card-previous": () => step(-1), "card-next": () => step(1), "card-close": close, "card-chart": enter,
    "card-list": () => list.go(chosenNumber()),
    turn: () => turn(!html.classList.contains("charted")),
  };
  for (const [id, action] of Object.entries(actions)) {
    get(id).addEventListener("click", action);
  }
  listenToKeys({
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), "+": () => chart.zoom(0.5), "=": () => chart.zoom(0.5), "-": () => chart.zoom(2),
    0: whole, "/": () => get("q").focus(), Escape: close, Enter: enter,
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("h4 a, a.to, a.mark, a.pill, a.edge");
    const id = link && decodeURIComponent((link.getAttribute("href") || (link.href && link.href.baseVal) || "").slice(1)).replace(/^ev-/, "");
    if (link && isEvent(id)) {
      event.preventDefault();
      const inList = Boolean(link.closest("#entries")) && !link.matches(".to");
      select(data.number.get(id), { open: !inList || listing(), sight: link.matches(".to, .edge") });
    }
  });

  window.addEventListener("hashchange", async () => {
    await update(read(location.hash.slice(1), isEvent, usual));
    await arrive();
  });
  window.addEventListener("scroll", follow, { passive: true });
  let wide = innerWidth;
  window.addEventListener("resize", () => {
    if (innerWidth !== wide) {
      wide = innerWidth;
      begin();
      chart.redraw();
      follow();
    }
  });
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => chart.redraw());
  }
  listenToPrinting(() => chart.still());

  async function arrive() {
    const e = chosenNumber();
    if (e !== undefined) {
      await select(e);
    }
  }

  // Plotly is loaded once the first picture stands, and on a phone not before the chart is asked for.
  let begun = null;
  function begin() {
    if (!begun && index.mark.event.length && (innerWidth >= PHONE || html.classList.contains("charted"))) {
      begun = nextFrame()
        .then(() => chart.start())
        .then(() => (html.dataset.plotted = "true"))
        .catch((error) => console.error(error.message));
    }
    return begun;
  }

  await update({});
  await begin();
  if (state.event) {
    // the browser has its own way with an address that names an event: it scrolls the list, once all is loaded
    if (document.readyState !== "complete") {
      await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
    }
    await nextFrame();
    await arrive();
  }
  html.dataset.ready = "true";
  if (data.packed) {
    (window.requestIdleCallback || setTimeout)(() => data.searchable());
  }
}

// what the script needs stands after it in the document
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", main);
} else {
  main();
}
