import type { Message } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

/** The choices that a message offers; where the network has no buttons its text names them. */
export function Offered({ message }: { message: Message }) {
  if (message.numbered || message.buttons.length === 0) return null
  return (
    <ul aria-label={t('buttons.title')} data-testid="message-buttons" className="mt-1.5 flex flex-col gap-1">
      {message.buttons.map((row) => (
        <li key={row.map((button) => button.text).join()} className="flex gap-1">
          {row.map((button) => (
            <span
              dir="auto"
              key={button.text}
              title={button.url || undefined}
              className="min-w-0 flex-1 truncate rounded-md border border-line-strong bg-surface px-2.5 py-1 text-center text-sm"
            >
              {button.text}
              {button.url && ' ↗'}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** Which button an answer is. What it said is shown where the message itself says something else. */
export function Pressed({ message }: { message: Message }) {
  const { press } = message
  if (!press) return null
  const other = press.text !== '' && press.text !== message.text
  return (
    <p data-testid="message-press" className="mt-1 flex items-center gap-1 text-muted text-xs">
      <Icon name="check" className="size-3.5!" />
      {other ? t('buttons.chose', { name: press.text }) : t('buttons.pressed')}
    </p>
  )
}
