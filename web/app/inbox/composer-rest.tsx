import type { Limits, Rest } from '#/api/types'
import { words } from '#/text/text'
import { Icon } from '#/ui/icons'

/** rests tells what keeps a conversation's channel from work, null when nothing does. */
export function rests(limits: Limits | undefined): Rest['reason'] | null {
  return limits?.resting?.reason ?? null
}

/** The channel is paused or archived: said where an answer would be written. */
export function RestLine({ rest }: { rest: Rest }) {
  return (
    <p
      role="status"
      data-testid="composer-rest"
      className={`flex items-start gap-2 border-line border-b px-3.5 py-1.5 text-sm ${rest.reason === 'archived' ? 'text-danger' : 'text-warn'}`}
    >
      <Icon name={rest.reason === 'archived' ? 'alert' : 'pause'} className="mt-0.5 size-4!" />
      <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {words(rest.words)}
      </span>
    </p>
  )
}
