// Printing: always on a light ground, and the chart that the page began with, without what is not chosen.
export function listenToPrinting(prepare) {
  const { dataset } = document.documentElement;
  const { theme } = dataset;
  window.addEventListener("beforeprint", () => {
    dataset.theme = "light";
    prepare();
  });
  window.addEventListener("afterprint", () => {
    if (theme) {
      dataset.theme = theme;
    } else {
      delete dataset.theme;
    }
  });
}
