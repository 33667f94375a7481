import type { Explanation } from '#/api/rules'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { type Teller, useTeller } from './explain-words'

/** Why a rule held or not: every comparison with what was found, in the shape in which it was written. */
export function ExplainTree({ why }: { why: Explanation }) {
  const teller = useTeller()
  if (why.group === 'all' && (why.parts ?? []).length === 0)
    return <p className="text-muted text-sm">{t('explain.always')}</p>
  return (
    <ul className="text-sm">
      <Part part={why} teller={teller} />
    </ul>
  )
}

function Part({ part, teller }: { part: Explanation; teller: Teller }) {
  // "Not any of" is one thought; it is shown as one line.
  const none = part.group === 'not' && part.parts?.[0]?.group === 'any' ? part.parts[0] : null
  const parts = (none ?? part).parts ?? []
  return (
    <li className="flex flex-col gap-1 py-0.5">
      <span className="flex items-start gap-1.5">
        <Icon
          name={part.holds ? 'check' : 'close'}
          className={`mt-0.5 size-4! ${part.holds ? 'text-ok' : 'text-danger'}`}
        />
        <span className="sr-only">{t(part.holds ? 'explain.holds' : 'explain.fails')}: </span>
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
          {part.group ? (
            <span className="font-medium">{groupWords(part, none !== null)}</span>
          ) : (
            teller.asked(part)
          )}
          {!part.group && (
            <span className="text-muted"> — {t('explain.found', { value: teller.found(part) })}</span>
          )}
        </span>
      </span>
      {parts.length > 0 && (
        <ul className="ms-2 border-line border-s ps-3">
          {parts.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an explanation never changes
            <Part key={index} part={item} teller={teller} />
          ))}
        </ul>
      )}
    </li>
  )
}

function groupWords(part: Explanation, none: boolean): string {
  if (none) return t('rule.none')
  if (part.group === 'not') return t('explain.not')
  return t(part.group === 'any' ? 'rule.any' : 'rule.all')
}
