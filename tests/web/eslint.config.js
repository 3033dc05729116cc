import js from "@eslint/js";
import globals from "globals";

// The page's scripts: ES modules, none over 300 lines; chronicle/drawing/bundle.py makes one script of them.
export default [
  {
    files: ["chronicle/drawing/web/*.js"],
    languageOptions: { sourceType: "module", ecmaVersion: 2025, globals: globals.browser },
    rules: {
      ...js.configs.recommended.rules,
      "max-lines": ["error", 300],
      eqeqeq: "error",
      curly: "error",
      "prefer-const": "error",
      "no-var": "error",
      "no-shadow": "off",
    },
  },
  {
    files: ["tests/web/unit/*.js"],
    languageOptions: { sourceType: "module", ecmaVersion: 2025, globals: globals.node },
    rules: { ...js.configs.recommended.rules, "prefer-const": "error", "no-var": "error" },
  },
];
