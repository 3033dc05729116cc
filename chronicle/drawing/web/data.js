// What the page knows of its events: the index, at once; the cards and their texts, when they are asked for.
import { unpack } from "./unpack.js";

export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// A card's text without making elements of it: a hundred thousand of those would take seconds.
export function stripped(html) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  return html
    .replace(/<details class="how">.*?<\/details>|<summary>.*?<\/summary>|<span class="said">.*?<\/span>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(lt|gt|quot|#x27|amp);/g, (sign) => signs[sign]);
}

// Texts of many events as one, searched for words at once.
export function createSearch(texts) {
  const starts = new Int32Array(texts.length + 1);
  texts.forEach((text, i) => (starts[i + 1] = starts[i] + text.length + 1));
  const whole = texts.join("\n") + "\n";
  return function find(words) {
    const hits = new Uint8Array(texts.length).fill(1);
    for (const word of words) {
      const own = new Uint8Array(texts.length);
      let event = 0;
      for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, starts[event])) {
        let low = event;
        let high = texts.length;
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (starts[middle] <= at) {
            low = middle;
          } else {
            high = middle;
          }
        }
        own[low] = hits[low];
        event = low + 1;
        if (event >= texts.length) {
          break;
        }
      }
      hits.set(own);
    }
    return hits;
  };
}

export async function load() {
  const element = document.getElementById("index");
  const packed = element.dataset.cards === "packed";
  const index = JSON.parse(await unpack(element.textContent));
  const opened = new Map();
  let search = null;

  function anchor(i) {
    return "ev-" + index.id[i];
  }

  function standing(i) {
    return document.getElementById(anchor(i));
  }

  // The cards of a block as HTML, each by itself.
  function block(n) {
    if (!opened.has(n)) {
      const blocks = document.querySelectorAll("script.block");
      opened.set(n, unpack(blocks[n].textContent).then((html) => html.split(/(?=<li class="event")/)));
    }
    return opened.get(n);
  }

  async function card(i) {
    if (!packed) {
      return standing(i).cloneNode(true);
    }
    const template = document.createElement("template");
    template.innerHTML = (await block(Math.floor(i / index.block)))[i % index.block];
    const item = template.content.firstElementChild;
    const link = item.querySelector("h4 a");
    item.id = anchor(i);
    link.href = "#" + encodeURIComponent(anchor(i));
    link.textContent = index.title[i];
    return item;
  }

  // The cards of events, as elements of their own.
  function cards(numbers) {
    return Promise.all(numbers.map(card));
  }

  // What finds events by words; made once, in pieces, so that the page stays quick meanwhile.
  function searchable() {
    search ||= (async () => {
      const texts = [];
      if (packed) {
        const count = Math.ceil(index.id.length / index.block);
        for (let n = 0; n < count; n++) {
          for (const html of await block(n)) {
            texts.push(folded(index.title[texts.length] + " " + stripped(html)));
          }
          await new Promise((resolve) => setTimeout(resolve));
        }
      } else {
        index.id.forEach((_, i) => texts.push(folded(stripped(standing(i).innerHTML))));
      }
      return createSearch(texts);
    })();
    return search;
  }

  return { index, packed, cards, searchable, anchor, standing, number: new Map(index.id.map((id, i) => [id, i])) };
}
