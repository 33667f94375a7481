import type { TriggerAfter } from '#/api/rules'
import { t } from '#/text/text'
import { Input, Select } from '#/ui/field'
import { eventName } from './words'

export interface When {
  event: string
  after: TriggerAfter | null
}

interface WhenProps {
  when: When
  events: string[]
  errors: Record<string, string>
  onChange: (when: When) => void
}

const sinces: TriggerAfter['since'][] = ['last_inbound', 'last_outbound', 'created']

/** What a trigger listens to. The clocks are events like the others: "nobody answered for so long". */
export function TriggerWhen({ when, events, errors, onChange }: WhenProps) {
  const { after } = when
  const value = after ? `timer:${after.since}` : when.event

  function choose(next: string): void {
    const [event, since] = next.split(':')
    onChange({
      event: event ?? '',
      after: since ? { minutes: after?.minutes ?? 15, since: since as TriggerAfter['since'] } : null,
    })
  }

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
          <optgroup label={t('trigger.event.timer')}>
            {sinces.map((since) => (
              <option key={since} value={`timer:${since}`}>
                {t(`trigger.since.${since}`)}
              </option>
            ))}
          </optgroup>
        )}
      </Select>
      {after && (
        <Input
          label={t('trigger.minutes')}
          type="number"
          min={1}
          value={after.minutes || ''}
          error={errors['after.minutes']}
          onChange={(event) =>
            onChange({ ...when, after: { ...after, minutes: Number(event.target.value) } })
          }
        />
      )}
    </div>
  )
}
