/** The manifest of each build. Permissions are few and pinned by tests/extension/ui/manifest.test.mjs. */

/** Gives the extension the same id (gjpgmngaaiddcmhfgjhcnigcidihnhke) in every build, so that server and policy can name it. */
const KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4n9vq7vJFXEbDmYifo+rbf938lsQa0DcUmjbQIIhBEeX7MyjqKbqGB3jcO+PyScW9EdvVXwpPW3JPJxzy2CMCz3++4dy/PnUwJoRC/k4vRValq7g8Sj+uamT72yXDztrClHRAtHJnub1/n4uWCucnZ7wym2dEXA5vumVsgJwFDEWpgxxVZqJZq0i9lq2xnskC2/0NDE3401WyzZn0kWPNCqyzqm4GoXc1t6Pxj60b4HY9nFuzstEEodZrmcAhkgRH76RrzxFSplnJzHFz1g7Elq9dDp73oVqjooZ1qbzh/waYu7NHfsuHypQtwJpKJQxk55BACvQdjYU6QRfZPZSewIDAQAB";

/** The webmails that have an adapter. Hosts of schools and companies cannot be listed; the popup serves them. */
export const WEBMAILS = [
  "https://mail.google.com/*",
  "https://*.mail.163.com/*",
  "https://*.mail.126.com/*",
  "https://*.mail.yeah.net/*",
  "https://webmail.vip.163.com/*",
  "https://webmail.vip.126.com/*",
  "https://*.qiye.163.com/*",
  "https://*.office.163.com/*",
];

/** Only in the build for tests: a mailbox on a host of its own, since no test can click the browser's own question. */
const E2E_SITE = "https://mail.factory.example/*";

/** Where the server runs by default; any other address is asked for when it is saved in the settings. */
export const LOCAL_SERVER = "http://127.0.0.1:8750/*";

// Firefox would else rewrite http:// to https://, and many company servers start without a certificate.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' http: https:; base-uri 'none'; form-action 'none'";

/**
 * @param {"chrome" | "firefox"} browser
 * @param {string} version
 * @param {{e2e?: boolean}} [options]  e2e: the server runs on any port of this computer
 * @returns {Record<string, unknown>}
 */
export function manifest(browser, version, { e2e = false } = {}) {
  return {
    manifest_version: 3,
    name: "__MSG_ext_name__",
    description: "__MSG_ext_description__",
    version,
    default_locale: "zh_CN",
    icons: { 16: "icons/16.png", 32: "icons/32.png", 48: "icons/48.png", 128: "icons/128.png" },
    // The side panel shows no warning at install, and browsers without one skip it. Asked for later, Chromium 156 falls over.
    permissions: ["storage", "contextMenus", ...(browser === "chrome" ? ["sidePanel"] : [])],
    host_permissions: e2e ? ["http://127.0.0.1/*", E2E_SITE] : [LOCAL_SERVER],
    optional_host_permissions: ["http://*/*", "https://*/*"],
    action: { default_popup: "popup/popup.html", default_icon: { 16: "icons/16.png", 32: "icons/32.png" } },
    options_ui: { page: "options/options.html", open_in_tab: true },
    content_scripts: [{ matches: WEBMAILS, js: ["content.js"], run_at: "document_idle" }],
    // The second entry is for sites that the reader enables: which, nobody knows before. The panel is empty without a ticket.
    web_accessible_resources: [
      { resources: ["panel/panel.html"], matches: WEBMAILS },
      { resources: ["panel/panel.html"], matches: ["https://*/*"], use_dynamic_url: true },
    ],
    content_security_policy: { extension_pages: CSP },
    ...(browser === "chrome" ? chromeOnly() : firefoxOnly()),
  };
}

function chromeOnly() {
  return {
    key: KEY,
    minimum_chrome_version: "109",
    background: { service_worker: "worker.js", type: "module" },
    storage: { managed_schema: "managed_schema.json" },
    // Asked for when the reader enables a further site.
    optional_permissions: ["scripting"],
  };
}

function firefoxOnly() {
  return {
    background: { scripts: ["worker.js"], type: "module" },
    optional_permissions: ["scripting"],
    browser_specific_settings: {
      gecko: {
        id: "backtone@backtone.invalid",
        strict_min_version: "142.0",
        data_collection_permissions: { required: ["personalCommunications"] },
      },
    },
  };
}
