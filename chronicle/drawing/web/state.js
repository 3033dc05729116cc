// What is shown, kept in the address after its "#", so that a view can be shared: "#ev-event-id" or "#q=talks&status=planned&view=...".
export const EMPTY = { q: "", status: null, review: "", tag: "", source: "", lanes: "", lane: "", view: null, event: "" };
const KEYS = ["q", "review", "tag", "source", "lanes", "lane", "event"];
const YEAR = 365.2425 * 86_400_000;
const FARTHEST = 8.64e15; // what JavaScript's dates hold: some 270,000 years each way

// Dates of the Gregorian calendar, to the second where it matters; farther away years with their fraction: "y-4600000000".
export function stamp(ms) {
  if (Math.abs(ms) > FARTHEST) {
    return "y" + (ms / YEAR + 1970).toFixed(2);
  }
  const text = new Date(ms).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, -14) : text.slice(0, -5) + "Z";
}

export function unstamp(text) {
  return text.startsWith("y") ? (Number(text.slice(1)) - 1970) * YEAR : Date.parse(text);
}

// Read a fragment; "isEvent" tells the ids of events, "usual" is how lanes are when nothing is said.
export function read(fragment, isEvent, usual) {
  const state = { ...EMPTY, lanes: usual };
  let whole = fragment;
  try {
    whole = decodeURIComponent(fragment);
  } catch {
    // not an encoded address: taken as it stands
  }
  for (const id of [whole.replace(/^ev-/, ""), whole]) {
    if (isEvent(id)) {
      return { ...state, event: id };
    }
  }
  const said = new URLSearchParams(fragment);
  for (const key of KEYS) {
    if (said.has(key)) {
      state[key] = said.get(key);
    }
  }
  if (said.has("status")) {
    state.status = new Set(said.get("status").split(",").filter(Boolean));
  }
  const edges = (said.get("view") || "").split("..").map(unstamp);
  if (edges.length === 2 && edges.every(Number.isFinite) && edges[0] < edges[1]) {
    state.view = edges;
  }
  return state;
}

// The fragment of a state, "" for that which the page begins with.
export function written(state, usual) {
  const said = new URLSearchParams();
  for (const key of ["q", "review", "tag", "source", "lane"]) {
    if (state[key]) {
      said.set(key, state[key]);
    }
  }
  if (state.lanes !== usual) {
    said.set("lanes", state.lanes);
  }
  if (state.status) {
    said.set("status", Array.from(state.status).join(","));
  }
  if (state.view) {
    said.set("view", state.view.map(stamp).join(".."));
  }
  const fragment = said.toString();
  if (!state.event) {
    return fragment;
  }
  return fragment ? `${fragment}&event=${encodeURIComponent(state.event)}` : "ev-" + encodeURIComponent(state.event);
}
