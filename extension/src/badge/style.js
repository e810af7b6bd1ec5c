/** The badge's style sheet, for its own shadow root. One height in every state, so that nothing below it moves. */

export const BADGE_HEIGHT = 34;

/** Tones: text, ground, edge, mark; light and dark. All text at least 4.5:1 on its ground. */
const TONES = {
  low: ["#14532d", "#ecf8f0", "#a9d8b8", "#15803d", "#c5f0d3", "#12291b", "#2c6b43", "#4ade80"],
  neutral: ["#475467", "#f6f7f9", "#d5dae1", "#667085", "#c6cdd8", "#22262d", "#414954", "#98a2b3"],
  caution: ["#713f06", "#fff7e3", "#f0cf83", "#b45309", "#fbdf9d", "#2e2410", "#75581d", "#fbbf24"],
  high: ["#8a2c0d", "#fff0e8", "#f6b899", "#c2410c", "#ffcdb5", "#331a10", "#8a4325", "#fb923c"],
  critical: ["#ffffff", "#b42318", "#d9665c", "#ffffff", "#ffffff", "#b42318", "#e2574c", "#ffffff"],
  unknown: ["#344054", "#f2f4f7", "#c3cad4", "#475467", "#d0d5dd", "#262b33", "#4a5361", "#98a2b3"],
  busy: ["#475467", "#f6f7f9", "#d5dae1", "#475467", "#c6cdd8", "#22262d", "#414954", "#98a2b3"],
  error: ["#344054", "#f2f4f7", "#98a2b3", "#475467", "#d0d5dd", "#262b33", "#667085", "#98a2b3"],
};

const tones = Object.entries(TONES).map(([tone, [text, ground, edge, mark, darkText, darkGround, darkEdge, darkMark]]) =>
  `.${tone}{--text:${text};--ground:${ground};--edge:${edge};--mark:${mark}}`
  + `.dark .${tone}{--text:${darkText};--ground:${darkGround};--edge:${darkEdge};--mark:${darkMark}}`).join("\n");

export const BADGE_STYLE = `
:host{all:initial!important;display:block!important;height:${BADGE_HEIGHT}px!important;margin:4px 0 8px!important;contain:layout style!important}
:host([data-fixed]){position:fixed!important;right:16px!important;bottom:16px!important;height:auto!important;max-width:420px!important;z-index:2147483000!important}
.root{font:13px/18px system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color-scheme:light}
.root.dark{color-scheme:dark}
button.badge{box-sizing:border-box;display:inline-flex;align-items:center;gap:8px;max-width:min(100%,720px);height:${BADGE_HEIGHT}px;margin:0;padding:0 12px 0 10px;border:1px solid var(--edge);border-radius:8px;background:var(--ground);color:var(--text);font:inherit;text-align:start;cursor:pointer}
button.badge:hover{filter:brightness(.97)}
.dark button.badge:hover{filter:brightness(1.15)}
button:focus-visible{outline:2px solid #1570ef;outline-offset:2px}
.dark button:focus-visible{outline-color:#84caff}
.word{font-weight:650;white-space:nowrap}
.score{font-variant-numeric:tabular-nums;white-space:nowrap;opacity:.9}
.note{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding-inline-start:8px;border-inline-start:1px solid var(--edge)}
.more{flex:none;width:7px;height:7px;border:solid currentColor;border-width:1.5px 1.5px 0 0;transform:rotate(45deg);opacity:.7}
.icon{flex:none;overflow:visible}
.icon path{fill:none;stroke:var(--mark);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.icon .outline{fill:var(--mark);fill-opacity:.14}
.icon-busy{animation:turn 1s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){.icon-busy{animation:none}}
@media print{:host{display:none!important}}
@media (forced-colors:active){button.badge{border-color:CanvasText}.icon path{stroke:CanvasText}}
.status{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.notice{display:flex;flex-direction:column;gap:8px;padding:12px 14px;border:1px solid var(--edge);border-radius:10px;background:var(--ground);color:var(--text);box-shadow:0 6px 24px rgb(16 24 40/.18)}
.notice p{margin:0}.notice .lead{font-weight:650;display:flex;gap:8px;align-items:center}
.notice div{display:flex;flex-wrap:wrap;gap:8px}
.notice button{font:inherit;color:inherit;background:none;border:1px solid var(--edge);border-radius:6px;padding:3px 10px;cursor:pointer}
${tones}
`;
