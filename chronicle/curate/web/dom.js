// Elements are made with their text as text: nothing of a log or an article is ever read as HTML.
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

export const byId = (id) => document.getElementById(id);

// Only addresses of the web become links.
export function link(address, text) {
  return /^https?:\/\//i.test(address || "")
    ? el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text)
    : text;
}

// Where a column scrolls by itself, what it is about is brought into its sight; the page is never moved.
export function bring(column, piece) {
  if (!piece || column.scrollHeight <= column.clientHeight) return;
  const [box, view] = [piece.getBoundingClientRect(), column.getBoundingClientRect()];
  if (box.top < view.top || box.bottom > view.bottom) column.scrollTop += box.top - view.top - view.height / 3;
}

export function button(text, key, act, attributes = {}) {
  const children = key ? [`${text} `, el("kbd", {}, key)] : [text];
  return el("button", { type: "button", onclick: act, ...(key ? { "aria-keyshortcuts": key } : {}), ...attributes }, ...children);
}

export function options(select, pairs, chosen = "") {
  fill(select, ...pairs.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen;
}

let timer = 0;
export function notice(text, stays = false) {
  const place = byId("notice");
  place.textContent = text;
  place.hidden = !text;
  clearTimeout(timer);
  if (text && !stays) timer = setTimeout(() => { place.hidden = true; }, 8000);
}
