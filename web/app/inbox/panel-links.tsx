import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { conversations } from '#/api/inbox'
import { links } from '#/api/links'
import type { Conversation, Status } from '#/api/types'
import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { changeConversation } from './actions'
import { unlink } from './link'
import { PanelSection } from './panel'

/** What a conversation belongs together with: others linked by hand, and those of the same request. */
export function PanelLinks({ conversation }: { conversation: Conversation }) {
  const { id, request_id } = conversation
  const queries = useQueryClient()
  const linked = useQuery({ queryKey: ['links', id], queryFn: () => links.list(id) }).data ?? []
  const same = useQuery({
    queryKey: ['links', 'request', request_id],
    queryFn: () => conversations.list({ request: request_id ?? '', limit: 50 }),
    enabled: request_id !== null,
  }).data?.items.filter((one) => one.id !== id)
  const done = () => void queries.invalidateQueries({ queryKey: ['links'] })
  return (
    <>
      {same && same.length > 0 && (
        <PanelSection title={t('link.sameRequest')}>
          <ul className="flex flex-col gap-1">
            {same.map((one) => (
              <li key={one.id}>
                <Way one={one} />
              </li>
            ))}
          </ul>
          <Button
            small
            tone="quiet"
            className="-ms-2 self-start"
            onClick={() =>
              void changeConversation(id, { request_id: null }, t('link.requestNone')).then(done)
            }
          >
            {t('link.leaveRequest')}
          </Button>
        </PanelSection>
      )}
      {linked.length > 0 && (
        <PanelSection title={t('link.title')}>
          <ul className="flex flex-col gap-1" data-testid="links">
            {linked.map((one) => (
              <li key={one.id} className="flex items-center justify-between gap-2">
                <Way one={one} />
                <IconButton
                  icon="close"
                  label={t('link.remove', { number: String(one.number) })}
                  className="size-7!"
                  onClick={() => void unlink(id, one.id, String(one.number), done)}
                />
              </li>
            ))}
          </ul>
        </PanelSection>
      )}
    </>
  )
}

interface WayProps {
  one: { id: string; number: number; contact_name: string; subject: string; status: Status; spam: boolean }
}

/** One press goes there; what it is stands in one line. */
function Way({ one }: WayProps) {
  return (
    <Link
      to="/inbox/$id"
      params={{ id: one.id }}
      search={{ view: 'all', status: 'any' }}
      className="flex min-h-6 min-w-0 flex-1 items-baseline gap-2 py-1 hover:text-accent hover:underline"
    >
      <span className="numeric shrink-0">{t('common.number', { number: one.number })}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {one.subject || one.contact_name || t('contact.nameless')}
      </span>
      <span className="shrink-0 text-muted text-xs">
        {one.spam ? t('view.spam') : t(`status.${one.status}`)}
      </span>
    </Link>
  )
}
