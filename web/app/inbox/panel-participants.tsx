import type { Conversation, Message, Party } from '#/api/types'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { IconButton } from '#/ui/button'
import { unique } from './mail/address'
import { writing } from './mail/writing'
import { PanelSection } from './panel'

const nothing: Message[] = []

/** Everybody who has a mail of this conversation: what is written to all is read by all of them. */
export function PanelParticipants({ conversation }: { conversation: Conversation }) {
  const items = useInbox((state) => state.threads.get(conversation.id)?.items) ?? nothing
  const parties = participantsOf(conversation, items)
  if (parties.length === 0) return null
  return (
    <PanelSection title={t('participants.title')}>
      <ul className="flex flex-col gap-1.5">
        {parties.map((party) => (
          <li key={party.address} className="group flex min-w-0 items-center gap-2">
            <Avatar name={party.name || party.address} size="sm" />
            <span className="flex min-w-0 flex-1 flex-col">
              <span dir="auto" className="truncate text-sm">
                {party.name || party.address}
              </span>
              {party.name && (
                <span dir="auto" className="truncate text-muted text-xs">
                  {party.address}
                </span>
              )}
            </span>
            <IconButton
              icon="pen"
              label={t('participants.write', { name: party.name || party.address })}
              onClick={() => writing.open(party)}
              className="size-7!"
            />
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}

/** participantsOf adds to what the server knew when it was asked who has come since. */
function participantsOf(conversation: Conversation, items: Message[]): Party[] {
  const known = (conversation.participants ?? []).filter((party) => party.scope === 'email')
  const since = items
    .filter(
      (item) => item.kind === 'message' && item.direction === 'inbound' && !item.nature && !item.newcomer,
    )
    .flatMap((item) => [...(item.from ? [item.from] : []), ...(item.cc ?? [])])
  return unique([...known, ...since])
}
