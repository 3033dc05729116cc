// The proposal: every field is edited in place and written when it is left; a date is read while it is typed.
import { ask } from "./api.js";
import { byId, button, el, fill, link } from "./dom.js";
import { strip } from "./strip.js";

const LISTS = ["people", "organisations", "places", "tags", "doubts"];
const TEXTS = ["title", "when", "status", "people", "organisations", "places", "tags", "who", "whom", "according_to", "notes", "doubts"];
const NAMES = { when: "date", according_to: "according to" };

const joined = (value) => (Array.isArray(value) ? value.join("; ") : value ?? "");
const listed = (text) => text.split(/[;\n]/).map((part) => part.trim()).filter(Boolean);

export const state = { event: null, base: {}, busy: false };

let drawing = false;

export function valueOf(field, text) {
  return LISTS.includes(field) ? listed(text) : text;
}

// What is being typed, and not written yet.
export function typed() {
  const input = document.activeElement?.closest?.("[data-field]");
  return input && input.value !== state.base[input.dataset.field] ? input : null;
}

export function show(event, acts, about) {
  const kept = state.event?.key === event.key ? typed() : null;
  const keptText = kept?.value;
  const keptField = kept?.dataset.field;
  const focused = state.event?.key === event.key ? document.activeElement?.dataset?.field : null;
  const before = keptField ? state.base[keptField] : null;
  const record = event.record;
  const now = Object.fromEntries(TEXTS.map((name) => [name, joined(record[name])]));
  if (record.when === "unresolved" || !record.when) now.when = "";
  // where somebody else changed what is being typed, the version stays the old one: writing it asks first
  const clash = keptField && now[keptField] !== before;
  state.event = clash ? { ...event, version: state.event.version } : event;
  state.base = clash ? { ...now, [keptField]: before } : now;
  byId("proposal-heading").textContent = record.review === "proposed" ? "Proposal" : `Event, ${record.review}`;
  drawing = true;
  fill(byId("form"), ...asks(event, acts), ...event.conflicts.map((other) => clashing(other, acts)),
    ...TEXTS.map((name) => field(name, now[name], event, acts, about)), ...rest(event, acts));
  drawing = false;
  if (focused && !keptField) byId(`e-${focused}`)?.focus();
  if (keptField) {
    const input = byId(`e-${keptField}`);
    input.value = keptText;
    input.focus();
    if (keptField === "when") reading(input);
  }
  return Boolean(clash);
}

function asks(event, acts) {
  return event.asks.map((one) => el("div", { class: "ask" }, `${one.ask} `,
    button(`Make it ${one.status}`, null, () => acts.edit({ status: one.status }))));
}

function clashing(other, acts) {
  return el("div", { class: "clash" }, `Another date is told: ${other.when}, “${other.title}”. `,
    button("Settle it", "c", () => acts.settle(other)));
}

function field(name, value, event, acts, about) {
  const id = `e-${name}`;
  let input;
  if (name === "status") {
    input = el("select", { id, "data-field": name }, ...about.statuses.map((status) => el("option", { value: status }, status)));
  } else if (name === "title" || name === "notes") {
    input = el("textarea", { id, "data-field": name, rows: 1 });
  } else {
    input = el("input", { id, "data-field": name, type: "text", autocomplete: "off" });
  }
  input.value = value;
  const write = () => {
    if (!drawing && input.value !== state.base[name]) acts.edit({ [name]: valueOf(name, input.value) }, input);
  };
  // not "change": what was kept through a redrawing is no change to the browser
  input.addEventListener(name === "status" ? "change" : "blur", write);
  input.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && !(name === "notes" && !pressed.ctrlKey)) {
      pressed.preventDefault();
      input.blur();
    } else if (pressed.key === "Escape") {
      input.value = state.base[name];
      input.blur();
    }
  });
  const label = NAMES[name] ?? name;
  const row = el("div", { class: "field" }, el("label", { for: id }, label[0].toUpperCase() + label.slice(1)), input);
  if (name === "when") {
    input.setAttribute("aria-describedby", "reading");
    row.append(el("div", { class: "told", id: "reading", "aria-live": "polite" }, said(event)), el("div", { id: "strip" }));
    fill(row.querySelector("#strip"), strip(event.strip));
    input.addEventListener("input", () => reading(input));
  }
  return row;
}

function said(event) {
  const { record } = event;
  const how = record.when ? `${event.said}` : `No date: ${record.unresolved ?? "none is given"}`;
  const before = record.previously ? `; it was ${record.previously}` : "";
  return `${how}${before}. Type it in words or EDTF${event.published ? `, counted from ${event.published}` : ""}.`;
}

let latest = 0;
async function reading(input) {
  const mine = ++latest;
  const text = input.value.trim();
  if (!text) return;
  let told;
  try {
    told = await ask("reading", { text, key: state.event.key });
  } catch (error) {
    told = { error: error.message };
  }
  const place = byId("reading");
  if (mine !== latest || !place) return;
  place.classList.toggle("bad", Boolean(told.error));
  input.setAttribute("aria-invalid", told.error ? "true" : "false");
  const counted = told.counted_from ? `, counted from ${told.counted_from}` : "";
  place.textContent = told.error ?? `${told.told} (${told.when}${counted})`;
  fill(byId("strip"), strip(told.strip));
}

function rest(event, acts) {
  const { record } = event;
  const sources = record.sources ?? [];
  const parts = [el("h3", {}, sources.length === 1 ? "1 source" : `${sources.length} sources`)];
  sources.forEach((source, index) => {
    const told = [source.title ?? source.article, source.publisher, source.published].filter(Boolean).join(", ");
    parts.push(el("div", { class: "source" },
      el("p", {}, link(source.url, told)),
      el("blockquote", {}, source.quote ?? source.expression ?? ""),
      source.how ? el("p", { class: "told" }, source.how) : null,
      button("Show its article", null, () => acts.article(index)), " ",
      button("Take this source out", null, () => acts.edit({ sources: sources.filter((_, at) => at !== index) }))));
  });
  for (const one of event.doubts) parts.push(el("p", { class: "told" }, `In doubt: ${one.told}`));
  const others = [...event.related.map((one) => [one, record.outcome ? `its plan, ${record.outcome}` : "related"]), ...event.pointing.map((one) => [one, "points here"])];
  for (const [one, why] of others) {
    parts.push(el("p", { class: "told" }, button(one.title, null, () => acts.open(one.key)), ` ${one.when}, ${why} `,
      button("Unlink", null, () => acts.unlink(one))));
  }
  parts.push(el("p", { class: "told" }, `${record.id}, in ${event.log}`));
  return parts;
}
