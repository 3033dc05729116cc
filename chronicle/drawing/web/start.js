// The page's scripts travel packed; this unpacks them and lets them run. Without it the page stays as it begins: chart and chronology.
import { unpack } from "./unpack.js";

unpack(document.getElementById("program").textContent).then((source) => {
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);
});
