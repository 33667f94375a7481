import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { conversations } from '#/api/inbox'
import type { BoardAgent } from '#/api/routing'
import type { Agent, ID } from '#/api/types'
import { presenceColor } from '#/shell/me-menu'
import { useMe } from '#/shell/session'
import { t } from '#/text/text'
import { Avatar } from '#/ui/bits'
import { Icon } from '#/ui/icons'

/** One colleague: how they are present, how full they are, and behind a press what they hold. */
export function BoardPerson({ person, agent }: { person: BoardAgent; agent: Agent | undefined }) {
  const me = useMe()
  const [open, setOpen] = useState(false)
  const name = agent?.name ?? person.agent_id
  const presence = person.absent ? t('board.absent') : t(`presence.${person.presence}`)
  return (
    <li data-testid={`board-${person.agent_id}`} className="rounded-lg border border-line">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-3 rounded-lg px-3 py-2.5 text-start hover:bg-hover"
      >
        <span className="relative">
          <Avatar name={name} ours={person.agent_id === me.id} />
          <span
            className={`absolute -end-0.5 -bottom-0.5 size-2.5 rounded-full border-2 border-surface ${person.absent ? 'bg-faint' : presenceColor[person.presence]}`}
          />
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-1">
          <span dir="auto" className="relative truncate font-medium">
            {name}
            <span className="sr-only">, {presence}</span>
          </span>
          <Load person={person} />
          {agent && agent.skills.length > 0 && (
            <span dir="auto" className="truncate text-muted text-xs">
              {agent.skills.join(', ')}
            </span>
          )}
        </span>
        <Icon name="down" className={`text-muted ${open ? 'rotate-180' : ''}`} />
      </button>
      {open && <Held agent={person.agent_id} />}
    </li>
  )
}

/** How full somebody is, as a bar and in words. */
function Load({ person }: { person: BoardAgent }) {
  const { load, capacity, held } = person
  const full = capacity > 0 && load >= capacity
  const words = capacity > 0 ? t('board.load', { load, capacity, n: held }) : t('board.loadFree', { n: held })
  return (
    <span className="flex flex-col gap-1">
      {capacity > 0 && (
        <svg
          aria-hidden="true"
          className="h-1.5 w-full overflow-hidden rounded-full bg-sunken rtl:-scale-x-100"
        >
          <rect
            width={`${Math.min(100, (load / capacity) * 100)}%`}
            height="100%"
            className={full ? 'fill-danger' : 'fill-accent'}
          />
        </svg>
      )}
      <span dir="auto" className={`numeric truncate text-xs ${full ? 'text-danger' : 'text-muted'}`}>
        {words}
        {full && ` · ${t('board.full')}`}
      </span>
    </span>
  )
}

/** The conversations that somebody holds, the next due first. */
function Held({ agent }: { agent: ID }) {
  const list = useQuery({
    queryKey: ['board', 'held', agent],
    queryFn: () => conversations.list({ assignee: agent, status: 'open', sort: 'due', limit: 10 }),
  })
  const items = list.data?.items ?? []
  return (
    <div className="border-line border-t px-3 py-2 text-sm">
      {list.data && items.length === 0 && <p className="text-muted">{t('board.holdsNothing')}</p>}
      <ul className="flex flex-col">
        {items.map((one) => (
          <li key={one.id}>
            <Link
              to="/inbox/$id"
              params={{ id: one.id }}
              search={{ view: 'all' }}
              className="flex min-h-7 items-center gap-2 hover:underline"
            >
              <span className="numeric text-faint">{t('common.number', { number: one.number })}</span>
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {one.contact_name || t('contact.nameless')}
              </span>
              {one.unanswered && <span className="shrink-0 text-warn text-xs">{t('inbox.waitsNow')}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {list.data?.next && <p className="text-muted">{t('board.andMore')}</p>}
    </div>
  )
}
