// The list: the chosen events as cards, in reading order. A large timeline shows a part of it at a time.
const List = (() => {
  const PART = 100;

  function create(data) {
    const { index } = data;
    const element = document.getElementById("events");
    const before = document.getElementById("before");
    const after = document.getElementById("after");
    const standing = data.packed ? null : Array.from(element.children);
    let order = [];
    let first = 0;
    let last = 0;
    let turn = 0;

    async function fill(from, to) {
      const own = ++turn;
      const cards = await data.cards(order.slice(from, to));
      if (own !== turn) {
        return;
      }
      [first, last] = [from, to];
      element.replaceChildren(...cards);
      before.hidden = first === 0;
      after.hidden = last >= order.length;
      mark(chosen);
    }

    let chosen = "";

    function mark(id) {
      chosen = id;
      for (const other of element.querySelectorAll(".event.chosen")) {
        other.classList.remove("chosen");
        other.querySelector("h3 a").removeAttribute("aria-current");
      }
      const card = id && document.getElementById(id);
      if (card && element.contains(card)) {
        card.classList.add("chosen");
        card.querySelector("h3 a").setAttribute("aria-current", "true");
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
      const at = Math.max(0, order.indexOf(around));
      const from = Math.max(0, at - PART / 4);
      await fill(from, Math.min(order.length, from + PART));
    }

    before.addEventListener("click", () => fill(Math.max(0, first - PART), last));
    after.addEventListener("click", () => fill(first, Math.min(order.length, last + PART)));

    // Bring a card into sight and put the focus on it.
    async function go(number) {
      if (!document.getElementById(index.id[number])) {
        await show(order, number);
      }
      const card = document.getElementById(index.id[number]);
      if (card) {
        mark(index.id[number]);
        card.scrollIntoView({ block: "center" });
        card.focus({ preventScroll: true });
      }
    }

    return { show, mark, go };
  }

  return { create };
})();
