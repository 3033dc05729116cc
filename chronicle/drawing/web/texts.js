// The page's texts, filled in.
export function filled(pattern, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => String(value)), pattern);
}

export function number(n, words) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, () => words.chart.thousands);
}

export function counted(words, section, key, n, values = {}) {
  return filled(words[section][`${key}_${n === 1 ? "one" : "other"}`], { n: number(n, words), ...values });
}

export function short(n) {
  return n < 1000 ? String(n) : n < 9950 ? (n / 1000).toFixed(1) + "k" : Math.round(n / 1000) + "k";
}
