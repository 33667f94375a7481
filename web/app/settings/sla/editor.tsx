import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { policies as api, type Policy } from '#/api/routing'
import { useSchedules, useVocabulary } from '#/api/rules'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Input, Select } from '#/ui/field'
import { Icon } from '#/ui/icons'
import { createKept, useKeeping } from '#/ui/kept'
import { say } from '#/ui/toast'
import { ConditionBuilder } from '../rules/builder'
import { placeName } from '../rules/errors'
import { KeptNote } from '../rules/kept-note'
import { EditorStep } from '../rules/step'
import { useForm } from '../rules/use-form'
import { type PolicyDraft, readPolicy, writePolicy } from './draft'
import { Escalation } from './escalation'
import { TargetFields } from './targets'

type Written = ReturnType<typeof writePolicy>

const kept = createKept<Written>(
  'policy',
  () => sessionStorage,
  () => inbox.state.me,
)

/** The editor of a policy, begun anew when what was kept is thrown away. */
export function PolicyEditor({ policy }: { policy: Policy | null }) {
  const [round, setRound] = useState(0)
  const onDiscard = () => {
    kept.drop(policy?.id ?? 'new')
    setRound(round + 1)
  }
  return <EditorForm key={round} policy={policy} onDiscard={onDiscard} />
}

/** A policy as it is written: for which conversations, what is promised, by which hours, and what stops the clock. */
function EditorForm({ policy, onDiscard }: { policy: Policy | null; onDiscard: () => void }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const vocabulary = useVocabulary()
  const schedules = useSchedules()
  const { busy, errors, run } = useForm()
  const id = policy?.id ?? 'new'
  const saved = writePolicy(readPolicy(policy))
  const [restored] = useState(() => kept.get(id, saved))
  const [draft, setDraft] = useState(() => readPolicy((restored ?? policy) as Partial<Policy> | null))
  const finish = useKeeping(kept, id, writePolicy(draft), saved)
  const set = (change: Partial<PolicyDraft>) => setDraft((old) => ({ ...old, ...change }))
  if (!vocabulary) return <Skeleton rows={4} />

  async function leave(): Promise<void> {
    finish()
    void queries.invalidateQueries({ queryKey: ['sla-policies'] })
    await navigate({ to: '/settings/$section', params: { section: 'sla' } })
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const body = writePolicy(draft)
    if (!(await run(() => (policy ? api.update(policy.id, body) : api.create(body))))) return
    say(t('common.saved'))
    await leave()
  }

  async function remove(): Promise<void> {
    if (!policy || (await run(() => api.remove(policy.id).then(() => true))) === null) return
    const again = { ...writePolicy(readPolicy(policy)), position: policy.position }
    const reread = () => void queries.invalidateQueries({ queryKey: ['sla-policies'] })
    say(t('sla.removed', { name: policy.name }), { undo: () => void api.create(again).then(reread) })
    await leave()
  }

  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-6">
      {restored && <KeptNote onDiscard={onDiscard} />}
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
        <Select
          label={t('sla.schedule')}
          help={t('sla.scheduleHelp')}
          error={errors.schedule_id}
          value={draft.schedule_id ?? ''}
          onChange={(event) => set({ schedule_id: event.target.value || null })}
        >
          <option value="">{t('sla.always')}</option>
          {schedules.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </EditorStep>
      <Escalation draft={draft} errors={errors} onChange={set} />
      <NotSaved errors={errors} draft={draft} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" busy={busy}>
          {t('common.save')}
        </Button>
        {policy && (
          <Button tone="danger" disabled={busy} onClick={() => void remove()}>
            {t('common.delete')}
          </Button>
        )}
      </div>
    </form>
  )
}

/** What kept it from being saved: most of it stands beside the field too. */
function NotSaved({ errors, draft }: { errors: Record<string, string>; draft: PolicyDraft }) {
  const list = Object.entries(errors)
  if (list.length === 0) return null
  return (
    <div role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
      <p className="font-medium">{t('rule.notSaved')}</p>
      <ul className="list-disc ps-5">
        {list.map(([path, text]) => {
          const place = placeName(path, draft.root)
          return <li key={path}>{place ? `${place}: ${text}` : text}</li>
        })}
      </ul>
    </div>
  )
}
