// Dialogs: what needs more than a key. Each fills the one dialog of the page, and closes it when it is done.
import { ask, send } from "./api.js";
import { byId, button, el, fill, notice } from "./dom.js";
import { filters, queue } from "./queue.js";

const CHOSEN = ["title", "when", "status", "who", "whom", "according_to"];
const dialog = () => byId("dialog");
export const isOpen = () => dialog().open;
export const close = () => dialog().close();

function open(heading, ...children) {
  fill(dialog(), el("h2", { id: "dialog-heading" }, heading), ...children);
  if (!dialog().open) dialog().showModal();
}

function buttons(...made) {
  return el("div", { class: "buttons" }, ...made, button("Close", "Esc", close));
}

function field(id, label, value = "", hint = "") {
  return el("div", { class: "field" }, el("label", { for: id }, label), el("input", { id, type: "text", value, autocomplete: "off" }),
    el("div", { class: "told", id: `${id}-told`, "aria-live": "polite" }, hint));
}

// A date in a dialog is read while it is typed, as in the proposal.
function readAlong(id, key) {
  const input = byId(id);
  input.addEventListener("input", async () => {
    const text = input.value.trim();
    const told = text ? await ask("reading", { text, key }).catch((error) => ({ error: error.message })) : { told: "" };
    if (byId(`${id}-told`)) byId(`${id}-told`).textContent = told.error ?? (told.when ? `${told.told} (${told.when})` : "");
  });
}

async function doing(work) {
  try {
    await work();
    close();
  } catch (error) {
    const place = byId("dialog-error") ?? dialog().appendChild(el("p", { id: "dialog-error", class: "bad", role: "alert" }));
    place.textContent = error.message;
  }
}

export function keys(list) {
  open("Keys", el("table", {}, ...list.map(([key, text]) => el("tr", {}, el("td", {}, el("kbd", {}, key)), el("td", {}, text)))), buttons());
}

export async function changes() {
  const told = await ask("changes");
  if (!told.diff) {
    open("Nothing has changed since this page was opened", buttons());
    return;
  }
  open("What has changed since chronicle curate was started", el("h3", {}, "For git"), el("pre", { id: "summary", tabindex: "0" }, told.summary),
    el("h3", {}, "Difference"), el("pre", { id: "diff", tabindex: "0" }, told.diff),
    buttons(button("Copy the summary", null, () => navigator.clipboard.writeText(told.summary).then(() => notice("copied")))));
}

export async function acceptMany(done) {
  const asked = { ...filters(), review: "proposed" };
  const said = await ask("queue", { ...asked, limit: 1000 });
  if (!said.total) {
    open("No proposed event fits the filters", buttons());
    return;
  }
  const rows = said.events;
  const left = said.total > rows.length ? `, the first ${rows.length} of ${said.total}` : "";
  open(`Accept ${rows.length} proposed event${rows.length === 1 ? "" : "s"}${left}`,
    el("p", {}, "These fit the filters as they are set:"),
    el("ul", { class: "list", tabindex: "0" }, ...rows.map((row) => el("li", {}, `${row.when}: ${row.title}${row.doubts ? " (doubtful)" : ""}`))),
    buttons(button(`Accept all ${rows.length}`, null, () => doing(async () => {
      done(await send("decide", { act: "mark", review: "confirmed", events: rows.map((row) => [row.key, row.version]) }));
    }), { class: "main", id: "accept-all" })));
}

export function add(marked, log, done) {
  const hint = marked ? "Counted from the article's date" : "In words or EDTF: 14 March 2023";
  open(marked ? "Add an event of the marked words" : "Add an event",
    marked ? el("blockquote", {}, marked.text) : null,
    field("n-title", "Title", marked ? marked.text.replace(/\s+/g, " ").trim().slice(0, 120) : ""), field("n-when", "Date", "", hint),
    buttons(button("Add it", null, () => doing(async () => {
      const fields = { title: byId("n-title").value, when: byId("n-when").value };
      done(await send("decide", { act: "add", log, fields, ...(marked ? { marked } : {}) }));
    }), { class: "main", id: "add-it" })));
  readAlong("n-when", marked ? queue.current : null);
  byId("n-title").focus();
}

export function split(event, done) {
  const { record } = event;
  open("Split an event that tells two", el("p", { class: "told" }, "Both keep the sources."),
    field("s-title", "First", record.title), field("s-title2", "Second"), field("s-when2", "Second's date", record.when ?? ""),
    buttons(button("Split it", null, () => doing(async () => {
      const fields = byId("s-title").value === record.title ? null : { title: byId("s-title").value };
      const second = { title: byId("s-title2").value, ...(byId("s-when2").value ? { when: byId("s-when2").value } : {}) };
      done(await send("decide", { act: "split", events: [[event.key, event.version]], fields, second }));
    }), { class: "main", id: "split-it" })));
  readAlong("s-when2", event.key);
  byId("s-title2").focus();
}

