import assert from 'node:assert/strict'
import { until } from './until.mjs'

/** The shop with the chat on it, as its visitor sees them. */
export class Shop {
  constructor({ page, context }, url) {
    this.page = page
    this.context = context
    this.url = url
  }

  /** Goes to the shop; the chat's button is there when this returns. */
  async enter(query = '?lang=en') {
    await this.page.goto(`${this.url}/demo${query}`)
    await this.#ready()
  }

  /** Loads the page anew, as people do. */
  async reload() {
    await this.page.reload()
    await this.#ready()
  }

  /** Presses the round button. Its shadow root is closed, to tests as to everybody, so this aims at the corner. */
  async press() {
    const { width, height } = this.page.viewportSize()
    await this.page.mouse.click(width - 48, height - 48)
  }

  /** The chat's own page, once it is shown and can be written in. */
  async frame() {
    const frame = await until('the chat is on the page', () =>
      this.page.frames().find((one) => new URL(one.url(), this.url).pathname.startsWith('/widget/')),
    )
    await frame.getByRole('textbox').waitFor()
    return frame
  }

  /** Opens the chat and gives its frame. */
  async open() {
    await this.press()
    return this.frame()
  }

  async #ready() {
    await this.page.waitForFunction(() => typeof window.parley?.open === 'function')
  }
}

/** Writes into the chat and sends with Enter. */
export async function write(frame, text) {
  const box = frame.getByRole('textbox')
  await box.fill(text)
  await box.press('Enter')
}

/** The bubble with a text. */
export function bubble(frame, text) {
  return frame.locator('li.row', { hasText: text })
}

const MARKS = ['Sent', 'Delivered', 'Read']

/** Waits until a bubble of the visitor bears a mark (Sent, Delivered or Read) or one that says more. */
export function marked(frame, text, mark) {
  const enough = MARKS.slice(MARKS.indexOf(mark)).join('|')
  return bubble(frame, text)
    .locator('.mark', { hasText: new RegExp(`^(${enough})$`) })
    .waitFor({ state: 'attached' })
}

/** A visitor who writes through the API the chat itself uses: company for the list. */
export async function guest(url, account, details, texts) {
  const call = async (path, body, token) => {
    const answer = await fetch(`${url}/chat/${account}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    })
    assert.equal(answer.status, 201, `${path}: ${await answer.clone().text()}`)
    return answer.json()
  }
  const { token } = await call('/visitors', details)
  for (const text of texts)
    await call('/messages', { client_id: crypto.randomUUID(), text, attachments: [] }, token)
}
