import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Icon } from '#/ui/icons'

/** A colleague answered first. Nothing is sent until this was looked at. */
export function Newer({ messages, onSeen }: { messages: Message[]; onSeen: () => void }) {
  const last = messages.at(-1)
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-t-xl border-line border-b bg-warn-soft px-3.5 py-2 text-warn"
    >
      <Icon name="alert" />
      <p className="min-w-0 flex-1 basis-56 text-sm">
        <strong className="font-semibold">
          {t('composer.newer', { name: last?.author?.name || t('message.us') })}
        </strong>
        <span dir="auto" className="line-clamp-2 text-text [overflow-wrap:anywhere]">
          {last?.text}
        </span>
      </p>
      <Button small onClick={onSeen}>
        {t('composer.newerSeen')}
      </Button>
    </div>
  )
}
