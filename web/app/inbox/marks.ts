import type { Conversation } from '#/api/types'
import { t } from '#/text/text'
import { changeConversation } from './actions'

type Marked = Pick<Conversation, 'id' | 'pinned' | 'following' | 'spam'>

export function togglePin({ id, pinned }: Marked): void {
  void changeConversation(id, { pinned: !pinned }, t(pinned ? 'act.unpinned' : 'act.pinned'))
}

export function toggleFollow({ id, following }: Marked): void {
  void changeConversation(id, { following: !following }, t(following ? 'act.unfollowed' : 'act.followed'))
}

export function toggleSpam({ id, spam }: Marked): void {
  void changeConversation(id, { spam: !spam }, t(spam ? 'act.notSpamDone' : 'act.spamDone'))
}
