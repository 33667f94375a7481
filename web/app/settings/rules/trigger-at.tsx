import type { TriggerAt } from '#/api/rules'
import { t } from '#/text/text'
import { Field, Input } from '#/ui/field'
import { dayName, days } from './week'

interface AtProps {
  at: TriggerAt
  errors: Record<string, string>
  onChange: (at: TriggerAt) => void
}

/** Working days at nine, where the person is: what most would choose. */
export const usualAt = (): TriggerAt => ({
  days: days.slice(0, 5),
  time: '09:00',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
})

/** An hour of some days of the week, by the clock of a place. */
export function TriggerAtFields({ at, errors, onChange }: AtProps) {
  const toggle = (day: string) =>
    onChange({
      ...at,
      days: at.days.includes(day) ? at.days.filter((item) => item !== day) : [...at.days, day],
    })
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm">{t('trigger.atHelp')}</p>
      <Field label={t('trigger.atDays')} error={errors['at.days']}>
        {(wiring) => (
          <div {...wiring} role="group" aria-label={t('trigger.atDays')} className="flex flex-wrap gap-1.5">
            {days.map((day) => (
              <button
                key={day}
                type="button"
                aria-label={dayName(day, 'long')}
                aria-pressed={at.days.includes(day)}
                onClick={() => toggle(day)}
                className="h-8 min-w-10 rounded-md border border-line-strong px-2 text-sm aria-pressed:border-accent aria-pressed:bg-accent aria-pressed:text-on-accent"
              >
                {dayName(day, 'short')}
              </button>
            ))}
          </div>
        )}
      </Field>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Input
          label={t('trigger.atTime')}
          type="time"
          value={at.time}
          error={errors['at.time']}
          onChange={(event) => onChange({ ...at, time: event.target.value })}
        />
        <Input
          label={t('hours.zone')}
          list="trigger-zones"
          autoComplete="off"
          value={at.zone}
          error={errors['at.zone']}
          onChange={(event) => onChange({ ...at, zone: event.target.value })}
        />
        <datalist id="trigger-zones">
          {Intl.supportedValuesOf('timeZone').map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      </div>
    </div>
  )
}
