/** A stand-in for the server, to play what a real one does only on a bad day: late, wrong, half finished. */

import { createServer } from "node:http";

export const TOKEN = "rep-token-for-tests";

/** @param {Record<string, unknown>} [change] */
export function verdict(change = {}) {
  return {
    risk: { score: 62, level: "high", confidence: "medium" },
    customer_level: { level: 3, evidence: ["明确提到具体产品：“LED panel LP-6060”"], missing_for_next_level: ["详细要求：技术参数、图纸或图片、包装、运输方式", "公司名称、联系人、电话、网址、地址"] },
    reasons: [
      { id: "new_bank_account", group: "content", points: 25, title: "要求付款到新账户", detail: "邮件称账户已变更：“our bank account is under audit”，要求付到“our new account in Hong Kong”。", quotes: [{ part: "body", text: "send the 30% deposit to our new account", start: 0, end: 39 }], advice: "用以前留存的电话核实账户，不要用这封邮件里的联系方式。", source: [] },
      { id: "lookalike", group: "sender", points: 20, title: "发件域名与知名公司相似", detail: "acme-tradlng.com 与 acme-trading.com 只差一个字母。", quotes: [], advice: "对照以往往来邮件的域名逐字核对。", source: [] },
      { id: "link_mismatch", group: "links", points: 12, title: "链接文字与实际地址不同", detail: "显示 acme-trading.com，实际打开 acme-trading.example.net。", quotes: [], advice: "不要点击，手动输入官网地址。", source: [] },
      { id: "double_ext", group: "attachments", points: 12, title: "附件名带双重扩展名", detail: "PI-2026-118.pdf.html 打开后是网页，不是 PDF。", quotes: [], advice: "不要打开该附件。", source: [] },
      { id: "known_product", group: "trust", points: -4, title: "写明了具体产品", detail: "提到 LP-6060。", quotes: [], advice: "", source: [] },
    ],
    adjustments: [{ why: "“域名与发件人”封顶", points: -3 }],
    not_checked: [
      { fact: "domain.age_days", why: "对方服务器超时未应答", rules: ["young_domain"] },
      { fact: "auth.spf", why: "本邮件未提供", rules: ["spf_fail"] },
      { fact: "reply_to.differs", why: "本邮件未提供", rules: ["reply_to_differs"] },
    ],
    facts: {},
    search_links: ["该邮箱地址|\"david.miller@acme-tradlng.com\"", "公司名 + scam|\"ACME Trading\" scam OR fraud", "公司官网|\"ACME Trading\" official website", "域名被谁提及|\"acme-tradlng.com\" -site:acme-tradlng.com", "原文片段|\"our bank account is under audit\"", "电话号码|\"+44 20 7946 0000\"", "领英|site:linkedin.com \"David Miller\" ACME"].map((row, at) => {
      const [label, query] = row.split("|");
      return { id: `search_${at}`, topic: "mail", label, query, url: `https://www.google.com/search?q=${encodeURIComponent(query)}`, why: "看是否被曝光", rank: at + 1 };
    }),
    handling: { reply_by: 24, review: false, steps: ["24小时内用公司标准模板回复", "补齐客户资料后再报价"], stop: ["不寄样品", "不发PI", "不提供银行账户"] },
    check_depth: "full", complete: true, mail_kind: "inquiry", rulebook: "5a0f31c2b7e94d10", lang: "zh_CN",
    key: "k1", cache: { hit: false, age_s: 0 }, elapsed_ms: 12, ...change,
  };
}

/**
 * @returns what a test can change while the browser runs: `answer` decides every call of POST /v1/vet and its polls
 */
export async function startApi(port = 0) {
  /** @type {{method: string, url: string, body: any, headers: import("node:http").IncomingHttpHeaders}[]} */
  const calls = [];
  const api = {
    calls,
    /** @type {(call: typeof calls[number]) => any} */
    answer: () => verdict(),
    /** @type {((call: typeof calls[number]) => any) | null} other calls; without it, or an answer, they are not found */
    also: null,
  };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const call = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body: text.startsWith("{") ? JSON.parse(text) : text };
    calls.push(call);
    /** @param {number} status @param {unknown} data */
    const send = (status, data) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(data));
    };
    if (call.url === "/healthz") return send(200, { status: "ok" });
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return send(401, { error: { code: "token_unknown", message: "unknown token" } });
    const other = call.url.startsWith("/v1/vet") ? null : await api.also?.(call);
    if (other) return send(other.status ?? 200, other.body ?? other);
    if (!call.url.startsWith("/v1/vet")) return send(404, { error: { code: "not_found", message: "not played here" } });
    const data = await api.answer(call);
    return send(data?.status ?? 200, data?.body ?? data);
  });
  await new Promise((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", () => resolve(undefined)));
  const { port: bound } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return Object.assign(api, {
    port: bound,
    address: `http://127.0.0.1:${bound}`,
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  });
}