// Choosing the other event of two: what conflicts and is related first, then what a search finds.
function choosing(heading, event, chosen) {
  const list = el("ul", { class: "list", id: "candidates" });
  const search = el("input", { id: "c-text", type: "search", autocomplete: "off" });
  const put = (rows) => fill(list, ...rows.filter((row) => row.key !== event.key).map((row) => el("li", {}, button(`${row.when}: ${row.title}`, null, () => chosen(row)))));
  const near = [...event.conflicts, ...event.related, ...event.pointing];
  const at = queue.rows.findIndex((row) => row.key === event.key);
  put([...new Map([...near, ...queue.rows.slice(Math.max(0, at - 5), at + 6)].map((row) => [row.key, row])).values()]);
  search.addEventListener("input", async () => put(search.value.trim() ? (await ask("queue", { text: search.value.trim(), limit: 50 })).events : near));
  open(heading, el("div", { class: "field" }, el("label", { for: "c-text" }, "Find it by its words"), search), list, buttons());
  search.focus();
}

export function merge(event, done) {
  choosing("Merge this event with which?", event, (row) => sides(event, row.key, done));
}

async function sides(event, key, done) {
  const other = await ask("event", { key });
  const rows = [];
  for (const name of CHOSEN) {
    const [one, two] = [event.record[name] ?? "", other.record[name] ?? ""];
    if (one === two) continue;
    const pick = (value, text, checked) => el("label", { class: "side" }, el("input", { type: "radio", name: `m-${name}`, value, checked }), ` ${text || "nothing"}`);
    rows.push(el("span", { class: "name" }, name === "when" ? "date" : name), pick("this", one, true), pick("other", two, false));
  }
  const quote = (one) => el("blockquote", { class: "side" }, one.record.sources?.[0]?.quote ?? "");
  open("Make one event of two", el("div", { class: "sides" }, el("span", { class: "name" }, "quote"), quote(event), quote(other), ...rows),
    el("p", { class: "told" }, "The sources of both are kept; what pointed at the second points at the first."),
    buttons(button("Make one of them", null, () => doing(async () => {
      const take = CHOSEN.filter((name) => dialog().querySelector(`[name="m-${name}"]:checked`)?.value === "other");
      done(await send("decide", { act: "merge", events: [[event.key, event.version], [other.key, other.version]], take }));
    }), { class: "main", id: "merge-it" })));
  byId("merge-it").focus();
}

export function settle(event, row, done) {
  const keep = (which) => () => doing(async () => {
    done(await send("decide", { act: "settle", keep: which, events: [[event.key, event.version], [row.key, row.version]] }));
  });
  const side = (when, title, quote, named) => el("div", { class: "side" }, el("strong", {}, when), el("p", {}, title), el("blockquote", {}, quote ?? ""), el("p", { class: "told" }, named ?? ""));
  const source = event.record.sources?.[0];
  open("Two dates of the same event?", el("div", { class: "sides" }, el("span", { class: "name" }, "told"),
    side(event.said, event.record.title, source?.quote, source?.title ?? source?.article), side(row.when, row.title, row.quote, row.named)),
  buttons(button(`Keep ${event.said}`, null, keep("first"), { id: "keep-first" }), button(`Keep ${row.when}`, null, keep("second"), { id: "keep-second" }),
    button("They are two events", null, keep("both"), { id: "keep-both" })));
}

export function linking(event, outcomes, done) {
  choosing("This event settles which plan?", event, (row) => {
    open("What came of it?", el("p", {}, `${row.when}: ${row.title}`), buttons(...outcomes.map((outcome) => button(outcome, null, () => doing(async () => {
      done(await send("decide", { act: "link", outcome, events: [[event.key, event.version], [row.key, row.version]] }));
    })))));
  });
}

// Somebody changed the event while it was typed or decided on: theirs and mine side by side, and nothing is written before the choice.
export function changed(message, theirs, mine, write, leave) {
  open("Changed meanwhile", el("p", {}, `${message}.`),
    el("div", { class: "sides" }, el("span", { class: "name" }, ""), el("strong", {}, "On disk now"), el("strong", {}, "Yours"),
      ...Object.entries(mine).flatMap(([name, value]) => [el("span", { class: "name" }, name), el("span", {}, String(theirs?.[name] ?? "nothing")), el("span", {}, String(value))])),
    el("div", { class: "buttons" }, button("Keep theirs", null, () => { close(); leave(); }, { id: "keep-theirs" }),
      button("Write mine", null, () => { close(); write(); }, { id: "write-mine" })));
}
