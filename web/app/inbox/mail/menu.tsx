import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Menu, type MenuItem } from '#/ui/menu'
import { answerTo } from './answer'

/** What can be done with one mail. */
export function MailMenu({ message }: { message: Message }) {
  const items: MenuItem[] = [
    { id: 'reply', name: t('mail.reply'), icon: 'reply', run: () => answerTo('reply', message) },
    { id: 'all', name: t('mail.replyAll'), icon: 'replyAll', run: () => answerTo('reply_all', message) },
    { id: 'forward', name: t('mail.forward'), icon: 'forward', run: () => answerTo('forward', message) },
  ]
  if (message.original) {
    items.push({
      id: 'original',
      name: t('mail.original'),
      icon: 'file',
      run: () => location.assign(`/api/v1/messages/${message.id}/original`),
    })
  }
  return (
    <Menu
      trigger={<IconButton icon="more" label={t('mail.more')} className="-mt-0.5 size-7!" />}
      items={items}
    />
  )
}
