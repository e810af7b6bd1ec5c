/** True only in the build for end-to-end tests: open shadow roots. */
declare const __E2E__: boolean;

/** shared_rules/selectors.yaml as the build read it. */
declare module "backtone:selectors" {
  const selectors: Record<"gmail" | "netease" | "generic", import("../webmail/types.js").Ladders> & { schema: number };
  export default selectors;
}

/** Readable names of facts, from the rulebook that the build was given. */
declare module "backtone:facts" {
  const facts: Record<string, Record<import("./types.js").Lang, string>>;
  export default facts;
}
