import js from "@eslint/js";
import globals from "globals";

// The page's scripts are put one after another into one script element; each defines one name that the later ones use.
const own = ["Data", "State", "Packing", "Marks", "Gestures", "Chart", "Overview", "List", "Plotly"];

export default [
  {
    files: ["chronicle/timeline/web/*.js"],
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 2022,
      globals: { ...globals.browser, ...Object.fromEntries(own.map((name) => [name, "readonly"])) },
    },
    rules: {
      ...js.configs.recommended.rules,
      "no-unused-vars": ["error", { varsIgnorePattern: `^(${own.join("|")})$` }],
      "no-redeclare": ["error", { builtinGlobals: false }],
      eqeqeq: "error",
      curly: "error",
      "prefer-const": "error",
      "no-var": "error",
    },
  },
];
