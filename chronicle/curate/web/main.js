// The page: opens events, sends decisions, takes up what others change, and listens to keys.
import { ask, send } from "./api.js";
import * as article from "./article.js";
import * as dialogs from "./dialogs.js";
import { byId, button, fill, notice } from "./dom.js";
import * as proposal from "./proposal.js";
import * as queueing from "./queue.js";

const { queue } = queueing;
const POLL = 1500;
let about = null;
let generation = 0;
let line = Promise.resolve();
const deciding = new Set();
let history = { undo: null, redo: null };

const acts = {
  edit: (fields, input) => decide({ act: "edit", fields }, { fields, input }),
  take: (when) => decide({ act: "edit", fields: { when } }, { fields: { when } }),
  article: (index) => article.show(queue.current, index, acts).catch(told),
  open: (key) => open(key),
  settle: (other) => dialogs.settle(proposal.state.event, other, done),
  unlink: (other) => send("decide", { act: "unlink", events: [[proposal.state.event.key, proposal.state.event.version], [other.key, other.version]] }).then(done, told),
};

const told = (error) => notice(error.message, error.status === 0);

function tell(said) {
  generation = said.generation;
  history = { undo: said.undo, redo: said.redo };
  const { counts } = said;
  const left = counts.proposed ?? 0;
  byId("progress").textContent = `${left} left, ${counts.all - left} done (${counts.confirmed ?? 0} confirmed, ${counts.rejected ?? 0} rejected)`;
  if (said.trouble.length) notice(`A log has faults on disk, and nothing is written until they are mended: ${said.trouble.join("; ")}`, true);
  bar();
}

function bar() {
  const none = !proposal.state.event;
  const off = (flag) => ({ disabled: flag });
  fill(byId("bar"),
    button("Accept", "a", () => mark("confirmed"), { ...off(none), class: "main" }), button("Reject", "r", () => mark("rejected"), off(none)),
    button("Edit", "e", () => byId("e-title")?.focus(), off(none)), button("Date", "d", () => byId("e-when")?.focus(), off(none)),
    button("Back", "b", () => step(-1), off(none)), button("Next", "n", () => step(1), off(none)),
    button("Undo", "u", () => takeBack("undo"), off(!history.undo)), button("Redo", "U", () => takeBack("redo"), off(!history.redo)),
    button("Merge", "m", () => dialogs.merge(proposal.state.event, done), off(none)),
    button("Split", "s", () => dialogs.split(proposal.state.event, done), off(none)),
    button("Outcome of", "l", () => dialogs.linking(proposal.state.event, about.outcomes, done), off(none)));
}

async function open(key) {
  if (key === null) return nothing();
  queue.current = key;
  queueing.draw(open);
  try {
    const event = await ask("event", { key });
    if (queue.current !== key) return;
    proposal.show(event, acts, about);
    bar();
    await article.show(key, 0, acts);
  } catch (error) {
    told(error);
  }
  document.documentElement.dataset.ready = "";
}

function nothing() {
  queue.current = null;
  proposal.state.event = null;
  queueing.draw(open);
  fill(byId("form"), queue.total ? "Choose an event." : "Nothing is left here. Change the filters, or close this page: everything is written.");
  fill(byId("article-body"));
  byId("article-heading").textContent = "Article";
  bar();
  document.documentElement.dataset.ready = "";
}

// One decision after the other: each is made on what the one before it left, and a verdict that waits is not given twice.
function decide(act, more = {}) {
  const { event } = proposal.state;
  if (!event || (more.after && deciding.has(event.key))) return Promise.resolve();
  if (more.after) deciding.add(event.key);
  line = line.then(() => sent(act, more, event.key)).finally(() => { if (more.after) deciding.delete(event.key); });
  return line;
}

async function sent(act, more, key) {
  const { fields, input, after } = more;
  const event = proposal.state.event?.key === key ? proposal.state.event : { key, version: queueing.versionOf(key) };
  try {
    const said = await send("decide", { ...act, events: [[key, event.version]] });
    if (queue.current === key) await done(said, after);
    else await done({ ...said, event: null });
  } catch (error) {
    if (error.status === 409) {
      const now = error.said.now?.[0];
      const mine = fields ?? { review: act.review };
      const leave = () => { proposal.state.base = {}; input?.blur(); document.activeElement?.blur(); proposal.state.event = null; open(key); };
      const write = () => { if (now && proposal.state.event?.key === key) proposal.state.event = now; return decide(act, more); };
      dialogs.changed(error.message, now?.record, mine, write, leave);
    } else {
      told(error);
      if (input && error.status) { input.setAttribute("aria-invalid", "true"); input.focus(); }
    }
  }
}

// What a decision changed is put in its place; after a verdict the next event is opened.
async function done(said, after) {
  tell(said);
  notice("");
  const next = after ? queueing.beside(1) ?? queueing.beside(-1) : null;
  if (after) queue.current = next;
  for (const row of said.rows ?? []) queueing.put(row);
  await reload(after ? next : (said.event?.key ?? queue.current), !after && said.event?.key === queue.current ? said.event : null);
}

