// plotly.js, when it is needed: unpacked from the page, or loaded from where the page says.
import { unpack } from "./unpack.js";

let asked = null;

async function load() {
  const element = document.getElementById("library");
  const script = document.createElement("script");
  if (element.dataset.src) {
    const { src, integrity } = element.dataset;
    await new Promise((resolve, reject) => {
      Object.assign(script, { src, onload: resolve, onerror: () => reject(new Error(`${src} could not be loaded`)) });
      if (!src.startsWith("plotly")) {
        script.crossOrigin = "anonymous";
      }
      if (integrity) {
        script.integrity = integrity;
      }
      document.head.append(script);
    });
  } else {
    script.textContent = await unpack(element.textContent);
    element.textContent = "";
    document.head.append(script);
  }
  return window.Plotly;
}

export function plotly() {
  asked ||= load();
  return asked;
}
