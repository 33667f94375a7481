import type { AccountTest } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'

/** What a try showed, part by part, in words. */
export function Verdict({ result }: { result: AccountTest }) {
  const parts = result.parts.length > 0 ? result.parts : [{ ...result, part: 'all', title: '' }]
  return (
    <div ref={reveal} role="status">
      <ul className="flex flex-col gap-1.5">
        {parts.map((part) => (
          <li
            key={part.part}
            className={`flex items-start gap-2 rounded-md px-3 py-2 text-sm ${part.ok ? 'bg-ok-soft text-ok' : 'bg-danger-soft text-danger'}`}
          >
            <Icon name={part.ok ? 'check' : 'alert'} className="mt-0.5 size-4!" />
            <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
              {part.title && <span className="font-medium">{part.title}: </span>}
              {part.ok
                ? part.title
                  ? t('mailbox.partOk')
                  : t('channels.testOk')
                : part.text || t('common.failed')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** reveal brings what has just appeared into view. It is one function, so that it is called once. */
const reveal = (node: HTMLElement | null) => node?.scrollIntoView({ block: 'nearest' })

/** fieldErrors puts what a try complained of beside the fields it concerns. */
export function fieldErrors(result: AccountTest | null): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const part of result ? [...result.parts, result] : []) {
    if (!part.ok && part.field) errors[`config.${part.field}`] ??= part.text
  }
  return errors
}
