/** The agents' page, as its user sees it. Names are the English ones unless the person chose Russian. */
export class Desk {
  constructor({ page, context }, url) {
    this.page = page
    this.context = context
    this.url = url
  }

  /** The rows of the list, or the one that holds a text. */
  row(text) {
    const rows = this.page.getByTestId('conversation-row')
    return text ? rows.filter({ hasText: text }) : rows
  }

  /** Opens the conversation whose row holds a text; it has been read when this returns. */
  async openRow(text) {
    const row = this.row(text).first()
    const id = await row.getAttribute('data-id')
    await this.page.locator(`[data-testid=conversation-row][data-id="${id}"]`).first().click()
    // The one that was open before stands until this one does. On a phone the list makes room for it.
    await this.page.waitForFunction((wanted) => {
      const [row] = document.querySelectorAll(`[data-testid=conversation-row][data-id="${wanted}"]`)
      return location.pathname.endsWith(`/${wanted}`) && (!row?.checkVisibility() || row.ariaCurrent)
    }, id)
    await this.page.getByTestId('composer-input').waitFor()
    // Who answers has read: to what came before one had seen it an answer is refused.
    await this.page.getByTestId('message').first().waitFor()
  }

  /** The message with a text. */
  message(text) {
    return this.page.getByTestId('message').filter({ hasText: text })
  }

  /** The mails of a person. */
  mail(text) {
    return this.page.getByTestId('message').filter({ hasText: text })
  }

  /** The last mail of ours. */
  get ours() {
    return this.page.locator('[data-testid=message][data-direction=outbound]').last()
  }

  /** What is known about the delivery of the message with a text. */
  delivery(text) {
    return this.message(text).getByTestId('delivery')
  }

  get composer() {
    return this.page.getByTestId('composer-input')
  }

  /** Writes an answer and sends it; it leaves when its undo time is over. */
  async send(text) {
    await this.composer.fill(text)
    await this.composer.press('Control+Enter')
  }

  /**
   * Has what was sent last leave before its undo time is over. On a slow machine it may have left by itself, and the button with
   * it: what proves that it has left is that it arrives.
   */
  async sendNow(name = 'Send now') {
    await this.page
      .getByRole('button', { name })
      .last()
      .click({ timeout: 12_000 })
      .catch(() => {})
  }

  /** Writes an answer that leaves at once. */
  async answer(text) {
    await this.send(text)
    await this.sendNow()
  }

  /** Calls the API as the signed-in person, for what a story needs but does not show. */
  async api(method, path, body) {
    return this.page.evaluate(
      async ([verb, address, content]) => {
        const session = await (await fetch('/api/v1/session')).json()
        const answer = await fetch(`/api/v1${address}`, {
          method: verb,
          headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token },
          ...(content !== undefined && { body: JSON.stringify(content) }),
        })
        if (!answer.ok) throw new Error(`${verb} ${address}: ${answer.status} ${await answer.text()}`)
        return answer.status === 204 ? null : answer.json()
      },
      [method, path, body],
    )
  }
}
