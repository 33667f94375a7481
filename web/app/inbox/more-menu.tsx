import type { Conversation, Priority } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Menu, type MenuItem } from '#/ui/menu'
import { changeConversation } from './actions'
import { toggleFollow, togglePin, toggleSpam } from './marks'

const priorities: Priority[] = ['urgent', 'high', 'normal', 'low']

interface MoreMenuProps {
  conversation: Conversation
  onLabel: () => void
  onSnooze: () => void
  onMacro: () => void
  onTransfer: () => void
  onLink: () => void
}

/** The rarer things to do with a conversation. */
export function MoreMenu({ conversation, onLabel, onSnooze, onMacro, onTransfer, onLink }: MoreMenuProps) {
  const { id, unanswered, status } = conversation
  const items: MenuItem[] = [
    { id: 'label', name: t('act.labels'), icon: 'label', run: onLabel },
    { id: 'snooze', name: t('act.snooze'), icon: 'moon', run: onSnooze },
    { id: 'macro', name: t('macro.apply'), icon: 'checks', run: onMacro },
    {
      id: 'pin',
      name: t(conversation.pinned ? 'act.unpin' : 'act.pin'),
      icon: 'pin',
      run: () => togglePin(conversation),
    },
    {
      id: 'follow',
      name: t(conversation.following ? 'act.unfollow' : 'act.follow'),
      icon: 'eye',
      run: () => toggleFollow(conversation),
    },
    { id: 'transfer', name: t('act.transfer'), icon: 'user', leads: true, run: onTransfer },
    { id: 'link', name: t('act.link'), icon: 'link', leads: true, run: onLink },
    {
      id: 'spam',
      name: t(conversation.spam ? 'act.notSpam' : 'act.spam'),
      icon: 'ban',
      run: () => toggleSpam(conversation),
    },
  ]
  if (unanswered) {
    items.push({
      id: 'answered',
      name: t('act.noAnswerNeeded'),
      icon: 'checks',
      run: () => void changeConversation(id, { unanswered: false }, t('act.noAnswerNeededDone')),
    })
  }
  if (status !== 'pending' && status !== 'closed') {
    items.push({
      id: 'pending',
      name: t('act.pending'),
      icon: 'pause',
      run: () => void changeConversation(id, { status: 'pending' }, t('act.pendingDone')),
    })
  }
  if (status === 'pending' || status === 'snoozed') {
    items.push({
      id: 'open',
      name: t('act.reopen'),
      icon: 'play',
      run: () => void changeConversation(id, { status: 'open', snoozed_until: null }, t('act.reopened')),
    })
  }
  for (const priority of priorities) {
    items.push({
      id: priority,
      name: t('act.priority', { priority: t(`priority.${priority}`) }),
      icon: 'flag',
      chosen: conversation.priority === priority,
      run: () => void changeConversation(id, { priority }, t('act.prioritySet')),
    })
  }
  return <Menu trigger={<IconButton icon="more" label={t('common.more')} />} items={items} />
}
