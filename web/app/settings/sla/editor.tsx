import { policies as api, type Policy } from '#/api/routing'
import { useVocabulary } from '#/api/rules'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { Input } from '#/ui/field'
import { Icon } from '#/ui/icons'
import { createKept } from '#/ui/kept'
import { PageForm } from '../editor/page-form'
import { ScheduleSelect } from '../editor/schedule-select'
import type { Base, Shape } from '../editor/stand'
import { useItem } from '../editor/use-item'
import { ConditionBuilder } from '../rules/builder'
import { EditorStep } from '../rules/step'
import { type PolicyDraft, readPolicy, writePolicy } from './draft'
import { Escalation } from './escalation'
import { TargetFields } from './targets'

type Written = ReturnType<typeof writePolicy>

const shape: Shape<Policy, Written, PolicyDraft> = {
  noun: 'policy',
  of: (policy) => writePolicy(readPolicy(policy)),
  read: (written) => readPolicy(written as Partial<Policy>),
  write: writePolicy,
}

const kept = createKept<Base<Written>>(
  'policy-draft',
  () => sessionStorage,
  () => inbox.state.me,
)

/** A policy as it is written: for which conversations, what is promised, by which hours, and what stops the clock. */
export function PolicyEditor({ policy }: { policy: Policy | null }) {
  const vocabulary = useVocabulary()
  const edit = useItem(kept, shape, policy, {
    section: 'sla',
    queryKey: ['sla-policies'],
    api,
    removed: (name) => t('sla.removed', { name }),
  })
  const { draft, set, errors } = edit
  if (!vocabulary) return <Skeleton rows={4} />
  return (
    <PageForm
      edit={edit}
      busy={edit.busy}
      errors={errors}
      root={draft.root}
      onSave={edit.save}
      onRemove={edit.remove}
    >
      {policy?.problem && (
        <p className="flex items-start gap-1.5 rounded-md bg-danger-soft px-3 py-2 text-danger">
          <Icon name="alert" className="mt-0.5 size-4!" />
          <span>{policy.problem}</span>
        </p>
      )}
      <Input
        label={t('rule.name')}
        autoFocus={!policy}
        placeholder={t('sla.namePlaceholder')}
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <EditorStep title={t('sla.for')} help={t('sla.forHelp')}>
        <ConditionBuilder
          fields={vocabulary.fields}
          value={draft.root}
          errors={errors}
          always={t('sla.everyone')}
          onChange={(root) => set({ root })}
        />
      </EditorStep>
      <EditorStep title={t('sla.promise')} help={t('sla.promiseHelp')}>
        <TargetFields draft={draft} errors={errors} onChange={set} />
        <ScheduleSelect
          label={t('sla.schedule')}
          help={t('sla.scheduleHelp')}
          error={errors.schedule_id}
          always={t('sla.always')}
          value={draft.schedule_id ?? null}
          onChange={(schedule_id) => set({ schedule_id })}
        />
      </EditorStep>
      <Escalation draft={draft} errors={errors} onChange={set} />
    </PageForm>
  )
}
