import { all, choose, offers, panel, popup, press, sees, strike, thread, touch } from './steps.mjs'

/**
 * Every screen of the daily work, and its dialogs and menus: a name, where it is, and the steps that lead to the state. A
 * page more is a line more. The path may be a function of the story; `after` takes back what the steps did.
 */
const talk =
  (which, more = '') =>
  ({ talks }) =>
    `/inbox/${talks[which].id}?view=all${more}`
const rows = sees('conversation-row')
const composer = touch('composer-input')
const write = (text) => all(composer, (page) => page.keyboard.type(text))
const empty = async (page) => page.getByTestId('composer-input').fill('')

/** Opens again what was closed here; the offer to undo that may be over by now. */
const reopen = async (_page, _say, { api, talks }) => {
  const { items } = await api('GET', '/conversations?status=closed&limit=100')
  for (const { id } of items)
    if (id !== talks.closed.id) await api('PATCH', `/conversations/${id}`, { status: 'open' })
}

/** The draft keeps the buttons that were added for the picture before. */
const addButtons = async (page, say) => {
  if (!(await page.getByTestId('composer-buttons').count())) await press('buttons.add')(page, say)
}

/** Opens the first card of a board. */
const firstOfCard = (page) => page.getByTestId('board-card').first().getByRole('button').first().click()

export const deskTable = [
  ['inbox', '/inbox', rows],
  ['inbox-all', '/inbox?view=all', rows],
  ['inbox-mine', '/inbox?view=mine'],
  ['inbox-unassigned', '/inbox?view=unassigned', rows],
  ['inbox-saved', ({ view }) => `/inbox?saved=${view.id}`],
  ['inbox-filters', '/inbox?view=all&status=any', all(rows, press('filter.title'))],
  ['inbox-nothing', '/inbox?view=all&q=zzzz'],
  ['inbox-chosen', '/inbox?view=all', all(rows, strike('j', 'x', 'j', 'j', 'Shift+x'))],
  ['inbox-chosen-assign', '/inbox?view=all', all(rows, strike('j', 'x', 'a'), popup)],
  [
    'inbox-bulk-undo',
    '/inbox?view=all',
    all(rows, strike('j', 'x', 'j', 'x', 'e'), offers('common.undo')),
    reopen,
  ],
  ['conversation', talk('ivan'), thread],
  ['conversation-mail', talk('mail'), thread],
  ['conversation-merged', talk('merged'), all(thread, panel)],
  ['conversation-uncertain', talk('phone'), thread],
  ['conversation-arabic', talk('arabic'), thread],
  ['conversation-buttons', talk('bot'), thread],
  ['conversation-scheduled', talk('later'), thread],
  ['conversation-closed', talk('closed'), thread],
  ['conversation-visitor', talk('visitor'), thread],
  ['conversation-whatsapp', talk('whatsapp'), thread],
  ['panel', talk('ivan'), all(thread, panel)],
  ['assign', talk('ivan'), all(thread, strike('a'), popup)],
  ['labels', talk('ivan'), all(thread, strike('l'), popup)],
  ['snooze', talk('ivan'), all(thread, strike('h'), popup)],
  ['macros', talk('ivan'), all(thread, strike('m'), popup)],
  ['more', talk('ivan'), all(thread, press('common.more'), popup)],
  [
    'message-tools',
    talk('bot'),
    all(
      thread,
      (page) => page.getByTestId('message').last().hover(),
      (page) => page.getByTestId('message-tools').last().click(),
      popup,
    ),
  ],
  [
    'note',
    talk('ivan'),
    all(thread, press('composer.note'), write('Between us: he is a good customer.')),
    empty,
  ],
  ['quick-replies', talk('visitor'), all(thread, write('/'), sees('quick-panel')), empty],
  [
    'quick-blank',
    talk('visitor'),
    all(thread, write('/deliv'), sees('quick-option'), strike('Enter'), sees('quick-blanks')),
    all(strike('Escape'), empty),
  ],
  [
    'send-more',
    talk('visitor'),
    all(thread, write('Good morning!'), press('composer.moreSend'), popup),
    all(strike('Escape'), empty),
  ],
  [
    'send-later',
    talk('visitor'),
    all(thread, write('Good morning!'), press('composer.moreSend'), choose('later.choose'), popup),
    all(strike('Escape'), empty),
  ],
  ['add-buttons', talk('bot'), all(thread, addButtons, sees('composer-buttons'))],
  [
    'clock-why',
    talk('ivan'),
    all(thread, (page) => page.locator('[data-testid^=clock-]').first().click(), sees('clock-why')),
  ],
  ['mail-reply', talk('mail'), all(thread, strike('Shift+r'), sees('mail-recipients'))],
  ['mail-forward', talk('mail'), all(thread, strike('f'), sees('mail-recipients'))],
  ['write', '/inbox', all(rows, strike('c'), popup)],
  ['merge-conversation', talk('ivan'), all(thread, panel, press('joined.with'), popup)],
  ['lose', talk('visitor'), all(thread, panel, press('lead.lose'), popup)],
  ['palette', '/inbox', all(rows, strike('Control+k'), popup)],
  [
    'palette-found',
    '/inbox',
    all(
      rows,
      strike('Control+k'),
      popup,
      (page) => page.keyboard.type('Ivan'),
      (page) => page.getByRole('option').nth(1).waitFor(),
    ),
  ],
  ['keys', '/inbox', all(rows, strike('?'), popup)],
  ['search', '/search'],
  ['search-found', '/search?q=tea', (page) => page.locator('[data-hit]').first().waitFor()],
  [
    'search-russian',
    '/search?q=%D0%B7%D0%B0%D0%BA%D0%B0%D0%B7',
    (page) => page.locator('[data-hit]').first().waitFor(),
  ],
  ['search-filters', '/search?q=tea&files=true', () => {}],
  ['search-nothing', '/search?q=zzzz'],
  ['contacts', '/contacts'],
  ['contacts-nothing', '/contacts?q=zzzz'],
  ['contact', ({ talks }) => `/contacts/${talks.ivan.contact_id}`],
  ['contact-merged', ({ talks }) => `/contacts/${talks.merged.contact_id}`],
  ['contact-merge', ({ talks }) => `/contacts/${talks.ivan.contact_id}`, all(press('merge.choose'), popup)],
  ['contacts-duplicates', '/contacts/duplicates'],
  ['contact-new', '/contacts', all(press('contacts.new'), popup)],
  ['leads', '/leads'],
  ['leads-board', '/leads?board=true', sees('board-card')],
  ['requests', '/requests'],
  ['requests-board', '/requests?board=true', sees('board-card')],
  ['request', '/requests?board=true', all(sees('board-card'), firstOfCard, popup)],
  ['lead', '/leads?board=true', all(sees('board-card'), firstOfCard, popup)],
  ['duty', '/duty', sees('board')],
  [
    // A phone has this menu here alone.
    'me',
    '/duty',
    all(
      sees('board'),
      (page) =>
        page
          .getByRole('button', { name: /Maria Petrova/ })
          .first()
          .click(),
      popup,
    ),
  ],
  ['duty-absences', '/duty/absences', sees('absence-strip')],
  ['duty-absence', '/duty/absences', all(press('absence.add'), popup)],
  ['duty-pauses', '/duty/pauses'],
  ['nowhere', '/no/such/page'],
]
