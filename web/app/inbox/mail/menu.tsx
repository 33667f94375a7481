import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import type { IconName } from '#/ui/icons'
import { Menu, type MenuItem } from '#/ui/menu'
import { useSplit } from '../split'
import { answerTo } from './answer'
import type { MailMode } from './head'

/** originalOf is where a mail lies as it came. */
export function originalOf(message: Message): string {
  return `/api/v1/messages/${message.id}/original`
}

/** What can be done with one mail. */
export function MailMenu({ message }: { message: Message }) {
  const item = (mode: MailMode, icon: IconName, name: string): MenuItem => ({
    id: mode,
    name,
    icon,
    leads: true,
    run: () => answerTo(mode, message),
  })
  const items: MenuItem[] = [
    item('reply', 'reply', t('mail.reply')),
    item('reply_all', 'replyAll', t('mail.replyAll')),
    item('forward', 'forward', t('mail.forward')),
  ]
  if (message.original) {
    items.push({
      id: 'original',
      name: t('mail.original'),
      icon: 'file',
      run: () => location.assign(originalOf(message)),
    })
  }
  const split = useSplit(message)
  return (
    <>
      <Menu
        trigger={<IconButton icon="more" label={t('mail.more')} className="-mt-0.5 size-7!" />}
        items={[...items, ...split.items]}
      />
      {split.dialog}
    </>
  )
}
