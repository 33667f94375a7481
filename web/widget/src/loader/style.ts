/**
 * The look of the button and of the frame around the chat. It lives in a constructable stylesheet inside a closed
 * shadow root: the page's styles cannot reach it, it cannot reach the page's, and no policy on inline styles applies.
 * Everything is fixed to the viewport, so nothing of the page ever moves.
 */
export const css = `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important;inset:auto var(--r,20px) 20px var(--l,auto)!important;color-scheme:light dark!important}
button{all:unset;box-sizing:border-box;cursor:pointer;position:relative;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;
background:var(--c);color:var(--i);box-shadow:0 2px 6px #0003,0 8px 24px #0003;transition:transform .15s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;top:-4px;inset-inline-end:-4px;box-sizing:border-box;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c81e1e;color:#fff;
font:700 12px/22px system-ui,sans-serif;text-align:center}
[hidden]{display:none!important}
iframe{position:fixed;inset:auto var(--r,20px) 88px var(--l,auto);width:384px;height:min(640px,100dvh - 108px);border:0;border-radius:16px;background:Canvas;
box-shadow:0 4px 12px #0002,0 16px 48px #0004;animation:p .18s ease-out;color-scheme:inherit}
@keyframes p{from{opacity:0;transform:translateY(12px)}}
@media(max-width:480px){iframe{inset:0;width:100%;height:100dvh;border-radius:0}[aria-expanded=true]{visibility:hidden}}
@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media print{:host{display:none!important}}`
