// What the page knows of its events: the index, at once; the cards and their texts, when they are asked for.
const Data = (() => {
  async function unpack(base64) {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }

  async function load() {
    const element = document.getElementById("index");
    const packed = element.dataset.encoding === "gzip";
    const index = JSON.parse(packed ? await unpack(element.textContent) : element.textContent);
    const blocks = Array.from(document.querySelectorAll("script.block"));
    const opened = new Map();
    const number = new Map(index.id.map((id, i) => [id, i]));
    let texts = null;

    // The cards of a block as HTML, each by itself.
    function block(n) {
      if (!opened.has(n)) {
        opened.set(n, unpack(blocks[n].textContent).then((html) => html.split("</li>").slice(0, -1)));
      }
      return opened.get(n);
    }

    async function card(i) {
      if (!packed) {
        return document.getElementById(index.id[i]).cloneNode(true);
      }
      const template = document.createElement("template");
      template.innerHTML = (await block(Math.floor(i / index.block)))[i % index.block] + "</li>";
      const element = template.content.firstElementChild;
      const link = element.querySelector("h3 a");
      element.id = index.id[i];
      link.href = "#" + encodeURIComponent(index.id[i]);
      link.textContent = index.title[i];
      return element;
    }

    // The cards of events, as elements of their own.
    function cards(numbers) {
      return Promise.all(numbers.map(card));
    }

    function folded(text) {
      return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    }

    // A card's text without making elements of it: a hundred thousand of those would take seconds.
    function stripped(html) {
      const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
      return html.replace(/<[^>]*>/g, " ").replace(/&(lt|gt|quot|#x27|amp);/g, (sign) => signs[sign]);
    }

    // What each card says, folded for search.
    async function searchable() {
      if (texts === null) {
        texts = [];
        if (packed) {
          for (let n = 0; n < blocks.length; n++) {
            for (const html of await block(n)) {
              texts.push(folded(index.title[texts.length] + " " + stripped(html)));
            }
          }
        } else {
          texts = index.id.map((id) => folded(document.getElementById(id).textContent));
        }
      }
      return texts;
    }

    return { index, packed, cards, searchable, folded, number };
  }

  return { load };
})();
