import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'

/** Every key by what it does. */
export const groups = () => [
  {
    name: t('keys.move'),
    rows: [
      ['J / K', t('keys.next')],
      ['Enter', t('keys.open')],
      ['Home / End', t('keys.ends')],
      ['U', t('keys.back')],
      ['/', t('keys.search')],
      ['↑ / ↓', t('keys.searchResults')],
      ['Ctrl+K', t('keys.palette')],
      ['G → I', t('keys.goInbox')],
      ['G → M', t('keys.goMine')],
      ['G → U', t('keys.goUnassigned')],
      ['G → C', t('keys.goContacts')],
    ],
  },
  {
    name: t('keys.act'),
    rows: [
      ['R', t('keys.reply')],
      ['Shift+R', t('mail.replyAll')],
      ['F', t('mail.forward')],
      ['C', t('write.open')],
      ['N', t('keys.note')],
      ['Ctrl+Enter', t('keys.send')],
      ['Ctrl+Shift+Enter', t('keys.sendClose')],
      ['A', t('keys.assign')],
      ['L', t('keys.label')],
      ['H', t('keys.snooze')],
      ['M', t('macro.apply')],
      ['E', t('keys.close')],
      ['P', t('keys.pin')],
      ['W', t('keys.follow')],
      ['S', t('keys.spam')],
      ['Shift+A', t('keys.transfer')],
      ['Shift+L', t('keys.link')],
      ['X', t('keys.select')],
      ['Shift+X', t('keys.selectRange')],
      ['Z', t('keys.undo')],
      ['?', t('keys.help')],
    ],
  },
]

export default function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} wide>
      <p className="mb-4 text-muted">{t('keys.layoutNote')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: nothing else in it can have the focus that keys scroll it by */}
      <section aria-label={t('keys.title')} tabIndex={0} className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {groups().map((group) => (
          <section key={group.name}>
            <h3 className="mb-1.5 font-medium text-muted text-sm">{group.name}</h3>
            <dl>
              {group.rows.map(([key, what]) => (
                <div
                  key={key}
                  className="flex items-center justify-between gap-4 border-line border-b py-1.5"
                >
                  <dt>{what}</dt>
                  <dd className="shrink-0">
                    <kbd className="whitespace-nowrap rounded-sm border border-line-strong bg-sunken px-1.5 py-0.5 font-sans text-xs">
                      {key}
                    </kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  )
}
