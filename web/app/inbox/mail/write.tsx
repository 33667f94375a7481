import { useAccounts } from '#/api/queries'
import { t } from '#/text/text'
import { Dialog } from '#/ui/dialog'
import { Select } from '#/ui/field'
import { say } from '#/ui/toast'
import { isBlank } from './words'
import { WriteChat } from './write-chat'
import { WriteMail } from './write-mail'
import { useWriting } from './write-store'
import { writing } from './writing'

/** A message to somebody who has not written, by any channel that may write first. Closing the window keeps it. */
export default function WriteDialog() {
  const { letter } = useWriting(writing)
  const channels = useAccounts().filter((account) => account.writes_to !== '')
  const account =
    channels.find((item) => item.id === letter.account) ??
    channels.find((item) => item.kind === 'email') ??
    channels[0]

  function close(): void {
    if (!isBlank(letter.html) || letter.text.trim() || letter.attachments.length > 0) say(t('write.kept'))
    writing.close()
  }

  return (
    <Dialog open wide title={t('write.title')} onClose={close}>
      {!account ? (
        <p className="text-muted">{t('write.first.none')}</p>
      ) : (
        <div className="flex flex-col gap-3">
          {(channels.length > 1 || account.kind !== 'email') && (
            <Select
              label={t('write.first.channel')}
              data-testid="write-channel"
              value={account.id}
              onChange={(event) => writing.edit({ account: event.target.value, from: '' })}
            >
              {channels.map((item) => (
                <option key={item.id} value={item.id}>
                  {item.name}
                </option>
              ))}
            </Select>
          )}
          {account.kind === 'email' ? (
            <WriteMail account={account} />
          ) : (
            <WriteChat key={account.id} account={account} />
          )}
        </div>
      )}
    </Dialog>
  )
}
