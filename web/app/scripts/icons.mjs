// Draws the icons of an installed page from the logo, by a browser: no other program that reads SVG is
// needed. The pictures are checked in; run it again after the logo has changed:
//   CHROMIUM=/usr/bin/chromium node scripts/icons.mjs
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const logo = readFileSync(at('../public/favicon.svg'), 'utf8')
/** The ground of the logo without its round corners: what masks an icon cuts its own. */
const whole = logo.replace(' rx="8"', '')
if (whole === logo) throw new Error('the logo has no ground with round corners')

/** What a mask may cut away is a fifth on each side at most, so the picture shrinks onto its ground. */
const shrunk = (by) =>
  whole
    .replace(/(<rect [^>]*>)/, `$1<g transform="translate(16 16) scale(${by}) translate(-16 -16)">`)
    .replace('</svg>', '</g></svg>')

const pictures = [
  ['192.png', 192, logo],
  ['512.png', 512, logo],
  ['maskable-512.png', 512, shrunk(0.8)],
  ['apple-touch.png', 180, shrunk(0.9)],
]

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] })
const page = await browser.newPage()
for (const [name, size, svg] of pictures) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  await page.screenshot({ path: at(`../public/icons/${name}`), omitBackground: true })
}
await browser.close()
