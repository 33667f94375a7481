import type { IntakeThen } from '#/api/rules'
import { t } from '#/text/text'
import { Check, Input, Select } from '#/ui/field'
import { type Named, useReferences } from './references'

interface OutcomeProps {
  then: IntakeThen
  errors: Record<string, string>
  onChange: (then: IntakeThen) => void
}

const priorities = ['urgent', 'high', 'normal', 'low'] as const

/** What becomes of a message: nothing at all, or where its conversation goes and what is opened. */
export function IntakeOutcome({ then, errors, onChange }: OutcomeProps) {
  const references = useReferences()
  const set = (change: Partial<IntakeThen>) => onChange({ ...then, ...change })
  const wrong = (name: string) => errors[`then.${name}`]
  const named = (list: Named[]) =>
    list.map((item) => (
      <option key={item.id} value={item.id}>
        {item.name}
      </option>
    ))
  return (
    <div className="flex flex-col gap-3">
      {errors.then && (
        <p role="alert" className="text-danger text-sm">
          {errors.then}
        </p>
      )}
      <Check
        label={t('intake.ignore')}
        help={t('intake.ignoreHelp')}
        checked={then.ignore ?? false}
        onChange={(event) => onChange(event.target.checked ? { ignore: true } : {})}
      />
      {!then.ignore && (
        <>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <Select
              label={t('intake.team')}
              value={then.team_id ?? ''}
              error={wrong('team_id')}
              onChange={(event) => set({ team_id: event.target.value || undefined })}
            >
              <option value="">{t('intake.asChannel')}</option>
              {named(references('teams'))}
            </Select>
            <Select
              label={t('intake.assignee')}
              value={then.assignee_id ?? ''}
              error={wrong('assignee_id')}
              onChange={(event) => set({ assignee_id: event.target.value || undefined })}
            >
              <option value="">{t('act.nobody')}</option>
              {named(references('agents'))}
            </Select>
            <Select
              label={t('action.priority')}
              value={then.priority ?? ''}
              error={wrong('priority')}
              onChange={(event) => set({ priority: event.target.value || undefined })}
            >
              <option value="">{t('intake.usual')}</option>
              {priorities.map((item) => (
                <option key={item} value={item}>
                  {t(`priority.${item}`)}
                </option>
              ))}
            </Select>
            <Input
              label={t('action.requestType')}
              disabled={then.no_request}
              value={then.request_type ?? ''}
              error={wrong('request_type')}
              onChange={(event) => set({ request_type: event.target.value || undefined })}
            />
          </div>
          <div className="flex flex-col">
            <Check
              label={t('intake.noLead')}
              checked={then.no_lead ?? false}
              onChange={(event) => set({ no_lead: event.target.checked || undefined })}
            />
            <Check
              label={t('intake.noRequest')}
              checked={then.no_request ?? false}
              onChange={(event) =>
                set({ no_request: event.target.checked || undefined, request_type: undefined })
              }
            />
          </div>
        </>
      )}
    </div>
  )
}
