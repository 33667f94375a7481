import type { RunStep } from '#/api/rules'
import { t } from '#/text/text'
import { Icon, type IconName } from '#/ui/icons'
import { actionName, optionName } from './words'

const marks: Record<string, [IconName, string]> = {
  done: ['check', 'text-ok'],
  failed: ['alert', 'text-danger'],
  waiting: ['clock', 'text-warn'],
  stopped: ['pause', 'text-muted'],
}

/** What was done, or would be, one line for each action. */
export function Steps({ steps }: { steps: RunStep[] }) {
  return (
    <ol className="flex flex-col gap-1 text-sm">
      {steps.map((step, index) => {
        const [icon, tone] = marks[step.outcome] ?? (['play', 'text-muted'] as const)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was done never changes its order
          <li key={index} className="flex items-start gap-1.5">
            <Icon name={icon} className={`mt-0.5 size-4! ${tone}`} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {actionName(step.type)}
              {step.outcome === 'waiting' && <span className="text-muted"> — {t('step.waiting')}</span>}
              {step.detail && <span className="text-muted">: {detail(step)}</span>}
              {step.problem && <span className="text-danger"> — {step.problem}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function detail(step: RunStep): string {
  return step.type === 'set_status' || step.type === 'set_priority' ? optionName(step.detail) : step.detail
}
