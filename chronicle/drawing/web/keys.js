// Keys: each does what it says, but not in a field where one types, and Enter only on the chart.
export function listenToKeys(keys) {
  document.addEventListener("keydown", (event) => {
    const typed = event.target.closest("input[type=search], select, textarea");
    const elsewhere = event.key === "Enter" && event.target !== document.getElementById("chart");
    if (event.ctrlKey || event.metaKey || event.altKey || (typed && event.key !== "Escape") || !(event.key in keys) || elsewhere) {
      return;
    }
    if (typed) {
      typed.blur();
      return;
    }
    event.preventDefault();
    keys[event.key]();
  });
}
