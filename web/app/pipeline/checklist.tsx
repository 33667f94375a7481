import type { Step } from '#/api/people-records'
import type { Inquiry } from '#/api/types'
import { useKeptState } from '#/settings/editor/kept-state'
import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { type Run, stepActs } from './step-acts'

interface ChecklistProps {
  request: Inquiry
  run: Run
}

/** What has to be done for a request: added, ticked, moved and taken away, each of which can be undone. */
export function Checklist({ request, run }: ChecklistProps) {
  const [text, setText] = useKeptState('step', request.id, '')
  const { checklist: steps } = request
  const { tick, move, remove, add } = stepActs(request, run)
  return (
    <section aria-label={t('request.checklist')} className="flex flex-col gap-1.5">
      <h3 className="flex justify-between gap-2 font-medium text-sm">
        {t('request.checklist')}
        {steps.length > 0 && <span className="numeric font-normal text-muted">{doneOf(steps)}</span>}
      </h3>
      <ol className="flex flex-col">
        {steps.map((step, at) => (
          <li
            key={step.id}
            data-testid="step"
            className="group flex min-h-8 items-center gap-1 rounded-md hover:bg-hover"
          >
            <label className="flex min-w-0 flex-1 items-center gap-2.5 px-1 py-1">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-accent"
                checked={step.done}
                onChange={() => tick(step)}
              />
              <span
                dir="auto"
                className={`min-w-0 [overflow-wrap:anywhere] ${step.done ? 'text-muted line-through' : ''}`}
              >
                {step.text}
              </span>
            </label>
            <IconButton
              icon="down"
              label={t('step.up', { text: step.text })}
              className="size-7! rotate-180"
              disabled={at === 0}
              onClick={() => move(step, at, at - 1)}
            />
            <IconButton
              icon="down"
              label={t('step.down', { text: step.text })}
              className="size-7!"
              disabled={at === steps.length - 1}
              onClick={() => move(step, at, at + 1)}
            />
            <IconButton
              icon="close"
              label={t('step.remove', { text: step.text })}
              className="size-7!"
              onClick={() => remove(step, at)}
            />
          </li>
        ))}
      </ol>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          const said = text.trim()
          if (!said) return
          setText('')
          // What is being typed by then stays.
          add(said, () => setText((now) => now || said))
        }}
      >
        <input
          aria-label={t('step.new')}
          placeholder={t('step.new')}
          maxLength={300}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${controlClass} h-8`}
        />
        <Button small type="submit" className="h-8!">
          {t('step.add')}
        </Button>
      </form>
    </section>
  )
}

/** doneOf says how far a checklist is. */
export function doneOf(steps: Step[]): string {
  return t('request.checklistDone', { done: steps.filter((step) => step.done).length, all: steps.length })
}
