/** What an adapter of a webmail owes: the mails that are open now, each with what could be read. */

/**
 * Selector ladders of one webmail, from shared_rules/selectors.yaml: name -> selectors, best first.
 * @typedef {Record<string, string[]> & {labels?: Record<string, string[]>}} Ladders
 */

/**
 * One open mail as read from the page. `message` has the form of the API's request; a field that could not be read is
 * absent there and named in `missing`.
 * @typedef {object} Reading
 * @property {string} key  changes when another mail, or another version of its text, is shown
 * @property {Element} element  the mail's own node
 * @property {{parent: Element, before: Node | null} | null} anchor  where the badge goes, never inside the mail's body
 * @property {"ok" | "partial" | "loading" | "own"} state
 * @property {string[]} missing  of: sender, subject, body, body_rest
 * @property {Record<string, number>} from  field -> index of the selector that matched
 * @property {string} me  the reader's own address, empty if unknown
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
 * @property {Record<string, string | number | boolean>} [context]
 * @property {string[]} [missing]
 */

/**
 * @typedef {object} Adapter
 * @property {"gmail" | "netease"} id
 * @property {() => Reading[]} listOpen  every mail that is open and visible, newest first
 * @property {() => boolean} expectsMail  the address or the page says that a mail is open
 * @property {() => Document[]} frames  same-origin documents to watch for late changes besides the page itself
 * @property {() => Record<string, number>} diagnose  counts for a report on a changed page, no mail content
 */

/**
 * The page as an adapter sees it. `visible` is handed in because a test's DOM has no layout.
 * @typedef {object} Page
 * @property {Document} document
 * @property {Location | URL} location
 * @property {(element: Element) => boolean} visible
 */

export {};
