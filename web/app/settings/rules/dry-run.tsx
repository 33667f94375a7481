import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { triggers as api, type DryRun, type NewTrigger, type RunStep, type Trial } from '#/api/rules'
import { t } from '#/text/text'
import { fullTime } from '#/text/time'
import { Badge } from '#/ui/bits'
import { Button } from '#/ui/button'
import { InlineSelect } from '#/ui/field'
import { Icon } from '#/ui/icons'
import type { ActionDraft } from './action-draft'
import { ExplainTree } from './explain'
import { EditorStep } from './step'
import { Steps } from './steps'
import { useActionWords } from './use-action-words'

interface DryRunProps {
  written: () => NewTrigger
  run: <T>(call: () => Promise<T>) => Promise<T | null>
  busy: boolean
  actions: ActionDraft[]
}

const spans = [1, 7, 30, 90]
const shownAtFirst = 10

/** A trial on what has happened: what the trigger would have done, to whom, and why. It changes nothing. */
export function DryRunPanel({ written, run, busy, actions }: DryRunProps) {
  const [days, setDays] = useState(7)
  const [result, setResult] = useState<DryRun | null>(null)
  const [tried, setTried] = useState<ActionDraft[]>([])
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (result) top.current?.scrollIntoView({ block: 'start' })
  }, [result])

  async function tryOut(): Promise<void> {
    const trigger = written()
    // A name is for those who keep it; nobody needs one to look.
    const named = { ...trigger, name: trigger.name.trim() || t('dryRun.nameless') }
    const found = await run(() => api.tryOut(named, days))
    setResult(found)
    setTried(actions)
  }

  return (
    <div ref={top}>
      <EditorStep title={t('dryRun.title')} help={t('dryRun.help')}>
        <div className="flex flex-wrap items-center gap-2">
          <Button icon="play" busy={busy} onClick={() => void tryOut()}>
            {t('dryRun.try')}
          </Button>
          <InlineSelect
            label={t('dryRun.days')}
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
            className="h-9!"
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {t('dryRun.span', { n: span })}
              </option>
            ))}
          </InlineSelect>
        </div>
        {result && <Result result={result} actions={tried} />}
      </EditorStep>
    </div>
  )
}

function Result({ result, actions }: { result: DryRun; actions: ActionDraft[] }) {
  const [shown, setShown] = useState<'matched' | 'passed'>(result.matched > 0 ? 'matched' : 'passed')
  const [most, setMost] = useState(shownAtFirst)
  const list = result.trials.filter((trial) => trial.matched === (shown === 'matched'))
  const passed = result.looked - result.matched
  const choices = [
    { id: 'matched', name: t('dryRun.matched', { n: result.matched }) },
    { id: 'passed', name: t('dryRun.passed', { n: passed }) },
  ] as const
  return (
    <div className="flex flex-col gap-2.5">
      <p role="status" className="font-medium">
        {result.looked === 0
          ? t('dryRun.nothing')
          : t('dryRun.summary', { n: result.looked, matched: result.matched })}
        {result.more && <span className="text-muted"> {t('dryRun.more')}</span>}
      </p>
      {result.looked > 0 && (
        <div role="group" aria-label={t('dryRun.show')} className="flex flex-wrap gap-1.5">
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              aria-pressed={shown === choice.id}
              onClick={() => {
                setShown(choice.id)
                setMost(shownAtFirst)
              }}
              className="h-7 rounded-full border border-line-strong px-3 text-sm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
            >
              {choice.name}
            </button>
          ))}
        </div>
      )}
      <ul className="flex flex-col gap-1.5">
        {list.slice(0, most).map((trial) => (
          <TrialItem key={trial.event} trial={trial} actions={actions} />
        ))}
      </ul>
      {list.length > most && (
        <Button small tone="quiet" className="self-start" onClick={() => setMost(most + 20)}>
          {t('common.showMore')}
        </Button>
      )}
    </div>
  )
}

function TrialItem({ trial, actions }: { trial: Trial; actions: ActionDraft[] }) {
  const words = useActionWords()
  // What the server cannot tell without doing it is told by the action itself.
  const steps = trial.steps.map((step, index): RunStep => {
    const action = actions[index]
    return step.detail || action?.type !== step.type ? step : { ...step, detail: words(action) }
  })
  return (
    <li>
      <details className="group rounded-lg border border-line bg-surface px-3 py-2">
        <summary className="flex min-h-6 cursor-pointer flex-wrap items-center gap-x-2 gap-y-0.5">
          <Badge tone={trial.matched ? 'ok' : 'plain'}>
            {t(trial.matched ? 'dryRun.would' : 'dryRun.wouldNot')}
          </Badge>
          <bdi className="min-w-0 font-medium">{trial.contact || t('contact.nameless')}</bdi>
          <span dir="auto" className="min-w-0 flex-[1_1_8rem] truncate text-muted">
            {trial.text}
          </span>
          <time dateTime={trial.at} className="text-muted text-sm">
            {fullTime(trial.at)}
          </time>
          <Icon name="down" className="text-muted group-open:rotate-180" />
        </summary>
        <div className="flex flex-col gap-3 pt-2.5">
          {steps.length > 0 && (
            <section className="flex flex-col gap-1">
              <h4 className="font-medium text-muted text-sm">{t('dryRun.does')}</h4>
              <Steps steps={steps} />
            </section>
          )}
          <section className="flex flex-col gap-1">
            <h4 className="font-medium text-muted text-sm">
              {t(trial.matched ? 'explain.why' : 'explain.whyNot')}
            </h4>
            <ExplainTree why={trial.why} />
          </section>
          {trial.conversation_id && (
            <Link
              to="/inbox/$id"
              params={{ id: trial.conversation_id }}
              className="flex min-h-6 items-center self-start font-medium text-accent text-sm hover:underline"
            >
              {t('rule.openConversation')}
            </Link>
          )}
        </div>
      </details>
    </li>
  )
}
