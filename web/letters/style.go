package letters

// style is how a mail looks that says nothing about it. Mails with colours of their own
// were made for light paper and get it; the others take the reader's colours.
const style = `
:root{color-scheme:light dark}
:root.light{color-scheme:light}
:root.dark{color-scheme:dark}
:root.paper{color-scheme:only light;background:#fff;color:#000}
body{margin:0;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
.paper body{padding:12px;font-size:16px;line-height:normal}
.paper body:has(>.parley-body){padding:0}
.parley-body{padding:8px}
:root:not(.paper) .parley-body{padding:0}
.parley-text{white-space:pre-wrap}
img{max-width:100%;object-fit:contain}
.parley-picture{display:inline-block;border:1px dashed color-mix(in srgb,currentcolor 40%,transparent);border-radius:4px;
box-sizing:border-box;font-size:12px;line-height:1.3;overflow:hidden}
.parley-picture:not([width],[height]){min-width:24px;min-height:24px}
.parley-picture[width="1"],.parley-picture[height="1"]{border:0}
table{max-width:100%}
pre{white-space:pre-wrap}
blockquote{margin:0 0 0 4px;padding:0 0 0 12px;border:0 solid color-mix(in srgb,currentcolor 25%,transparent);border-inline-start-width:2px}
.parley-quote{margin:8px 0}
.parley-quote>summary{display:inline-block;min-height:24px;padding:0 10px;border-radius:12px;font-size:12px;line-height:24px;
cursor:pointer;list-style:none;background:color-mix(in srgb,currentcolor 10%,transparent)}
.parley-quote>summary::-webkit-details-marker{display:none}
.parley-quote[open]>summary{margin-bottom:8px}
`
