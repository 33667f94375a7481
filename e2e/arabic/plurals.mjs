const forms = {
  ru: { 1: 'Отправлен 1 раз', 3: 'Отправлен 3 раза', 5: 'Отправлен 5 раз' },
  ar: {
    0: 'لم يُرسل قط',
    1: 'أُرسل مرة واحدة',
    2: 'أُرسل مرتين',
    3: 'أُرسل 3 مرات',
    11: 'أُرسل 11 مرة',
    100: 'أُرسل 100 مرة',
  },
}

/** A list of quick replies, each of which was sent some number of times, as a page that shows it words that number. */
export async function plurals(story) {
  const { context } = await story.browser.person('counting', { serviceWorkers: 'block' })
  await context.addCookies(await story.desk.context.cookies())
  const { agent } = await story.desk.api('GET', '/session')
  for (const language of ['ru', 'ar']) {
    await story.desk.api('PATCH', `/agents/${agent.id}`, { language })
    const page = await context.newPage()
    const json = list(Object.keys(forms[language]))
    await page.route(/\/api\/v1\/quick-replies(\?|$)/, (route) => route.fulfill({ json }))
    await page.goto(`${story.url}/settings/quick`)
    await page.locator(`html[lang=${language}]`).waitFor()
    for (const text of Object.values(forms[language])) await page.getByText(text).first().waitFor()
    await page.close()
  }
}

function list(uses) {
  const items = uses.map((count, at) => ({
    id: String(at + 1),
    name: `№ ${count}`,
    shortcut: '',
    text: 'text',
    scope: 'all',
    agent_id: null,
    team_id: null,
    language: '',
    folder: '',
    attachments: [],
    uses: Number(count),
    editable: true,
    problem: '',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  }))
  return { items, next: '' }
}
