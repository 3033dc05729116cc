// What is under the pointer, in a few lines.
import { counted } from "./texts.js";

const NAMED = 5;
const LONGEST = 300;

export function createTip(data) {
  const tip = document.getElementById("tip");
  const { words } = data.index;
  let pointed = "";

  function place(event) {
    const [width, height] = [tip.offsetWidth, tip.offsetHeight];
    tip.style.left = Math.max(8, Math.min(event.clientX + 14, innerWidth - width - 8)) + "px";
    tip.style.top = (event.clientY + 18 + height < innerHeight ? event.clientY + 18 : Math.max(8, event.clientY - height - 14)) + "px";
  }

  function add(tag, text) {
    const line = document.createElement(tag);
    line.dir = "auto";
    line.textContent = text;
    tip.append(line);
  }

  const date = (card) => card.querySelector(".when").textContent;
  const title = (card) => card.querySelector("h4").textContent;

  async function point(numbers, event, cluster) {
    const key = numbers.join();
    if (key !== pointed) {
      pointed = key;
      const cards = await data.cards(numbers.slice(0, cluster ? NAMED : 1));
      if (pointed !== key) {
        return;
      }
      tip.replaceChildren();
      if (cluster) {
        add("strong", counted(words, "chart", "cluster", numbers.length, { name: cluster.name }));
        cards.forEach((card) => add("p", `${date(card)}: ${title(card)}`));
        if (numbers.length > cards.length) {
          add("p", counted(words, "chart", "more", numbers.length - cards.length));
        }
        add("p", words.chart.open_cluster);
      } else {
        const [card] = cards;
        add("strong", title(card));
        const told = [date(card), ...Array.from(card.querySelectorAll(".status, .unchecked"), (e) => e.textContent)];
        add("p", told.join(" · "));
        for (const line of card.querySelectorAll(".line, .by")) {
          const text = line.textContent;
          add(line.tagName === "BLOCKQUOTE" ? "blockquote" : "p", text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text);
        }
      }
    }
    tip.hidden = false;
    place(event);
  }

  function leave() {
    pointed = "";
    tip.hidden = true;
  }

  return { point, leave };
}
