// The card of the chosen event: its entry of the chronology, opened.
export function createCard(data) {
  const get = (id) => document.getElementById(id);

  async function open(number) {
    if (number === undefined || number === null) {
      get("card").hidden = true;
      return;
    }
    const [entry] = await data.cards([number]);
    const body = document.createElement("article");
    body.className = "card";
    body.append(...entry.childNodes);
    const head = document.createElement("h2");
    const title = body.querySelector("h4");
    head.dir = "auto";
    head.textContent = title.textContent;
    title.replaceWith(head);
    body.querySelectorAll("details.more").forEach((more) => {
      const inner = document.createElement("div");
      inner.className = "more";
      inner.append(...Array.from(more.children).filter((child) => child.tagName !== "SUMMARY"));
      more.replaceWith(inner);
    });
    get("card-body").replaceChildren(body);
    get("card").hidden = false;
    get("side").scrollTop = 0;
    get("card").scrollTop = 0;
  }

  return {
    open,
    close() {
      get("card").hidden = true;
    },
    isOpen: () => !get("card").hidden,
  };
}
