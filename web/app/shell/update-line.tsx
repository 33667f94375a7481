import { useEffect } from 'react'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { lookForNewer, useNewer } from './version'

/**
 * A quiet line once the server has another version of the page: whoever works here reloads when it
 * suits them. Servers change while the link is down, so it is looked at when that is back.
 */
export function UpdateLine() {
  const open = useInbox((state) => state.link === 'open')
  const newer = useNewer()
  useEffect(() => {
    if (open) void lookForNewer()
  }, [open])
  if (!newer) return null
  return (
    <p
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-2 border-line border-b bg-accent-soft px-3 py-1 text-sm"
    >
      <span>
        {t('version.new')} {t('version.help')}
      </span>
      <button
        type="button"
        className="min-h-6 rounded-sm px-1 font-semibold text-accent hover:underline"
        onClick={() => location.reload()}
      >
        {t('version.reload')}
      </button>
    </p>
  )
}
