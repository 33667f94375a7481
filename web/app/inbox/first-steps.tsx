import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Step, type StepId, useFirstSteps } from '#/shell/first-steps'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import { setPrefs } from '#/ui/prefs'
import { say } from '#/ui/toast'

const action = 'inline-flex min-h-6 items-center self-start font-medium text-accent hover:underline'

/**
 * What a new administrator does first, one after the other; each ticks itself. Beside the list where there is room, above
 * it on a phone. `otherwise` stands there when the steps are done.
 */
export function FirstSteps({ phone, otherwise }: { phone?: boolean; otherwise?: ReactNode }) {
  const first = useFirstSteps()
  if (!first) return otherwise
  const { steps, newest } = first
  const next = steps.find((step) => !step.done)?.id
  const count = t('first.count', {
    done: steps.filter((step) => step.done).length,
    all: steps.length,
  })
  const list = (
    <ol className="flex flex-col gap-1">
      {steps.map((step) => (
        <StepItem key={step.id} step={step} next={step.id === next} newest={newest} />
      ))}
    </ol>
  )
  if (phone)
    return (
      <details className="shrink-0 border-line border-b px-4 py-2 md:hidden">
        <summary className="flex min-h-8 cursor-pointer items-center gap-2 font-medium">
          <Icon name="checks" className="text-accent" />
          {t('first.title')}
          <span className="ms-auto text-muted text-sm">{count}</span>
        </summary>
        {list}
        <button type="button" onClick={hide} className={`${action} mb-1`}>
          {t('first.hide')}
        </button>
      </details>
    )
  return (
    <section aria-label={t('first.title')} className="m-auto w-full max-w-lg px-6 py-8">
      <header className="mb-4 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-lg">{t('first.title')}</h2>
          <p className="text-muted">
            {t('first.help')} {count}.
          </p>
        </div>
        <IconButton icon="close" label={t('first.hide')} onClick={hide} />
      </header>
      {list}
    </section>
  )
}

function hide(): void {
  setPrefs({ firstSteps: false })
  say(t('first.hidden'), { undo: () => setPrefs({ firstSteps: true }) })
}

function StepItem({ step, next, newest }: { step: Step; next: boolean; newest: string | null }) {
  return (
    <li
      aria-current={next ? 'step' : undefined}
      className={`flex gap-3 rounded-lg px-3 py-2.5 ${next ? 'bg-sunken' : ''}`}
    >
      <span
        className={`mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border ${step.done ? 'border-transparent bg-ok-soft text-ok' : 'border-muted'}`}
      >
        {step.done && <Icon name="check" className="size-4!" />}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h3 className={step.done ? 'text-muted' : 'font-medium'}>
          {t(`first.${step.id}`)}
          {step.done && <span className="sr-only"> ({t('first.stepDone')})</span>}
        </h3>
        {(next || step.id === 'channel') && (
          <>
            <p className="text-pretty text-muted text-sm">{t(`first.${step.id}Help`)}</p>
            <StepAction id={step.id} newest={newest} />
          </>
        )}
      </div>
    </li>
  )
}

function StepAction({ id, newest }: { id: StepId; newest: string | null }) {
  const name = t(`first.${id}Do`)
  switch (id) {
    case 'channel':
      return (
        <Link to="/settings/$section" params={{ section: 'channels' }} className={action}>
          {name}
        </Link>
      )
    case 'hello':
      return (
        <a href="/demo" target="_blank" rel="noreferrer" className={action}>
          {name}
        </a>
      )
    case 'answer':
      return (
        <Link to="/inbox/$id" params={{ id: newest ?? '' }} search={{ view: 'all' }} className={action}>
          {name}
        </Link>
      )
    case 'invite':
      return (
        <Link to="/settings/$section" params={{ section: 'people' }} hash="invite" className={action}>
          {name}
        </Link>
      )
  }
}
