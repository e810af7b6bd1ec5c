/**
 * The shapes that the extension's parts hand to one another; types only. They mirror server/model.py and rulebook.json.
 */

/** @typedef {{ address: string, name?: string }} Address */
/** @typedef {{ text: string, href: string }} Link */
/** @typedef {{ name: string, size?: number }} Attachment */

/**
 * One mail as the page gave it, any subset: an absent field is unknown, an empty one is known to be empty.
 * The same JSON is the body of `POST /v1/vet`.
 * @typedef {object} Message
 * @property {Address} [sender]
 * @property {string} [sent_by]
 * @property {(Address | string)[]} [reply_to]
 * @property {(Address | string)[]} [recipients]
 * @property {string[]} [own_domains]
 * @property {string} [subject]
 * @property {string} [date]
 * @property {{ text?: string, html?: string }} [body]
 * @property {string} [quoted_text]
 * @property {Link[]} [links]
 * @property {Attachment[]} [attachments]
 * @property {[string, string][]} [headers]
 * @property {Record<string, unknown>[]} [thread]
 * @property {Record<string, unknown>} [context]
 * @property {string[]} [missing]
 * @property {import("../webmail/types.js").PageNotes} [page] from the page itself; never sent to the server
 */

/** @typedef {boolean | number | string | string[]} Value what a fact may hold */

/** @typedef {'not_given' | 'not_read' | 'offline' | 'pending' | 'timed_out' | 'failed' | 'refused' | 'not_published' | 'not_applicable' | 'not_covered' | 'not_all_read' | 'not_built' | 'off' | 'reserved_name'} Why */

/**
 * A place in the mail; `start` and `end` count code points of that part's text.
 * @typedef {object} Quote
 * @property {'subject' | 'body' | 'quoted'} part
 * @property {string} text
 * @property {number} start
 * @property {number} end
 * @property {number} [sentence] two quotes of one sentence are one statement; only inside the engine
 */

/** @typedef {Record<string, Record<string, Value>>} Facts `sender.free_provider` is `facts.sender.free_provider` */

/** @typedef {'en' | 'zh_CN'} Lang */
/** @typedef {Record<Lang, string>} Text */
/** @typedef {'low' | 'caution' | 'high' | 'critical' | 'unknown'} Level */

/**
 * @typedef {object} Rule
 * @property {string} id
 * @property {string} group
 * @property {string} weight
 * @property {number} points
 * @property {string} when CEL
 * @property {string[]} facts
 * @property {string[]} sets
 * @property {string[]} [fired] rules that a combination reads
 * @property {boolean} preview
 * @property {string[]} tags
 * @property {Text} title absent, as reason, advice and source, where the rule needs a fact that the browser never has
 * @property {Text} reason
 * @property {Partial<Text>} [advice]
 * @property {string[]} source
 */

/**
 * @typedef {object} Reason
 * @property {string} id
 * @property {string} group
 * @property {number} points
 * @property {string} title
 * @property {string} detail
 * @property {Quote[]} quotes
 * @property {string} advice
 * @property {string[]} source
 */

/** @typedef {{ why: string, points: number }} Adjustment */
/** @typedef {{ fact: string, why: string, rules: string[] }} NotChecked */

/**
 * What the browser can say by itself. It replaces no verdict: show it only from caution up, else "checking".
 * @typedef {object} Preview
 * @property {{ score: number, level: Level }} risk
 * @property {Reason[]} reasons
 * @property {Adjustment[]} adjustments
 * @property {NotChecked[]} not_checked
 * @property {Facts} facts
 * @property {Record<string, Quote[]>} quotes
 * @property {true} preview
 */

/**
 * @typedef {object} CustomerLevel
 * @property {number | null} level
 * @property {string[]} evidence
 * @property {string[]} missing_for_next_level
 * @property {{ id: string, level: number, met: "yes" | "no" | "unknown", text: string, quote: string }[]} [criteria]
 * @property {{ level: number, reason: string } | null} [override]
 */

/**
 * @typedef {object} SearchLink
 * @property {string} id
 * @property {string} topic
 * @property {string} label
 * @property {string} query empty for a site of its own kind
 * @property {string} url
 * @property {string} why
 * @property {string} [good]
 * @property {string} [bad]
 * @property {number} rank
 * @property {Record<string, string>} [twins] addresses of the same search by engine id
 */

/** @typedef {"found" | "not_found" | "contradicts"} CheckResult */

/**
 * @typedef {object} CheckItem
 * @property {string} id
 * @property {string} label
 * @property {string} why
 * @property {string | null} url
 * @property {boolean} consent only once the customer has agreed
 * @property {CheckResult | null} result
 * @property {string} note
 */

/** @typedef {{ id: string, text: string, why: string }} PaymentTerm */

/**
 * What the caller knows beside the mail (request field `context`); every key may be left out.
 * @typedef {object} VetContext
 * @property {number} [order_amount]
 * @property {string} [currency] ISO 4217
 * @property {string} [country] ISO 3166 alpha-2
 * @property {"ordinary" | "dual_use" | "high_value" | "perishable"} [product_class]
 * @property {string} [payment_term] id of a term in payment_terms.yaml
 * @property {boolean} [order_placed]
 * @property {boolean} [visited_us]
 * @property {boolean} [local_influence]
 * @property {{ level: 1 | 2 | 3 | 4, reason: string }} [level_override]
 * @property {number} [arrears_days]
 * @property {number} [open_balance]
 * @property {{ date: string, days: number, balance?: number }[]} [arrears_history] days overdue on earlier days, ISO dates
 * @property {Record<string, CheckResult>} [checks] by check id
 * @property {string} [timezone] IANA name
 * @property {number[]} [working_days] 1 Monday to 7 Sunday
 * @property {number} [thread_length] mails exchanged so far
 * @property {string} [mailed_by]
 * @property {string} [signed_by]
 */

/**
 * The server's answer (`POST /v1/vet`).
 * @typedef {object} Verdict
 * @property {{ score: number, level: Level, confidence: 'low' | 'medium' | 'high' }} risk
 * @property {CustomerLevel} customer_level
 * @property {Reason[]} reasons
 * @property {Adjustment[]} adjustments
 * @property {NotChecked[]} not_checked
 * @property {Facts} facts
 * @property {SearchLink[]} search_links
 * @property {{ ids: string[], values: Record<string, string>, short: Record<string, Record<string, string>> }} [more_searches] those that search_links leaves out
 * @property {{ reply_by: number | null, reply_before?: string | null, review: boolean, channels?: string[], steps: string[], stop: string[] }} handling
 * @property {"basic" | "standard" | "deep" | null} check_depth
 * @property {{ why: string[], items: CheckItem[] }} [checks]
 * @property {{ offer: PaymentTerm[], refuse: PaymentTerm[], note: string }} [payment_advice]
 * @property {{ id: string, text: string }[]} [warnings]
 * @property {string[]} [letters]
 * @property {boolean} complete
 * @property {string} mail_kind
 * @property {string} rulebook
 * @property {Lang} lang
 * @property {{ hit: boolean, age_s: number }} [cache]
 * @property {number} [elapsed_ms]
 * @property {string} [key] where a newer verdict can be asked for, while `complete` is false
 * @property {number} [retry_after_ms]
 */

export {}
