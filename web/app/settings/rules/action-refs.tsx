import { t } from '#/text/text'
import { Select } from '#/ui/field'
import type { ActionDraft } from './action-draft'
import { NewLabel } from './new-label'
import { type Named, useReferences } from './references'

interface PartProps {
  action: ActionDraft
  /** What is wrong, by the name of the parameter. */
  errors: (name: string) => string | undefined
  onChange: (action: ActionDraft) => void
}

/** A person, a team, or neither. */
export function Whom({ action, errors, onChange, label, none }: PartProps & { label: string; none: string }) {
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

/** A label by its name; the first one is made on the spot. */
export function LabelSelect({ action, errors, onChange }: PartProps) {
  const labels = useReferences()('labels')
  const value = action.label_id ?? ''
  const select = (
    <Select
      label={t('action.label')}
      value={value}
      error={errors('label_id')}
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
  if (labels.length > 0) return select
  return (
    <div className="flex flex-col gap-3">
      {select}
      <NewLabel onMade={(label) => onChange({ ...action, label_id: label.id })} />
    </div>
  )
}
