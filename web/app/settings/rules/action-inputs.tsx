import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import type { ActionDraft } from './action-draft'
import { type Named, useReferences } from './references'
import { WordingField } from './wording-field'

export interface ActionInputProps {
  action: ActionDraft
  /** What is wrong, by the name of the parameter. */
  errors: (name: string) => string | undefined
  variables: string[]
  onChange: (action: ActionDraft) => void
}

const priorities = ['urgent', 'high', 'normal', 'low'] as const
const statuses = ['open', 'pending', 'snoozed', 'closed'] as const

/** The inputs that an action of a type has. */
export function ActionInputs({ action, errors, variables, onChange }: ActionInputProps) {
  const set = (change: Partial<ActionDraft>) => onChange({ ...action, ...change })
  const minutes = (label: string) => (
    <Input
      label={label}
      type="number"
      min={1}
      value={action.minutes ?? ''}
      error={errors('minutes')}
      onChange={(event) => set({ minutes: Number(event.target.value) || undefined })}
    />
  )
  switch (action.type) {
    case 'reply':
    case 'note':
      return (
        <WordingField
          label={t('action.text')}
          value={action.text ?? ''}
          error={errors('text')}
          variables={variables}
          onChange={(text) => set({ text })}
        />
      )
    case 'notify':
      return (
        <>
          <Whom {...{ action, errors, onChange }} label={t('action.whom')} none={t('action.responsible')} />
          <WordingField
            label={t('action.text')}
            value={action.text ?? ''}
            error={errors('text')}
            variables={variables}
            onChange={(text) => set({ text })}
          />
        </>
      )
    case 'assign':
      return <Whom {...{ action, errors, onChange }} label={t('action.toWhom')} none={t('act.nobody')} />
    case 'set_priority':
      return (
        <Select
          label={t('action.priority')}
          value={action.priority ?? ''}
          error={errors('priority')}
          onChange={(event) => set({ priority: event.target.value })}
        >
          {priorities.map((item) => (
            <option key={item} value={item}>
              {t(`priority.${item}`)}
            </option>
          ))}
        </Select>
      )
    case 'add_label':
    case 'remove_label':
      return <LabelSelect {...{ action, errors, onChange }} />
    case 'set_status':
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <Select
            label={t('action.status')}
            value={action.status ?? ''}
            error={errors('status')}
            onChange={(event) =>
              set({
                status: event.target.value,
                minutes: event.target.value === 'snoozed' ? (action.minutes ?? 60) : undefined,
              })
            }
          >
            {statuses.map((item) => (
              <option key={item} value={item}>
                {t(`status.${item}`)}
              </option>
            ))}
          </Select>
          {action.status === 'snoozed' && minutes(t('action.snoozeMinutes'))}
        </div>
      )
    case 'create_request':
      return (
        <Input
          label={t('action.requestType')}
          help={t('action.requestTypeHelp')}
          value={action.request_type ?? ''}
          error={errors('request_type') ?? errors('request')}
          onChange={(event) => set({ request_type: event.target.value || undefined })}
        />
      )
    case 'webhook':
      return (
        <Input
          label={t('action.url')}
          help={t('action.urlHelp')}
          type="url"
          placeholder="https://example.com/hook"
          value={action.url ?? ''}
          error={errors('url')}
          onChange={(event) => set({ url: event.target.value })}
        />
      )
    case 'wait':
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          {minutes(t('action.minutes'))}
          <Select
            label={t('action.unless')}
            value={action.unless ?? ''}
            error={errors('unless')}
            onChange={(event) => set({ unless: event.target.value || undefined })}
          >
            <option value="answered">{t('action.unless.answered')}</option>
            <option value="written">{t('action.unless.written')}</option>
            <option value="closed">{t('action.unless.closed')}</option>
            <option value="">{t('action.unless.nothing')}</option>
          </Select>
        </div>
      )
    default:
      return null
  }
}

type PartProps = Pick<ActionInputProps, 'action' | 'errors' | 'onChange'>

/** A person, a team, or neither. */
function Whom({ action, errors, onChange, label, none }: PartProps & { label: string; none: string }) {
  const references = useReferences()
  const agents = references('agents')
  const teams = references('teams')
  const value = action.agent_id ? `agent:${action.agent_id}` : action.team_id ? `team:${action.team_id}` : ''
  const options = (kind: string, list: Named[]) =>
    list.map((item) => (
      <option key={item.id} value={`${kind}:${item.id}`}>
        {item.name}
      </option>
    ))
  const [kind = '', id = ''] = value.split(':')
  const gone = value !== '' && !(kind === 'agent' ? agents : teams).some((item) => item.id === id)
  return (
    <Select
      label={label}
      value={value}
      error={errors('agent_id') ?? errors('team_id')}
      onChange={(event) => {
        const [of, chosen] = event.target.value.split(':')
        onChange({
          ...action,
          agent_id: of === 'agent' ? chosen : undefined,
          team_id: of === 'team' ? chosen : undefined,
        })
      }}
    >
      <option value="">{none}</option>
      {gone && <option value={value}>{t('rule.gone', { id })}</option>}
      <optgroup label={t('act.people')}>{options('agent', agents)}</optgroup>
      {teams.length > 0 && <optgroup label={t('act.teams')}>{options('team', teams)}</optgroup>}
    </Select>
  )
}

function LabelSelect({ action, errors, onChange }: PartProps) {
  const labels = useReferences()('labels')
  const value = action.label_id ?? ''
  return (
    <Select
      label={t('action.label')}
      value={value}
      error={errors('label_id')}
      help={labels.length === 0 ? t('labels.emptyPicker') : undefined}
      onChange={(event) => onChange({ ...action, label_id: event.target.value })}
    >
      {value === '' && (
        <option value="" disabled>
          {t('rule.choose')}
        </option>
      )}
      {value && !labels.some((item) => item.id === value) && (
        <option value={value}>{t('rule.gone', { id: value })}</option>
      )}
      {labels.map((item) => (
        <option key={item.id} value={item.id}>
          {item.name}
        </option>
      ))}
    </Select>
  )
}
