/** Steps that lead from a page to a state of it. Each is a function of `(page, say)`, where `say` gives a phrase by its key. */

const named = (name) => (typeof name === 'string' ? { name, exact: true } : { name })

/** Presses the button of a phrase, the first of them unless said otherwise. */
export const press =
  (key, nth = 0) =>
  (page, say) =>
    page
      .getByRole('button', named(say(key)))
      .nth(nth)
      .click()

/** Waits for the button of a phrase. */
export const offers = (key) => (page, say) =>
  page
    .getByRole('button', named(say(key)))
    .first()
    .waitFor()

/** Follows the link of a phrase. */
export const follow = (key) => (page, say) =>
  page
    .getByRole('link', named(say(key)))
    .first()
    .click()

/** Chooses from the menu that is open. */
export const choose = (key) => (page, say) => page.getByRole('menuitem', named(say(key))).click()

/** Presses keys, one after the other, once what they act on is there. */
export const strike =
  (...keys) =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key)
  }

/** Does several steps in order. */
export const all =
  (...steps) =>
  async (page, say) => {
    for (const step of steps) await step(page, say)
  }

/** Waits until a dialog, a menu or a list to choose from is open; one that is closing is not. */
export const popup = (page) =>
  page.locator(':is([role=dialog], [role=menu], [role=listbox]):not([data-closed]):visible').last().waitFor()

/** Waits for what bears a test id. */
export const sees = (id) => (page) => page.getByTestId(id).first().waitFor()

/** Presses what bears a test id. */
export const touch = (id) => (page) => page.getByTestId(id).first().click()

/** Opens the side panel where there is no room for it beside the conversation. */
export const panel = async (page, say) => {
  if (page.viewportSize().width < 1024) await press('panel.show')(page, say)
}

/** The conversation is there, and its messages. */
export const thread = async (page) => {
  await page.getByTestId('message').last().waitFor()
  await page.getByTestId('composer-send').waitFor()
}
