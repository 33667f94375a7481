import { useQuery } from '@tanstack/react-query'
import { intakeRules as api, type IntakeRule, type IntakeThen } from '#/api/rules'
import type { Account } from '#/api/types'
import { t } from '#/text/text'
import { Check, Input } from '#/ui/field'
import { EditorDialog } from '../editor/dialog'
import type { Shape } from '../editor/stand'
import { useRow } from '../editor/use-row'
import { ConditionBuilder } from './builder'
import { type Branch, readCondition, writeCondition } from './condition'
import { Wrong } from './errors'
import { IntakeOutcome } from './intake-outcome'
import { EditorStep } from './step'

interface IntakeDialogProps {
  account: Account
  rule: IntakeRule | null
  /** Where a new one stands. */
  position: number
  onClose: () => void
}

interface IntakeDraft {
  name: string
  enabled: boolean
  root: Branch
  then: IntakeThen
}

interface IntakeWritten {
  name: string
  enabled: boolean
  conditions: Record<string, unknown>
  then: IntakeThen
}

const shape: Shape<IntakeRule, IntakeWritten, IntakeDraft> = {
  noun: 'intake_rule',
  of: (rule) => {
    const { name = '', enabled = true, conditions, then = {} } = rule ?? {}
    return { name, enabled, conditions: writeCondition(readCondition(conditions)), then }
  },
  read: ({ conditions, ...rest }) => ({ ...rest, root: readCondition(conditions) }),
  write: ({ name, enabled, root, then }) => ({ name, enabled, conditions: writeCondition(root), then }),
}

/** Which messages of a channel, and what becomes of them. */
export function IntakeDialog({ account, rule, position, onClose }: IntakeDialogProps) {
  const fields = useQuery({
    queryKey: ['intake-fields'],
    queryFn: api.fields,
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.items
  const row = useRow(shape, rule, {
    queryKey: ['intake-rules', account.id],
    api: {
      create: (body) => api.create(account.id, { ...body, position }),
      update: (id, body) => api.update(id, { ...body }),
      remove: api.remove,
    },
    removed: (name) => t('intake.removed', { name }),
    again: (gone) => api.create(account.id, { ...shape.of(gone), position: gone.position }),
    onClose,
  })
  const { draft, set, errors } = row
  return (
    <EditorDialog
      title={rule ? rule.name : t('intake.add')}
      row={row}
      onClose={onClose}
      wrong={<Wrong errors={errors} root={draft.root} />}
    >
      <Input
        label={t('rule.name')}
        autoFocus
        placeholder={t('intake.namePlaceholder')}
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <EditorStep title={t('intake.if')}>
        <ConditionBuilder
          fields={fields ?? []}
          value={draft.root}
          errors={errors}
          always={t('intake.always')}
          onChange={(root) => set({ root })}
        />
      </EditorStep>
      <EditorStep title={t('trigger.then')}>
        <IntakeOutcome then={draft.then} errors={errors} onChange={(then) => set({ then })} />
      </EditorStep>
      <Check
        label={t('intake.on')}
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
    </EditorDialog>
  )
}
