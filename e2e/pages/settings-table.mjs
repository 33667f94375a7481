import { all, choose, popup, press, sees } from './steps.mjs'

/** Every section of the settings, and its dialogs, as in the table of the desk. */
const at = (section) => `/settings/${section}`
const dialog = (key, nth) => all(press(key, nth), popup)
const edit = dialog('common.edit')
const connect = (kind) =>
  all(
    press('channels.connect'),
    (page) => page.getByRole('menuitem').filter({ hasText: kind }).first().click(),
    popup,
  )

export const settingsTable = [
  ['settings', '/settings'],
  ['settings-profile', at('profile')],
  ['settings-notifications', at('notifications')],
  ['settings-people', at('people')],
  ['settings-people-actions', at('people'), dialog('people.actions')],
  ['settings-person', at('people'), all(press('people.actions', 1), choose('common.edit'), popup)],
  ['settings-invite', at('people'), dialog('people.invite')],
  ['settings-teams', at('teams')],
  ['settings-team', ({ wholesale }) => at(`teams/${wholesale.id}`)],
  ['settings-team-new', at('teams/new')],
  ['settings-channels', at('channels')],
  ['settings-channels-kinds', at('channels'), all(press('channels.connect'), popup)],
  ['settings-channels-telegram', at('channels'), connect('Telegram')],
  [
    'settings-channels-guide',
    at('channels'),
    all(connect('VK'), (page, say) => page.getByText(say('channels.guide')).click()),
  ],
  ['settings-channels-mail', at('channels'), connect(/mail|Почта|بريد/i)],
  ['settings-channels-sms', at('channels'), connect(/SMS/)],
  ['settings-channels-edit', at('channels'), edit],
  ['settings-channels-install', at('channels'), press('channels.install')],
  ['settings-templates', at('templates')],
  ['settings-quarantine', at('quarantine')],
  ['settings-quarantine-item', at('quarantine'), press('quarantine.look')],
  ['settings-stops', at('suppressions')],
  ['settings-stops-lift', at('suppressions'), press('stop.lift')],
  ['settings-quick', at('quick'), sees('quick-row')],
  ['settings-quick-edit', at('quick'), edit],
  ['settings-quick-new', at('quick'), dialog('quick.add')],
  ['settings-labels', at('labels')],
  ['settings-label', at('labels'), edit],
  ['settings-views', at('views')],
  ['settings-view', at('views'), edit],
  ['settings-view-new', at('views'), dialog('view.add')],
  ['settings-triggers', at('triggers')],
  ['settings-trigger', ({ trigger }) => at(`triggers/${trigger.id}`)],
  [
    'settings-trigger-tried',
    ({ trigger }) => at(`triggers/${trigger.id}`),
    all(press('dryRun.try'), (page) => page.locator('details').last().waitFor()),
  ],
  [
    'settings-trigger-runs',
    ({ trigger }) => at(`triggers/${trigger.id}?tab=runs`),
    (page) => page.locator('summary').first().click(),
  ],
  ['settings-trigger-new', at('triggers/new')],
  ['settings-macros', at('macros')],
  ['settings-macro', at('macros'), edit],
  ['settings-intake', at('intake')],
  ['settings-intake-channel', ({ chat }) => at(`intake/${chat.id}`)],
  ['settings-intake-rule', ({ chat }) => at(`intake/${chat.id}`), dialog('intake.add')],
  ['settings-hours', at('hours')],
  ['settings-hours-edit', at('hours'), edit],
  ['settings-promises', at('sla')],
  ['settings-promise', ({ policy }) => at(`sla/${policy.id}`)],
  ['settings-promise-new', at('sla/new')],
  ['settings-keys', at('keys')],
  ['settings-key-new', at('keys'), dialog('apiKeys.add')],
]
