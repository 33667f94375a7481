import { Link } from '@tanstack/react-router'
import { useTeams } from '#/api/queries'
import type { BoardTeam } from '#/api/routing'
import { t } from '#/text/text'
import { waited } from '#/text/time'
import { Badge } from '#/ui/bits'
import { useMinute } from '#/ui/minute'

/** What is of nobody and waits for an answer, by team, with the way to it. */
export function Queues({ teams }: { teams: BoardTeam[] }) {
  const shown = teams.filter((one) => one.team_id !== null || one.waiting > 0)
  if (shown.length === 0) return null
  return (
    <section aria-label={t('board.waiting')} className="flex flex-col gap-2">
      <h2 className="font-semibold">{t('board.waiting')}</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {shown.map((one) => (
          <li key={one.team_id ?? ''}>
            <Queue queue={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Queue({ queue }: { queue: BoardTeam }) {
  const team = useTeams().find((one) => one.id === queue.team_id)
  const now = useMinute()
  const oldest = queue.oldest ? waited(queue.oldest, now) : null
  const tones = { calm: 'text-muted', warn: 'text-warn', late: 'font-medium text-danger' }
  return (
    <Link
      to="/inbox"
      search={{ view: 'unassigned', sort: 'oldest', ...(queue.team_id && { team: queue.team_id }) }}
      className="flex items-center gap-3 rounded-lg border border-line px-3.5 py-2.5 hover:bg-hover"
    >
      <span className={`numeric font-semibold text-xl ${queue.waiting > 0 ? '' : 'text-faint'}`}>
        {queue.waiting >= 1000 ? '999+' : queue.waiting}
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span dir="auto" className="truncate font-medium">
          {team?.name ?? t('board.noTeam')}
        </span>
        <span dir="auto" className={`truncate text-sm ${oldest ? tones[oldest.tone] : 'text-muted'}`}>
          {oldest ? t('board.oldest', { span: oldest.text || t('time.now') }) : t('board.nothing')}
        </span>
      </span>
      {!queue.works && <Badge>{t('board.closed')}</Badge>}
    </Link>
  )
}
