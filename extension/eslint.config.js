/** What eslint holds in the extension and in its tests; `npm run lint` is run from the repository's root. */
import js from "@eslint/js";
import globals from "globals";

/** Ways to turn text into markup. Mail text is hostile: build nodes and set `textContent`. */
const SINKS = ["innerHTML", "outerHTML", "srcdoc"].map((name) => ({
  selector: `AssignmentExpression[left.property.name='${name}']`,
  message: `No ${name}: build nodes and set textContent.`,
}));

export default [
  { ignores: ["**/node_modules/", "**/dist/", "build/", "tests/e2e/pages/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: "latest", sourceType: "module" },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 250 }],
      "no-console": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error",
        { property: "insertAdjacentHTML", message: "Build nodes and set textContent." },
        { object: "document", property: "write", message: "Build nodes and set textContent." }],
      "no-restricted-syntax": ["error", ...SINKS],
      // Hostile text is full of control characters; naming them in a pattern is the point.
      "no-control-regex": "off",
      "no-var": "error",
      "no-warning-comments": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "all" }],
    },
  },
  {
    files: ["extension/src/**"],
    languageOptions: { globals: { ...globals.browser, chrome: "readonly", __E2E__: "readonly" } },
  },
  {
    files: ["extension/*.{js,mjs}", "extension/packaging/**", "tests/**"],
    languageOptions: { globals: { ...globals.node, ...globals.browser, chrome: "readonly" } },
    rules: { "no-console": "off", "no-restricted-syntax": "off", "no-restricted-properties": "off" },
  },
];
