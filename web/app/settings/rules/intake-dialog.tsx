import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { intakeRules as api, type IntakeRule, type IntakeThen } from '#/api/rules'
import type { Account } from '#/api/types'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Check, Input } from '#/ui/field'
import { say } from '#/ui/toast'
import { ConditionBuilder } from './builder'
import { readCondition, writeCondition } from './condition'
import { Wrong } from './errors'
import { IntakeOutcome } from './intake-outcome'
import { EditorStep } from './step'
import { useForm } from './use-form'

interface IntakeDialogProps {
  account: Account
  rule: IntakeRule | null
  /** Where a new one stands. */
  position: number
  onClose: () => void
}

/** Which messages of a channel, and what becomes of them. */
export function IntakeDialog({ account, rule, position, onClose }: IntakeDialogProps) {
  const queries = useQueryClient()
  const fields = useQuery({
    queryKey: ['intake-fields'],
    queryFn: api.fields,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.items
  const { busy, errors, run } = useForm()
  const [name, setName] = useState(rule?.name ?? '')
  const [enabled, setEnabled] = useState(rule?.enabled ?? true)
  const [root, setRoot] = useState(() => readCondition(rule?.conditions))
  const [then, setThen] = useState<IntakeThen>(rule?.then ?? {})
  const reread = () => void queries.invalidateQueries({ queryKey: ['intake-rules', account.id] })

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const body = { name, enabled, conditions: writeCondition(root), then }
    const stored = await run(() =>
      rule ? api.update(rule.id, body) : api.create(account.id, { ...body, position }),
    )
    if (!stored) return
    reread()
    onClose()
  }

  async function remove(): Promise<void> {
    if (!rule || (await run(() => api.remove(rule.id).then(() => true))) === null) return
    const { name, enabled, conditions, then, position } = rule
    const again = { name, enabled, conditions, then, position }
    say(t('intake.removed', { name }), { undo: () => void api.create(account.id, again).then(reread) })
    reread()
    onClose()
  }

  return (
    <Dialog wide open onClose={onClose} title={rule ? rule.name : t('intake.add')}>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <Input
          label={t('rule.name')}
          autoFocus
          placeholder={t('intake.namePlaceholder')}
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.target.value)}
        />
        <EditorStep title={t('intake.if')}>
          <ConditionBuilder
            fields={fields ?? []}
            value={root}
            errors={errors}
            always={t('intake.always')}
            onChange={setRoot}
          />
        </EditorStep>
        <EditorStep title={t('trigger.then')}>
          <IntakeOutcome then={then} errors={errors} onChange={setThen} />
        </EditorStep>
        <Check
          label={t('intake.on')}
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
        <Wrong errors={errors} root={root} />
        <div className="flex flex-wrap justify-end gap-2">
          {rule && (
            <Button tone="danger" className="me-auto" disabled={busy} onClick={() => void remove()}>
              {t('common.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
