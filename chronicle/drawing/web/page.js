// The page: the chart, the list, the chosen event and what chooses among events, kept in step and in the address.
(async () => {
  const data = await Data.load();
  const { index } = data;
  const usual = index.group || "";
  const get = (id) => document.getElementById(id);
  const undated = new Set(index.id.keys());
  index.mark.event.forEach((e) => undated.delete(e));
  const span = new Map(index.mark.event.map((e, m) => [e, m]));

  let state = State.read((id) => data.number.has(id), usual);
  let mask = new Uint8Array(index.id.length).fill(1);
  let order = [];
  let searched = "";
  let found = null;

  // --- what chooses among events

  const NAMES = { tag: "Tags", person: "People", organisation: "Organisations", place: "Places" };
  const LANES = { story: "story", tag: "tag", place: "place", person: "person", organisation: "organisation", source: "source", status: "status" };

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

  function fillTools() {
    option(get("lanes"), "", "none");
    for (const [dimension, name] of Object.entries(LANES)) {
      if (dimension === "status" ? new Set(index.status).size > 1 : index.names[dimension].names.length) {
        option(get("lanes"), dimension, "by " + name);
      }
    }
    option(get("tag"), "", "all");
    for (const [dimension, name] of Object.entries(NAMES)) {
      const group = document.createElement("optgroup");
      group.label = name;
      for (const one of counted(dimension).slice(0, 400)) {
        option(group, `${dimension}:${one.name}`, `${one.name} (${one.count})`);
      }
      if (group.children.length) {
        get("tag").append(group);
      }
    }
    option(get("source"), "", "all");
    for (const one of counted("source").slice(0, 400)) {
      option(get("source"), one.name, `${one.name} (${one.count})`);
    }
    for (const [n, review] of index.reviews.entries()) {
      if (index.review.includes(n)) {
        option(get("review"), review, review);
      }
    }
  }

  function fillLane() {
    const lane = get("lane");
    lane.replaceChildren();
    lane.parentElement.hidden = !state.lanes || state.lanes === "status";
    if (!lane.parentElement.hidden) {
      option(lane, "", "all lanes");
      for (const one of counted(state.lanes).slice(0, 400)) {
        option(lane, one.name, `${one.name} (${one.count})`);
      }
      lane.value = state.lane;
    }
  }

  function showTools() {
    for (const key of ["q", "review", "tag", "source", "lanes"]) {
      get(key).value = state[key];
    }
    for (const box of document.querySelectorAll("input[name=status]")) {
      box.checked = !state.status || state.status.has(box.value);
    }
    fillLane();
  }

  async function choose() {
    if (state.q !== searched) {
      const words = data.folded(state.q).split(/\s+/).filter(Boolean);
      found = words.length ? (await data.searchable()).map((text) => words.every((word) => text.includes(word))) : null;
      searched = state.q;
    }
    const holds = (dimension, name) => {
      const { names, of } = index.names[dimension];
      const n = names.indexOf(name);
      return (e) => (of[e] || []).includes(n);
    };
    const tests = [];
    if (found) {
      const texts = found;
      tests.push((e) => texts[e]);
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
    mask = Uint8Array.from(index.id, (_, e) => (tests.every((test) => test(e)) ? 1 : 0));
  }

  function inView(e) {
    if (!state.view) {
      return true;
    }
    const m = span.get(e);
    return m !== undefined && index.mark.end[m] > state.view[0] && index.mark.start[m] <= state.view[1];
  }

  function listed() {
    order = [];
    for (let e = 0; e < index.id.length; e++) {
      if (mask[e] && inView(e)) {
        order.push(e);
      }
    }
    const all = index.id.length;
    const words = (n) => `${n.toLocaleString("en")} event${n === 1 ? "" : "s"}`;
    const without = order.filter((e) => undated.has(e)).length;
    let text = order.length === all ? words(all) : `${order.length.toLocaleString("en")} of ${words(all)}`;
    text += without ? `, ${without} of them without a date` : "";
    text += state.view ? `, from ${overview.day(state.view[0])} to ${overview.day(state.view[1])}` : "";
    get("count").textContent = text;
  }

  // --- the chosen event

  async function openCard() {
    const number = data.number.get(state.event);
    get("card").hidden = number === undefined;
    if (number === undefined) {
      return;
    }
    const [card] = await data.cards([number]);
    const body = document.createElement("article");
    body.append(...Array.from(card.cloneNode(true).childNodes));
    get("card-body").replaceChildren(body);
  }

  // Choose an event: mark it in the chart and the list, and open its card where it is not the card itself that was chosen.
  function select(number, { card = true, sight = true } = {}) {
    state = { ...state, event: number === null ? "" : index.id[number] };
    if (card) {
      openCard();
    } else {
      get("card").hidden = true;
    }
    list.mark(state.event);
    remember();
    if (number !== null) {
      chart.bring(number);
    }
    chart.show(state, mask).then(() => number !== null && sight && chart.sight(number));
  }

  function step(way) {
    const at = order.indexOf(data.number.get(state.event));
    const next = at < 0 ? (way > 0 ? 0 : order.length - 1) : at + way;
    if (order[next] !== undefined) {
      select(order[next]);
    }
  }

  // --- under the pointer

  let pointed = "";
  async function point(what, event) {
    const tip = get("tip");
    const key = what.numbers.join();
    const place = () => {
      const width = tip.offsetWidth;
      const height = tip.offsetHeight;
      tip.style.left = Math.max(8, Math.min(event.clientX + 14, innerWidth - width - 8)) + "px";
      tip.style.top = (event.clientY + 18 + height < innerHeight ? event.clientY + 18 : Math.max(8, event.clientY - height - 14)) + "px";
    };
    if (key !== pointed) {
      pointed = key;
      const many = what.numbers.length > 1;
      const cards = await data.cards(what.numbers.slice(0, many ? 5 : 1));
      if (pointed !== key) {
        return;
      }
      tip.replaceChildren();
      const add = (tag, text) => {
        const line = document.createElement(tag);
        line.dir = "auto";
        line.textContent = text;
        tip.append(line);
      };
      if (many) {
        add("strong", `${what.numbers.length} events`);
        cards.forEach((card) => add("p", `${card.querySelector(".date").textContent}: ${card.querySelector("h3").textContent}`));
        if (what.numbers.length > cards.length) {
          add("p", `and ${what.numbers.length - cards.length} more; click to look closer`);
        }
      } else {
        const [card] = cards;
        add("strong", card.querySelector("h3").textContent);
        add("p", `${card.querySelector(".date").textContent} · ${card.querySelector(".status").textContent}, ${card.querySelector(".review").textContent}`);
        for (const line of card.querySelectorAll("blockquote, .source")) {
          const text = line.textContent;
          add(line.tagName === "BLOCKQUOTE" ? "blockquote" : "p", text.length > 300 ? text.slice(0, 299) + "…" : text);
        }
      }
    }
    tip.hidden = false;
    place();
  }

  function leave() {
    pointed = "";
    get("tip").hidden = true;
  }

  // --- in step

  let due = 0;
  function remember() {
    clearTimeout(due);
    due = setTimeout(() => State.write(state, usual), 120);
  }

  let listDue = 0;
  function setView(view) {
    state = { ...state, view };
    overview.show(view || index.view);
    chart.show(state, mask);
    clearTimeout(listDue);
    listDue = setTimeout(() => {
      listed();
      list.show(order, data.number.get(state.event));
    }, 150);
    remember();
  }

  async function update(change, fresh = true) {
    state = { ...state, ...change };
    if ("lanes" in change && !("lane" in change)) {
      state.lane = "";
    }
    showTools();
    await choose();
    listed();
    overview.draw(mask);
    overview.show(state.view || index.view);
    await chart.show(state, mask, fresh);
    await list.show(order, data.number.get(state.event));
    list.mark(state.event);
    remember();
  }

  for (const element of document.querySelectorAll(".scripted")) {
    element.hidden = false;
  }
  const overview = Overview.create(index, (view) => setView(view));
  const list = List.create(data);
  const chart = Chart.create(index, { view: setView, choose: (e) => select(e, { sight: false }), point, leave });
  fillTools();

  // --- tools, buttons and keys

  let typing = 0;
  get("q").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => update({ q: get("q").value }), 120);
  });
  for (const key of ["review", "tag", "source", "lanes", "lane"]) {
    get(key).addEventListener("change", () => update({ [key]: get(key).value }));
  }
  for (const box of document.querySelectorAll("input[name=status]")) {
    box.addEventListener("change", () => {
      const boxes = Array.from(document.querySelectorAll("input[name=status]"));
      const on = boxes.filter((b) => b.checked).map((b) => b.value);
      update({ status: on.length === boxes.length ? null : new Set(on) });
    });
  }
  get("filters").addEventListener("click", () => {
    get("filters").setAttribute("aria-expanded", String(get("tools").classList.toggle("opened")));
  });
  get("tools").addEventListener("submit", (event) => event.preventDefault());
  get("reset").addEventListener("click", () => update({ ...State.EMPTY, lanes: usual, event: state.event }));

  const actions = {
    "zoom-in": () => chart.zoom(0.5),
    "zoom-out": () => chart.zoom(2),
    earlier: () => chart.move(-0.5),
    later: () => chart.move(0.5),
    whole: () => setView(null),
    previous: () => step(-1),
    next: () => step(1),
    "card-previous": () => step(-1),
    "card-next": () => step(1),
    "card-close": () => {
      select(null);
      get("chart").focus({ preventScroll: true });
    },
    "card-list": () => list.go(data.number.get(state.event)),
  };
  for (const [id, action] of Object.entries(actions)) {
    get(id).addEventListener("click", action);
  }

  const keys = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), "+": () => chart.zoom(0.5), "=": () => chart.zoom(0.5),
    "-": () => chart.zoom(2), 0: () => setView(null), "/": () => get("q").focus(), Escape: () => select(null),
  };
  document.addEventListener("keydown", (event) => {
    const typed = event.target.closest("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || (typed && event.key !== "Escape") || !(event.key in keys)) {
      return;
    }
    if (typed) {
      typed.blur();
      return;
    }
    event.preventDefault();
    keys[event.key]();
  });

  get("events").addEventListener("click", (event) => {
    const link = event.target.closest("h3 a");
    if (link) {
      event.preventDefault();
      select(data.number.get(link.closest(".event").id), { card: false, sight: false });
    }
  });

  async function follow() {
    const number = data.number.get(state.event);
    if (number !== undefined) {
      await openCard();
      chart.bring(number);
      await chart.show(state, mask);
      chart.sight(number);
    }
  }

  window.addEventListener("hashchange", async () => {
    await update(State.read((id) => data.number.has(id), usual));
    get("card").hidden = !state.event;
    await follow();
  });

  let wide = innerWidth;
  window.addEventListener("resize", () => {
    if (innerWidth !== wide) {
      wide = innerWidth;
      chart.redraw();
    }
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => chart.redraw());
  const theme = document.documentElement.dataset.theme;
  window.addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "light";
    chart.print(680);
  });
  window.addEventListener("afterprint", () => {
    if (theme) {
      document.documentElement.dataset.theme = theme;
    } else {
      delete document.documentElement.dataset.theme;
    }
    chart.print(0);
  });

  await update({});
  if (state.event) {
    // the browser has its own way with an address that names an event: it scrolls the list, once all is loaded
    if (document.readyState !== "complete") {
      await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
    }
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    get("chart").focus({ preventScroll: true });
    await follow();
  }
  document.documentElement.dataset.ready = "true";
})();
