import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import type { ActionDraft } from './action-draft'
import { LabelSelect, Whom } from './action-refs'
import { TemplateFields } from './template-fields'
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
    case 'send_template':
      return <TemplateFields {...{ action, errors, variables, onChange }} />
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
