import type { Conversation } from '#/api/types'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Menu } from '#/ui/menu'
import { type Doings, moreItems } from './more-items'

/** All that can be done with a conversation, for whoever looks for it. */
export function MoreMenu({ conversation, ...doings }: Doings & { conversation: Conversation }) {
  return (
    <Menu
      trigger={<IconButton icon="more" label={t('common.more')} />}
      items={moreItems(conversation, doings)}
    />
  )
}
