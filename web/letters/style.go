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
box-sizing:border-box;font-size:12px;line-height:1.3;overflow:hidden;background:color-mix(in srgb,currentcolor 6%,transparent) ` + pictureSign + ` center/20px no-repeat}
.parley-picture[alt]:not([alt=""]){background-image:none;padding:2px 6px}
.parley-picture:not([width],[style*="width"]){min-width:28px}
.parley-picture:not([height],[style*="height"]){min-height:28px}
.parley-picture[width="1"],.parley-picture[height="1"]{border:0;padding:0;min-width:0;min-height:0;background:none}
table{max-width:100%}
pre{white-space:pre-wrap}
blockquote{margin:0 0 0 4px;padding:0 0 0 12px;border:0 solid color-mix(in srgb,currentcolor 25%,transparent);border-inline-start-width:2px}
.parley-quote{margin:8px 0}
.parley-quote>summary{display:inline-block;min-height:24px;padding:0 10px;border-radius:12px;font-size:12px;line-height:24px;
cursor:pointer;list-style:none;background:color-mix(in srgb,currentcolor 10%,transparent)}
.parley-quote>summary::-webkit-details-marker{display:none}
.parley-quote[open]>summary{margin-bottom:8px}
`

// pictureSign stands in the place of a picture that is not shown and says nothing in words.
const pictureSign = `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' fill='none' stroke='%23888' stroke-width='1.5'%3E%3Crect x='2' y='3.5' width='16' height='13' rx='2'/%3E%3Ccircle cx='7' cy='8' r='1.5'/%3E%3Cpath d='m3 15 5-4 3 2 3-3 3 3'/%3E%3C/svg%3E")`
