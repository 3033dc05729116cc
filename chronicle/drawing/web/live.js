// A page that is served while its logs are edited: it loads itself anew when they have changed, and keeps its view.
(() => {
  let seen = null;
  setInterval(async () => {
    try {
      const version = await (await fetch("version", { cache: "no-store" })).text();
      if (seen !== null && version !== seen) {
        location.reload();
      }
      seen = version;
    } catch {
      // the server has gone; the page stays as it is
    }
  }, 700);
})();
