import type { IntakeThen } from '#/api/rules'
import { t } from '#/text/text'
import { Check, controlClass, Field, Input, Select } from '#/ui/field'
import { type Named, useReferences } from './references'

interface OutcomeProps {
  then: IntakeThen
  errors: Record<string, string>
  onChange: (then: IntakeThen) => void
}

type Kind = 'open' | 'reject' | 'ignore'

/** What rejects or ignores does nothing else. */
const beginnings: Record<Kind, IntakeThen> = { open: {}, reject: { reject: '' }, ignore: { ignore: true } }

const priorities = ['urgent', 'high', 'normal', 'low'] as const

/** What becomes of a message: nothing at all, an answer that it is not wanted here, or where its conversation goes and what is opened. */
export function IntakeOutcome({ then, errors, onChange }: OutcomeProps) {
  const references = useReferences()
  const kind: Kind = then.ignore ? 'ignore' : then.reject === undefined ? 'open' : 'reject'
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
      <Select
        label={t('intake.becomes')}
        help={kind === 'open' ? undefined : t(`intake.${kind}Help`)}
        value={kind}
        onChange={(event) => onChange(beginnings[event.target.value as Kind])}
      >
        <option value="open">{t('intake.open')}</option>
        <option value="reject">{t('intake.reject')}</option>
        <option value="ignore">{t('intake.ignore')}</option>
      </Select>
      {kind === 'reject' && (
        <Field label={t('intake.rejectText')} error={wrong('reject')}>
          {(wiring) => (
            <textarea
              {...wiring}
              rows={3}
              maxLength={1000}
              placeholder={t('intake.rejectPlaceholder')}
              value={then.reject}
              onChange={(event) => onChange({ reject: event.target.value })}
              className={`${controlClass} scroller py-2`}
            />
          )}
        </Field>
      )}
      {kind === 'open' && (
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
