"use strict";
(function () {
  const chart = document.getElementById("chart");

  function choose(id) {
    const card = document.getElementById(id);
    if (!card) {
      return;
    }
    for (const other of document.querySelectorAll(".event.chosen")) {
      other.classList.remove("chosen");
    }
    card.classList.add("chosen");
    history.replaceState(null, "", "#" + encodeURIComponent(id));
    card.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  }

  if (chart && chart.on) {
    chart.on("plotly_click", function (data) {
      const point = data.points.find((p) => p.customdata);
      if (point) {
        choose(point.customdata);
      }
    });
  }
})();
