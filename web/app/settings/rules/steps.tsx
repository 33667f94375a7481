import type { RunStep } from '#/api/rules'
import { t } from '#/text/text'
import { Icon, type IconName } from '#/ui/icons'
import { nameOf, useReferences } from './references'
import { actionName, optionName } from './words'

const marks: Record<string, [IconName, string]> = {
  done: ['check', 'text-ok'],
  failed: ['alert', 'text-danger'],
  waiting: ['clock', 'text-warn'],
  stopped: ['pause', 'text-muted'],
}

/** What was done, or would be, one line for each action. */
export function Steps({ steps }: { steps: RunStep[] }) {
  const detail = useDetail()
  return (
    <ol className="flex flex-col gap-1 text-sm">
      {steps.map((step, index) => {
        const [icon, tone] = marks[step.outcome] ?? (['play', 'text-muted'] as const)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was done never changes its order
          <li key={index} className="flex items-start gap-1.5">
            <Icon name={icon} className={`mt-0.5 size-4! ${tone}`} />
            <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
              {actionName(step.type)}
              {step.outcome === 'waiting' && <span className="text-muted"> — {t('step.waiting')}</span>}
              {detail(step) && (
                <span className="text-muted">
                  : <bdi>{detail(step)}</bdi>
                </span>
              )}
              {step.problem && <span className="text-danger"> — {step.problem}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** useDetail is what a step wrote or set, in words where the log has a number or a key. */
function useDetail(): (step: RunStep) => string {
  const references = useReferences()
  return ({ type, detail }) => {
    switch (type) {
      case 'set_status':
      case 'set_priority':
        return optionName(detail)
      case 'add_label':
      case 'remove_label':
        return /^\d+$/.test(detail) ? nameOf(references('labels'), detail) : detail
      case 'create_lead':
        return '' // its id, which nobody knows a lead by
      default:
        return detail
    }
  }
}
