import type { TriggerAfter, TriggerAt } from '#/api/rules'
import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import { TriggerAtFields, usualAt } from './trigger-at'
import { eventName } from './words'

export interface When {
  event: string
  after: TriggerAfter | null
  at: TriggerAt | null
}

interface WhenProps {
  when: When
  events: string[]
  errors: Record<string, string>
  onChange: (when: When) => void
}

const sinces: TriggerAfter['since'][] = ['last_inbound', 'last_outbound', 'created']
/** These count backwards from what is to come. */
const ahead: TriggerAfter['since'][] = ['window_closes', 'deadline']

const isAhead = (after: TriggerAfter) => ahead.includes(after.since)

/** What a trigger listens to. The clocks are events like the others: "nobody answered for so long". */
export function TriggerWhen({ when, events, errors, onChange }: WhenProps) {
  const { after, at } = when
  const value = after ? `timer:${after.since}` : when.event

  function choose(next: string): void {
    const [event, since] = next.split(':')
    onChange({
      event: event ?? '',
      at: event === 'schedule' ? (at ?? usualAt()) : null,
      after: since ? { minutes: after?.minutes ?? 15, since: since as TriggerAfter['since'] } : null,
    })
  }

  const clocks = (list: TriggerAfter['since'][]) =>
    list.map((since) => (
      <option key={since} value={`timer:${since}`}>
        {t(`trigger.since.${since}`)}
      </option>
    ))

  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <Select
        label={t('trigger.event')}
        value={value}
        error={errors.event ?? errors['after.since']}
        onChange={(event) => choose(event.target.value)}
      >
        {events
          .filter((event) => event !== 'timer')
          .map((event) => (
            <option key={event} value={event}>
              {eventName(event)}
            </option>
          ))}
        {events.includes('timer') && (
          <>
            <optgroup label={t('trigger.event.timer')}>{clocks(sinces)}</optgroup>
            <optgroup label={t('trigger.ahead')}>{clocks(ahead)}</optgroup>
          </>
        )}
      </Select>
      {after && (
        <Input
          label={t(isAhead(after) ? 'trigger.minutesBefore' : 'trigger.minutes')}
          type="number"
          min={1}
          value={after.minutes || ''}
          error={errors['after.minutes']}
          onChange={(event) =>
            onChange({ ...when, after: { ...after, minutes: Number(event.target.value) } })
          }
        />
      )}
      {at && (
        <div className="sm:col-span-2">
          <TriggerAtFields at={at} errors={errors} onChange={(next) => onChange({ ...when, at: next })} />
        </div>
      )}
    </div>
  )
}
