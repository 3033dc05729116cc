// The chronology: the chosen events in reading order under their years and months. A large one shows a part at a time.
const PART = 100;

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
  }
  if (text !== undefined) {
    element.textContent = text;
  }
  return element;
}

export function createList(data) {
  const { index } = data;
  const get = (id) => document.getElementById(id);
  const [element, before, after] = [get("entries"), get("before"), get("after")];
  const standing = data.packed ? null : index.id.map((_, i) => data.standing(i));
  let order = [];
  let first = 0;
  let last = 0;
  let turn = 0;
  let chosen = null;

  // Cards under the heads of their years and months.
  function headed(numbers, cards) {
    const parts = [];
    let [year, month, list] = [null, null, null];
    numbers.forEach((number, i) => {
      const [y, m] = [index.years.of[number], index.months.of[number]];
      if (y !== year) {
        const section = make("section", "year");
        section.append(make("h3", "", index.years.names[y]));
        parts.push(section);
      }
      if (y !== year || m !== month) {
        const part = make("div", "part");
        if (index.months.names[m]) {
          part.append(make("p", "month", index.months.names[m]));
        }
        list = make("ol");
        part.append(list);
        parts[parts.length - 1].append(part);
      }
      [year, month] = [y, m];
      list.append(cards[i]);
    });
    return parts;
  }

  async function fill(from, to) {
    const own = ++turn;
    const numbers = order.slice(from, to);
    const cards = await data.cards(numbers);
    if (own !== turn) {
      return;
    }
    [first, last] = [from, to];
    element.replaceChildren(...headed(numbers, cards));
    before.hidden = first === 0;
    after.hidden = last >= order.length;
    mark(chosen);
  }

  function mark(number) {
    chosen = number;
    for (const other of element.querySelectorAll(".event.chosen")) {
      other.classList.remove("chosen");
      other.querySelector("h4 a").removeAttribute("aria-current");
    }
    const card = number === null ? null : data.standing(number);
    if (card && element.contains(card)) {
      card.classList.add("chosen");
      card.querySelector("h4 a").setAttribute("aria-current", "true");
    }
  }

  // Show the events of these numbers; of a large timeline those around one of them.
  async function show(numbers, around) {
    order = numbers;
    if (standing) {
      const wanted = new Set(numbers);
      standing.forEach((card, i) => {
        card.hidden = !wanted.has(i);
      });
      return;
    }
    const from = Math.max(0, Math.max(0, order.indexOf(around)) - PART / 4);
    await fill(from, Math.min(order.length, from + PART));
  }

  before.addEventListener("click", () => fill(Math.max(0, first - PART), last));
  after.addEventListener("click", () => fill(first, Math.min(order.length, last + PART)));

  // Bring a card into sight and, where that is asked, put the focus on it.
  async function go(number, focus = true) {
    if (!data.standing(number)) {
      await show(order, number);
    }
    const card = data.standing(number);
    if (card) {
      card.scrollIntoView({ block: focus ? "center" : "start", behavior: "instant" });
      if (focus) {
        card.focus({ preventScroll: true });
      }
    }
  }

  // The first and last events whose cards are in sight below "top", in pixels of the window.
  function inSight(top) {
    const cards = Array.from(element.querySelectorAll(".event:not([hidden])"));
    const find = (test) => {
      let [low, high] = [0, cards.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (test(cards[middle].getBoundingClientRect())) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    };
    const from = find((box) => box.bottom > top + 8);
    const to = find((box) => box.top >= innerHeight) - 1;
    const numbers = cards.slice(from, Math.max(from, to) + 1).map((card) => data.number.get(card.id.slice(3)));
    return numbers.length ? [numbers[0], numbers[numbers.length - 1]] : null;
  }

  return { show, mark, go, inSight };
}
