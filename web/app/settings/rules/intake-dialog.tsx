import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { intakeRules as api, type IntakeRule, type IntakeThen } from '#/api/rules'
import type { Account } from '#/api/types'
import { t } from '#/text/text'
import { Check, Input } from '#/ui/field'
import { ConditionBuilder } from './builder'
import { readCondition, writeCondition } from './condition'
import { EditorDialog } from './editor-dialog'
import { Wrong } from './errors'
import { IntakeOutcome } from './intake-outcome'
import { EditorStep } from './step'
import { useEditor } from './use-editor'

interface IntakeDialogProps {
  account: Account
  rule: IntakeRule | null
  /** Where a new one stands. */
  position: number
  onClose: () => void
}

/** Which messages of a channel, and what becomes of them. */
export function IntakeDialog({ account, rule, position, onClose }: IntakeDialogProps) {
  const fields = useQuery({
    queryKey: ['intake-fields'],
    queryFn: api.fields,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.items
  const { busy, errors, save, remove } = useEditor(['intake-rules', account.id], onClose)
  const [name, setName] = useState(rule?.name ?? '')
  const [enabled, setEnabled] = useState(rule?.enabled ?? true)
  const [root, setRoot] = useState(() => readCondition(rule?.conditions))
  const [then, setThen] = useState<IntakeThen>(rule?.then ?? {})

  function store(): Promise<boolean> {
    const body = { name, enabled, conditions: writeCondition(root), then }
    return save(() => (rule ? api.update(rule.id, body) : api.create(account.id, { ...body, position })))
  }

  function drop({ id, name, enabled, conditions, then, position }: IntakeRule): Promise<void> {
    const again = { name, enabled, conditions, then, position }
    return remove({
      remove: () => api.remove(id),
      again: () => api.create(account.id, again),
      said: t('intake.removed', { name }),
    })
  }

  return (
    <EditorDialog
      title={rule ? rule.name : t('intake.add')}
      busy={busy}
      onSave={store}
      onRemove={rule && (() => drop(rule))}
      onClose={onClose}
    >
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
    </EditorDialog>
  )
}
