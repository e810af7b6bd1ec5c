/** Putting a new drawing in the place of an old one without taking anything from the reader: folds, typed words, focus, place. */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

const CONTROLS = "input[data-id], select[data-id], textarea[data-id]";

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} panel  the new drawing
 */
export function keepTyped(root, panel) {
  const folds = new Map([...root.querySelectorAll("details")].map((fold) => [fold.getAttribute("data-id"), fold.hasAttribute("open")]));
  const typed = new Map([.../** @type {NodeListOf<Control>} */ (root.querySelectorAll(CONTROLS))].filter(isTouched).map((control) => [control.getAttribute("data-id"), control]));
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const focused = active?.getAttribute("data-id");
  const { scrollTop = 0 } = document.scrollingElement ?? {};
  const scrolled = [...root.querySelectorAll("pre[data-id]")].map((box) => [box.getAttribute("data-id"), box.scrollTop]);
  root.replaceChildren(panel);
  for (const fold of root.querySelectorAll("details")) {
    const open = folds.get(fold.getAttribute("data-id"));
    if (open !== undefined) fold.toggleAttribute("open", open);
  }
  for (const control of /** @type {NodeListOf<Control>} */ (root.querySelectorAll(CONTROLS))) {
    const old = typed.get(control.getAttribute("data-id"));
    if (old && "checked" in control && "checked" in old) control.checked = old.checked;
    if (old) control.value = old.value;
  }
  for (const [id, top] of scrolled) {
    const box = root.querySelector(`pre[data-id="${id}"]`);
    if (box) box.scrollTop = Number(top);
  }
  if (document.scrollingElement) document.scrollingElement.scrollTop = scrollTop;
  const again = focused ? /** @type {HTMLElement | null} */ (root.querySelector(`[data-id="${CSS.escape(focused)}"]`)) : null;
  again?.focus({ preventScroll: true });
  if (again?.tagName === "TEXTAREA" && active?.tagName === "TEXTAREA") {
    const { selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (active);
    /** @type {HTMLTextAreaElement} */ (again).setSelectionRange(selectionStart, selectionEnd);
  }
}

/** Whether the reader changed it since it was drawn. @param {Control} control */
function isTouched(control) {
  if (control.tagName === "SELECT") return [.../** @type {HTMLSelectElement} */ (control).options].some((option) => option.selected !== option.defaultSelected && option.value !== "");
  if (control.type === "checkbox") return /** @type {HTMLInputElement} */ (control).checked !== /** @type {HTMLInputElement} */ (control).defaultChecked;
  return control.value !== /** @type {HTMLInputElement} */ (control).defaultValue;
}
