import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { messageTemplates, preview } from '#/api/templates'
import type { ID, MessageTemplate, TemplateUse } from '#/api/types'
import { languageName } from '#/text/language'
import { t } from '#/text/text'
import { Empty, Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { errorText } from './actions'
import { stateName } from './template-words'

/** Sends a template; what is wrong, by field, or null. */
export type SendTemplate = (template: TemplateUse) => Promise<Record<string, string> | null>

/** Approved templates of an account: one is chosen, filled in, looked at and sent. */
export function TemplatePicker({
  account,
  send,
  onClose,
}: {
  account: ID
  send: SendTemplate
  onClose: () => void
}) {
  const queries = useQueryClient()
  const key = ['message-templates', account]
  const found = useQuery({ queryKey: key, queryFn: () => messageTemplates.list(account) })
  const [chosen, setChosen] = useState<MessageTemplate | null>(null)
  const [busy, setBusy] = useState(false)
  const reading = found.data?.readings[0]

  async function refresh(): Promise<void> {
    setBusy(true)
    try {
      queries.setQueryData(key, await messageTemplates.refresh(account))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog open wide title={chosen ? chosen.name : t('template.choose')} onClose={onClose}>
      {chosen ? (
        <Fill template={chosen} send={send} onBack={() => setChosen(null)} onSent={onClose} />
      ) : (
        <div className="flex flex-col gap-2">
          <div className="flex items-center gap-2">
            <p role="status" className="min-w-0 flex-1 text-muted text-sm">
              {reading?.error?.text ?? (found.error ? errorText(found.error) : '')}
            </p>
            <Button small busy={busy} onClick={() => void refresh()}>
              {t('template.refresh')}
            </Button>
          </div>
          {found.isPending && <Skeleton />}
          {found.data?.items.length === 0 && (
            <Empty icon="note" title={t('template.none')}>
              <p>{t('template.noneHelp')}</p>
            </Empty>
          )}
          <ul className="flex flex-col gap-1.5">
            {found.data?.items.map((template) => (
              <li key={template.id}>
                <button
                  type="button"
                  data-testid="template"
                  disabled={template.state !== 'approved' || template.file !== ''}
                  onClick={() => setChosen(template)}
                  className="flex w-full flex-col gap-0.5 rounded-md border border-line px-3 py-2 text-start enabled:hover:bg-hover disabled:opacity-60"
                >
                  <span className="flex items-center gap-2 text-sm">
                    <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
                      {template.name}
                    </span>
                    <span className="text-muted">{languageName(template.language)}</span>
                    <span className={template.state === 'approved' ? 'text-accent' : 'text-warn'}>
                      {stateName(template.state)}
                    </span>
                  </span>
                  <span dir="auto" className="line-clamp-2 text-muted text-sm">
                    {template.body}
                  </span>
                  {template.reason && <span className="text-danger text-xs">{template.reason}</span>}
                  {template.file && <span className="text-muted text-xs">{t('template.needsFile')}</span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}

interface FillProps {
  template: MessageTemplate
  send: SendTemplate
  onBack: () => void
  onSent: () => void
}

function Fill({ template, send, onBack, onSent }: FillProps) {
  const [values, setValues] = useState<string[]>(() => template.params.map(() => ''))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    setBusy(true)
    const problem = await send({ name: template.name, language: template.language, values })
    setBusy(false)
    if (problem) setErrors(problem)
    else onSent()
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {template.params.map((name, at) => (
        <Input
          key={name}
          label={t('template.value', { name })}
          required
          autoFocus={at === 0}
          maxLength={1024}
          value={values[at] ?? ''}
          error={errors[`template.values[${at}]`] ?? errors[`message.template.values[${at}]`]}
          onChange={(event) =>
            setValues(values.map((old, index) => (index === at ? event.target.value : old)))
          }
        />
      ))}
      <section aria-label={t('template.preview')} data-testid="template-preview">
        <p dir="auto" className="whitespace-pre-wrap rounded-xl bg-ours px-3.5 py-2 [overflow-wrap:anywhere]">
          {preview(template, values)}
        </p>
        {template.buttons.length > 0 && (
          <ul
            aria-label={t('buttons.title')}
            data-testid="template-buttons"
            className="mt-1.5 flex flex-col gap-1"
          >
            {template.buttons.map((button) => (
              <li
                key={button.text}
                className="rounded-md border border-line px-3 py-1.5 text-center text-accent text-sm"
              >
                {button.text}
              </li>
            ))}
          </ul>
        )}
      </section>
      {errors[''] && (
        <p role="alert" className="text-danger text-sm">
          {errors['']}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button
          type="submit"
          tone="primary"
          busy={busy}
          disabled={values.some((value) => value.trim() === '')}
        >
          {t('composer.send')}
        </Button>
      </div>
    </form>
  )
}
