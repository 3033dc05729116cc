// Packed texts: gzip in base 85 (RFC 1924, "," for "<"), as index.py writes them.
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";
const VALUES = new Uint8Array(128);
Array.from(ALPHABET).forEach((char, value) => (VALUES[char.charCodeAt(0)] = value));

export function bytes(text) {
  const lost = (5 - (text.length % 5)) % 5;
  const whole = text + "~".repeat(lost);
  const found = new Uint8Array((whole.length / 5) * 4);
  for (let i = 0, j = 0; i < whole.length; i += 5) {
    let value = 0;
    for (let k = 0; k < 5; k++) {
      value = value * 85 + VALUES[whole.charCodeAt(i + k)];
    }
    found[j++] = value >>> 24;
    found[j++] = value >>> 16;
    found[j++] = value >>> 8;
    found[j++] = value;
  }
  return lost ? found.subarray(0, found.length - lost) : found;
}

export function unpack(text) {
  return new Response(new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
