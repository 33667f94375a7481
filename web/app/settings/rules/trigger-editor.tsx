import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { triggers as api, type NewTrigger, type Trigger, useVocabulary } from '#/api/rules'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Check, Input } from '#/ui/field'
import { Icon } from '#/ui/icons'
import { createKept, useKeeping } from '#/ui/kept'
import { say } from '#/ui/toast'
import { readActions, writeActions } from './action-draft'
import { ActionList } from './actions'
import { ConditionBuilder } from './builder'
import { readCondition, writeCondition } from './condition'
import { DryRunPanel } from './dry-run'
import { problemText, Wrong } from './errors'
import { KeptNote } from './kept-note'
import { EditorStep } from './step'
import { TriggerWhen, type When } from './trigger-when'
import { useForm } from './use-form'

const kept = createKept<NewTrigger>(
  'trigger',
  () => sessionStorage,
  () => inbox.state.me,
)

/** What is saved, as it would be written; for a new one what an empty form would write. */
function savedOf(trigger: Trigger | null): NewTrigger {
  return {
    name: trigger?.name ?? '',
    enabled: trigger?.enabled ?? true,
    automatic: trigger?.automatic ?? false,
    event: trigger?.event ?? 'message.received',
    ...(trigger?.after && { after: trigger.after }),
    ...(trigger?.at && { at: trigger.at }),
    conditions: writeCondition(readCondition(trigger?.conditions)),
    actions: writeActions(readActions(trigger?.actions ?? [])),
  }
}

/** The editor of a trigger, begun anew when what was kept is thrown away. */
export function TriggerEditor({ trigger }: { trigger: Trigger | null }) {
  const [round, setRound] = useState(0)
  return (
    <EditorForm
      key={round}
      trigger={trigger}
      onDiscard={() => {
        kept.drop(trigger?.id ?? 'new')
        setRound(round + 1)
      }}
    />
  )
}

/** When, if, then: the three parts of a trigger, and a trial before it is let loose. */
function EditorForm({ trigger, onDiscard }: { trigger: Trigger | null; onDiscard: () => void }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const vocabulary = useVocabulary()
  const { busy, errors, run, forget } = useForm()
  const id = trigger?.id ?? 'new'
  const saved = savedOf(trigger)
  const [restored] = useState(() => kept.get(id, saved))
  const begun = restored ?? saved
  const [name, setName] = useState(begun.name)
  const [enabled, setEnabled] = useState(begun.enabled ?? true)
  const [automatic, setAutomatic] = useState(begun.automatic ?? false)
  const [when, setWhen] = useState<When>({
    event: begun.event,
    after: begun.after ?? null,
    at: begun.at ?? null,
  })
  const [root, setRoot] = useState(() => readCondition(begun.conditions))
  const [actions, setActions] = useState(() => readActions(begun.actions))

  const written = (): NewTrigger => ({
    name,
    enabled,
    automatic,
    event: when.event,
    ...(when.after && { after: when.after }),
    ...(when.at && { at: when.at }),
    conditions: writeCondition(root),
    actions: writeActions(actions),
  })

  const finish = useKeeping(kept, id, written(), saved)
  if (!vocabulary) return <Skeleton rows={4} />

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const stored = await run(() => (trigger ? api.update(trigger.id, written()) : api.create(written())))
    if (!stored) return
    finish()
    say(t('common.saved'))
    void queries.invalidateQueries({ queryKey: ['triggers'] })
    await navigate({ to: '/settings/$section', params: { section: 'triggers' } })
  }

  async function remove(): Promise<void> {
    if (!trigger || (await run(() => api.remove(trigger.id).then(() => true))) === null) return
    const { name, enabled, automatic, event, after, at, conditions, actions, position } = trigger
    const clock = { ...(after && { after }), ...(at && { at }) }
    const again = { name, enabled, automatic, event, conditions, actions, position, ...clock }
    finish()
    const reread = () => void queries.invalidateQueries({ queryKey: ['triggers'] })
    reread()
    say(t('trigger.removed', { name }), { undo: () => void api.create(again).then(reread) })
    await navigate({ to: '/settings/$section', params: { section: 'triggers' } })
  }

  return (
    <div className="flex flex-col gap-6">
      {trigger?.problem && (
        <p className="flex items-start gap-1.5 rounded-md bg-danger-soft px-3 py-2 text-danger">
          <Icon name="alert" className="mt-0.5 size-4!" />
          <span>{problemText(trigger.problem, root)}</span>
        </p>
      )}
      {restored && <KeptNote onDiscard={onDiscard} />}
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-6">
        <Input
          label={t('rule.name')}
          autoFocus={!trigger}
          placeholder={t('trigger.namePlaceholder')}
          value={name}
          error={errors.name}
          onChange={(event) => {
            setName(event.target.value)
            forget('name')
          }}
        />
        <EditorStep title={t('trigger.when')}>
          <TriggerWhen when={when} events={vocabulary.events} errors={errors} onChange={setWhen} />
        </EditorStep>
        <EditorStep title={t('trigger.if')}>
          <ConditionBuilder
            fields={vocabulary.fields}
            value={root}
            errors={errors}
            always={t('trigger.always')}
            onChange={setRoot}
          />
        </EditorStep>
        <EditorStep title={t('trigger.then')}>
          <ActionList
            actions={actions}
            types={vocabulary.actions}
            variables={vocabulary.variables}
            errors={errors}
            onChange={setActions}
          />
        </EditorStep>
        <div className="flex flex-col">
          <Check
            label={t('trigger.automatic')}
            help={t('trigger.automaticHelp')}
            checked={automatic}
            onChange={(event) => setAutomatic(event.target.checked)}
          />
          <Check
            label={t('trigger.on')}
            checked={enabled}
            onChange={(event) => setEnabled(event.target.checked)}
          />
        </div>
        <Wrong errors={errors} root={root} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" busy={busy}>
            {t('common.save')}
          </Button>
          {trigger && (
            <Button tone="danger" disabled={busy} onClick={() => void remove()}>
              {t('common.delete')}
            </Button>
          )}
        </div>
      </form>
      <DryRunPanel written={written} run={run} busy={busy} actions={actions} />
    </div>
  )
}
