/** What an adapter of a webmail owes: the mails that are open now, each with what could be read. */

/**
 * Selector ladders of one webmail, from shared_rules/selectors.yaml: name -> selectors, best first.
 * @typedef {Record<string, string[]> & {labels?: Record<string, string[]>}} Ladders
 */

/**
 * One open mail as read from the page. `message` has the form of the API's request; a field that could not be read is
 * absent there and named in `missing`.
 * @typedef {object} Reading
 * @property {string} key  changes when another mail, another version of its text, or more of it is shown
 * @property {string} core  changes only with the mail, its sender or its text
 * @property {Element} element  the mail's own node
 * @property {{parent: Element, before: Node | null} | null} anchor  where the badge goes, never inside the mail's body
 * @property {"ok" | "partial" | "loading" | "own"} state
 * @property {string[]} missing  of: sender, subject, body, body_rest
 * @property {Record<string, number>} from  field -> index of the selector that matched, -1 for none
 * @property {string} me  the reader's own address, empty if unknown
 * @property {string} headersOf  under what the mailbox gives this mail's headers; empty if it gives none
 * @property {WebMessage} message
 */

/**
 * @typedef {object} WebMessage
 * @property {{address: string, name: string}} [sender]
 * @property {string} [sent_by]
 * @property {{address: string, name: string}[]} [reply_to]
 * @property {{address: string, name: string}[]} [recipients]
 * @property {string[]} [own_domains]
 * @property {string} [subject]
 * @property {string} [date]
 * @property {{text: string}} [body]
 * @property {string} [quoted_text]
 * @property {{text: string, href: string}[]} [links]
 * @property {{name: string, size?: number}[]} [attachments]
 * @property {[string, string][]} [headers]
 * @property {Record<string, string | number | boolean>} [context]
 * @property {string[]} [missing]
 * @property {PageNotes} [page]  for the badge and the panel; never sent
 */

/**
 * What the page said beside the mail.
 * @typedef {object} PageNotes
 * @property {string[]} [hints]  why something is missing and how to give it: the `badge_how_…` words
 * @property {"can" | "reading" | "read" | "failed"} [headers]  whether the mailbox may be asked for the headers
 */

/**
 * Asks the webmail's own origin; the text up to where `enough` is content, empty if it answers anything but a text.
 * @typedef {(path: string, enough: (text: string) => boolean, form?: Record<string, string>) => Promise<string>} Get
 */

/**
 * @typedef {object} Adapter
 * @property {"gmail" | "netease" | "generic"} id
 * @property {() => Reading[]} listOpen  every mail that is open and visible, newest first
 * @property {() => boolean} unfinished  some mails are left for the next look, so that no look takes long
 * @property {() => boolean} expectsMail  the address or the page says that a mail is open
 * @property {() => Document[]} frames  same-origin documents to watch for late changes besides the page itself
 * @property {(node: Element) => boolean} bringsMail  whether a node that was just added may hold a mail
 * @property {(headersOf: string, get: Get) => Promise<import("./headers.js").Headers | null>} [fetchHeaders]
 *   asks the webmail itself, by `get`, for the header fields that the server may have; null if it gives none
 * @property {() => Record<string, number>} diagnose  counts for a report on a changed page, no mail content
 */

/**
 * The page as an adapter sees it. `visible` and `near` are handed in because a test's DOM has no layout.
 * @typedef {object} Page
 * @property {Document} document
 * @property {Location | URL} location
 * @property {(element: Element) => boolean} visible
 * @property {(element: Element) => boolean} [near]  whether a node is in sight or almost
 */

export {};
