import { type FormEvent, useState } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input } from '#/ui/field'
import type { Asking, Quick } from './quick-use'

/** What a reply has to know before it is put into the text. */
export function QuickBlanks({ quick, asking }: { quick: Quick; asking: Asking }) {
  const [answers, setAnswers] = useState<Record<string, string>>({})
  const whole = asking.blanks.every((question) => answers[question]?.trim())

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (whole) void quick.choose(asking.reply, answers)
  }

  return (
    <form
      data-testid="quick-blanks"
      className="flex flex-col gap-3 p-3"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        quick.stopAsking()
      }}
    >
      <p className="font-medium">{asking.reply.name}</p>
      {asking.blanks.map((question, at) => (
        <Input
          key={question}
          label={question}
          autoFocus={at === 0}
          value={answers[question] ?? ''}
          onChange={(event) => setAnswers({ ...answers, [question]: event.target.value })}
        />
      ))}
      <div className="flex flex-wrap justify-end gap-2">
        <Button small onClick={quick.stopAsking}>
          {t('common.back')}
        </Button>
        <Button small busy={quick.busy} onClick={() => void quick.choose(asking.reply, answers, true)}>
          {t('quick.later')}
        </Button>
        <Button small type="submit" tone="primary" busy={quick.busy} disabled={!whole}>
          {t('quick.insert')}
        </Button>
      </div>
    </form>
  )
}
