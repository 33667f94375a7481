import type { Conversation, Priority } from '#/api/types'
import { t } from '#/text/text'
import type { MenuItem } from '#/ui/menu'
import { changeConversation } from './actions'
import { toggleFollow, togglePin, toggleSpam } from './marks'

const priorities: Priority[] = ['urgent', 'high', 'normal', 'low']

/** What the header opens by itself. */
export interface Doings {
  onAssign: () => void
  onLabel: () => void
  onSnooze: () => void
  onMacro: () => void
  onTransfer: () => void
  onLink: () => void
}

/**
 * moreItems are the things to do with a conversation, in the order of how often: its work first, then for oneself, who
 * else gets it and how urgent it is, and last what puts it out of sight.
 */
export function moreItems(conversation: Conversation, doings: Doings): MenuItem[] {
  return [
    ...work(conversation, doings),
    ...forMe(conversation),
    ...elsewhere(doings),
    ...urgency(conversation),
    aside(conversation),
  ]
}

function work({ id, unanswered, status }: Conversation, doings: Doings): MenuItem[] {
  const group = t('menu.work')
  const items: MenuItem[] = [
    { id: 'assign', group, name: t('act.assign'), icon: 'user', keys: 'A', run: doings.onAssign },
    { id: 'label', group, name: t('act.labels'), icon: 'label', keys: 'L', run: doings.onLabel },
    { id: 'snooze', group, name: t('act.snooze'), icon: 'moon', keys: 'H', run: doings.onSnooze },
    { id: 'macro', group, name: t('macro.apply'), icon: 'checks', keys: 'M', run: doings.onMacro },
  ]
  if (unanswered) {
    items.push({
      id: 'answered',
      group,
      name: t('act.noAnswerNeeded'),
      icon: 'check',
      run: () => void changeConversation(id, { unanswered: false }, t('act.noAnswerNeededDone')),
    })
  }
  if (status !== 'pending' && status !== 'closed') {
    items.push({
      id: 'pending',
      group,
      name: t('act.pending'),
      icon: 'pause',
      run: () => void changeConversation(id, { status: 'pending' }, t('act.pendingDone')),
    })
  }
  if (status === 'pending' || status === 'snoozed') {
    items.push({
      id: 'open',
      group,
      name: t('act.reopen'),
      icon: 'play',
      run: () => void changeConversation(id, { status: 'open', snoozed_until: null }, t('act.reopened')),
    })
  }
  return items
}

function forMe(conversation: Conversation): MenuItem[] {
  const { pinned, following } = conversation
  const group = t('menu.forMe')
  return [
    {
      id: 'pin',
      group,
      name: t(pinned ? 'act.unpin' : 'act.pin'),
      icon: 'pin',
      keys: 'P',
      run: () => togglePin(conversation),
    },
    {
      id: 'follow',
      group,
      name: t(following ? 'act.unfollow' : 'act.follow'),
      icon: 'eye',
      keys: 'W',
      run: () => toggleFollow(conversation),
    },
  ]
}

function elsewhere({ onTransfer, onLink }: Doings): MenuItem[] {
  const group = t('menu.elsewhere')
  return [
    {
      id: 'transfer',
      group,
      name: t('act.transfer'),
      icon: 'user',
      keys: 'Shift+A',
      leads: true,
      run: onTransfer,
    },
    { id: 'link', group, name: t('act.link'), icon: 'link', keys: 'Shift+L', leads: true, run: onLink },
  ]
}

function urgency({ id, priority: now }: Conversation): MenuItem[] {
  return priorities.map((priority) => ({
    id: priority,
    group: t('request.priority'),
    name: t(`priority.${priority}`),
    icon: 'flag',
    chosen: now === priority,
    run: () => void changeConversation(id, { priority }, t('act.prioritySet')),
  }))
}

function aside(conversation: Conversation): MenuItem {
  const { spam } = conversation
  return {
    id: 'spam',
    name: t(spam ? 'act.notSpam' : 'act.spam'),
    icon: 'ban',
    keys: 'S',
    danger: !spam,
    run: () => toggleSpam(conversation),
  }
}
