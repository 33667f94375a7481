import { triggers as api, type NewTrigger, type Trigger, useVocabulary } from '#/api/rules'
import { inbox } from '#/live/store'
import { t } from '#/text/text'
import { Skeleton } from '#/ui/bits'
import { Check, Input } from '#/ui/field'
import { Icon } from '#/ui/icons'
import { createKept } from '#/ui/kept'
import { PageForm } from '../editor/page-form'
import type { Base, Shape } from '../editor/stand'
import { useItem } from '../editor/use-item'
import { type ActionDraft, readActions, writeActions } from './action-draft'
import { ActionList } from './actions'
import { ConditionBuilder } from './builder'
import { type Branch, readCondition, writeCondition } from './condition'
import { DryRunPanel } from './dry-run'
import { problemText } from './errors'
import { EditorStep } from './step'
import { TriggerWhen, type When } from './trigger-when'

interface TriggerDraft {
  name: string
  enabled: boolean
  automatic: boolean
  when: When
  root: Branch
  actions: ActionDraft[]
}

const shape: Shape<Trigger, NewTrigger, TriggerDraft> = {
  noun: 'trigger',
  of: (trigger) => ({
    name: trigger?.name ?? '',
    enabled: trigger?.enabled ?? true,
    automatic: trigger?.automatic ?? false,
    event: trigger?.event ?? 'message.received',
    ...(trigger?.after && { after: trigger.after }),
    ...(trigger?.at && { at: trigger.at }),
    conditions: writeCondition(readCondition(trigger?.conditions)),
    actions: writeActions(readActions(trigger?.actions ?? [])),
  }),
  read: (written) => ({
    name: written.name,
    enabled: written.enabled ?? true,
    automatic: written.automatic ?? false,
    when: { event: written.event, after: written.after ?? null, at: written.at ?? null },
    root: readCondition(written.conditions),
    actions: readActions(written.actions),
  }),
  write: ({ name, enabled, automatic, when, root, actions }) => ({
    name,
    enabled,
    automatic,
    event: when.event,
    ...(when.after && { after: when.after }),
    ...(when.at && { at: when.at }),
    conditions: writeCondition(root),
    actions: writeActions(actions),
  }),
}

const kept = createKept<Base<NewTrigger>>(
  'trigger-draft',
  () => sessionStorage,
  () => inbox.state.me,
)

/** When, if, then: the three parts of a trigger, and a trial before it is let loose. */
export function TriggerEditor({ trigger }: { trigger: Trigger | null }) {
  const vocabulary = useVocabulary()
  const edit = useItem(kept, shape, trigger, {
    section: 'triggers',
    queryKey: ['triggers'],
    api,
    removed: (name) => t('trigger.removed', { name }),
  })
  const { draft, set, errors, busy, run } = edit
  if (!vocabulary) return <Skeleton rows={4} />
  return (
    <div className="flex flex-col gap-6">
      {trigger?.problem && (
        <p className="flex items-start gap-1.5 rounded-md bg-danger-soft px-3 py-2 text-danger">
          <Icon name="alert" className="mt-0.5 size-4!" />
          <span>{problemText(trigger.problem, draft.root)}</span>
        </p>
      )}
      <PageForm
        edit={edit}
        busy={busy}
        errors={errors}
        root={draft.root}
        onSave={edit.save}
        onRemove={edit.remove}
      >
        <Input
          label={t('rule.name')}
          autoFocus={!trigger}
          placeholder={t('trigger.namePlaceholder')}
          value={draft.name}
          error={errors.name}
          onChange={(event) => {
            set({ name: event.target.value })
            edit.forgive('name')
          }}
        />
        <EditorStep title={t('trigger.when')}>
          <TriggerWhen
            when={draft.when}
            events={vocabulary.events}
            errors={errors}
            onChange={(when) => set({ when })}
          />
        </EditorStep>
        <EditorStep title={t('trigger.if')}>
          <ConditionBuilder
            fields={vocabulary.fields}
            value={draft.root}
            errors={errors}
            always={t('trigger.always')}
            onChange={(root) => set({ root })}
          />
        </EditorStep>
        <EditorStep title={t('trigger.then')}>
          <ActionList
            actions={draft.actions}
            types={vocabulary.actions}
            variables={vocabulary.variables}
            errors={errors}
            onChange={(actions) => set({ actions })}
          />
        </EditorStep>
        <div className="flex flex-col">
          <Check
            label={t('trigger.automatic')}
            help={t('trigger.automaticHelp')}
            checked={draft.automatic}
            onChange={(event) => set({ automatic: event.target.checked })}
          />
          <Check
            label={t('trigger.on')}
            checked={draft.enabled}
            onChange={(event) => set({ enabled: event.target.checked })}
          />
        </div>
      </PageForm>
      <DryRunPanel written={() => shape.write(draft)} run={run} busy={busy} actions={draft.actions} />
    </div>
  )
}