async function reload(key, event = null) {
  tell(await queueing.load(true));
  if (event) {
    proposal.show(event, acts, about);
    queueing.draw(open);
    bar();
  } else {
    await open(key ?? queue.rows[0]?.key ?? null);
  }
}

// Other filters: the event that is open stays where it fits; who opened another one meanwhile is not called back.
async function filtered() {
  const before = queue.current;
  tell(await queueing.load());
  if (queue.current !== before) queueing.draw(open);
  else await open(queue.rows.some((row) => row.key === before) ? before : (queue.rows[0]?.key ?? null));
}

const mark = (review) => decide({ act: "mark", review }, { after: true });

async function step(by) {
  if (by > 0 && queueing.beside(1) === null && queue.rows.length < queue.total) await queueing.more();
  const to = queueing.beside(by);
  if (to === null) notice(by > 0 ? "This was the last one." : "This is the first one.");
  else await open(to);
}

async function takeBack(which) {
  try {
    const said = await send(which);
    tell(said);
    await reload(said.changed[0] ?? queue.current);
  } catch (error) {
    told(error);
  }
}

// What others change, in an editor, by git or on another tab, is taken up; what is being typed stays.
async function look() {
  try {
    const said = await ask("state");
    if (byId("notice").dataset.lost) { delete byId("notice").dataset.lost; notice(""); }
    if (said.generation !== generation) {
      tell(await queueing.load(true));
      queueing.draw(open);
      const { event } = proposal.state;
      if (event) {
        const now = await ask("event", { key: event.key });
        if (now.version !== event.version && proposal.state.event?.key === now.key) {
          const clash = proposal.show(now, acts, about);
          notice(clash ? "What you are typing was changed on disk meanwhile; you are asked before it is written." : "Changed on disk meanwhile; taken up.");
        }
      }
    }
  } catch (error) {
    if (error.status === 404) notice("This event is there no longer: somebody took it out or made one event of it and another.", true);
    else if (error.status === 0) { notice(error.message, true); byId("notice").dataset.lost = "1"; }
  }
  setTimeout(look, POLL);
}

const KEYS = [
  ["a", "accept, and go on", () => mark("confirmed")], ["r", "reject, and go on", () => mark("rejected")],
  ["e", "edit the title", () => byId("e-title")?.focus()], ["d", "edit the date", () => byId("e-when")?.focus()],
  ["n", "next", () => step(1)], ["b", "back", () => step(-1)], ["u", "undo", () => takeBack("undo")], ["U", "redo", () => takeBack("redo")],
  ["m", "merge with another event", () => dialogs.merge(proposal.state.event, done)], ["s", "split into two", () => dialogs.split(proposal.state.event, done)],
  ["c", "settle a conflict of dates", () => proposal.state.event.conflicts[0] && acts.settle(proposal.state.event.conflicts[0])],
  ["l", "say which plan it settles", () => dialogs.linking(proposal.state.event, about.outcomes, done)],
  ["+", "add an event, of marked words where some are", () => adding()], ["x", "accept many", () => dialogs.acceptMany(done)],
  ["g", "what changed, for git", () => dialogs.changes()], ["/", "find by words", () => byId("f-text").focus()], ["?", "these keys", () => dialogs.keys(KEYS)],
];
const NEED_NONE = new Set(["u", "U", "+", "x", "g", "/", "?"]);

function adding() {
  dialogs.add(article.marked(), Number((queue.current ?? "0").split(":")[0]), done);
}

document.addEventListener("keydown", (pressed) => {
  const typing = pressed.target.closest?.("input, textarea, select");
  if (typing) {
    if (pressed.key === "Escape" && !dialogs.isOpen()) typing.blur();
    return;
  }
  if (dialogs.isOpen() || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
  const found = KEYS.find(([key]) => key === pressed.key);
  if (!found || (!proposal.state.event && !NEED_NONE.has(found[0]))) return;
  pressed.preventDefault();
  Promise.resolve(found[2]()).catch(told);
});

for (const [id, act] of [["add", adding], ["many", () => dialogs.acceptMany(done)], ["changes", dialogs.changes], ["help", () => dialogs.keys(KEYS)]]) {
  // marked words stay marked while a button is pressed
  byId(id).addEventListener("mousedown", (pressed) => pressed.preventDefault());
  byId(id).addEventListener("click", () => Promise.resolve(act()).catch(told));
}
byId("more").addEventListener("click", () => queueing.more().then(() => queueing.draw(open), told));

try {
  about = await ask("about");
  byId("heading").textContent = `Curate ${about.logs.map((log) => log.title).join(", ")}`;
  document.title = `${byId("heading").textContent} · chronicle`;
  queueing.setUp(about, () => filtered().catch(told));
  await reload(null);
  setTimeout(look, POLL);
} catch (error) {
  told(error);
}
