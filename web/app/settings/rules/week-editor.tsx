import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { dayName, days, type Interval, nextInterval } from './week'

interface WeekProps {
  intervals: Interval[]
  errors: Record<string, string>
  onChange: (intervals: Interval[]) => void
}

/** Every day with its hours; a day may have several, and some may end after midnight. */
export function WeekEditor({ intervals, errors, onChange }: WeekProps) {
  const change = (index: number, part: Partial<Interval>) =>
    onChange(intervals.map((item, at) => (at === index ? { ...item, ...part } : item)))
  return (
    <div className="flex flex-col">
      {days.map((day) => {
        const own = intervals.map((item, index) => ({ item, index })).filter(({ item }) => item.day === day)
        const name = dayName(day, 'long')
        return (
          <div
            key={day}
            role="group"
            aria-label={name}
            className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2 border-line border-b py-1.5 last:border-b-0 max-sm:grid-cols-1 max-sm:gap-1"
          >
            <span className="flex h-9 items-center capitalize max-sm:h-6">{name}</span>
            <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
              {own.map(({ item, index }) => (
                <Hours
                  key={index}
                  item={item}
                  wrong={[
                    errors[`intervals[${index}].from`],
                    errors[`intervals[${index}].to`],
                    errors[`intervals[${index}]`],
                  ].find(Boolean)}
                  onChange={(part) => change(index, part)}
                  onRemove={() => onChange(intervals.filter((_, at) => at !== index))}
                />
              ))}
              {own.length === 0 && (
                <span className="flex h-9 items-center text-muted">{t('hours.closed')}</span>
              )}
              <Button
                small
                tone="quiet"
                icon="plus"
                aria-label={t('hours.addIn', { day: name })}
                className="my-1"
                onClick={() => onChange([...intervals, nextInterval(day, intervals)])}
              >
                {t('hours.addHours')}
              </Button>
            </div>
          </div>
        )
      })}
      {errors.intervals && (
        <p role="alert" className="text-danger text-sm">
          {errors.intervals}
        </p>
      )}
    </div>
  )
}

interface HoursProps {
  item: Interval
  wrong: string | undefined
  onChange: (part: Partial<Interval>) => void
  onRemove: () => void
}

/** One stretch of a day. Midnight at its end is 24:00, which a clock input writes as 00:00. */
function Hours({ item, wrong, onChange, onRemove }: HoursProps) {
  const input = `${controlClass} numeric h-9 w-auto! px-2!`
  return (
    <div className="flex flex-col">
      <div className="flex items-center gap-1">
        <input
          type="time"
          aria-label={t('hours.from')}
          aria-invalid={wrong ? true : undefined}
          value={item.from}
          onChange={(event) => onChange({ from: event.target.value })}
          className={input}
        />
        –
        <input
          type="time"
          aria-label={t('hours.to')}
          aria-invalid={wrong ? true : undefined}
          value={item.to === '24:00' ? '00:00' : item.to}
          onChange={(event) =>
            onChange({ to: event.target.value === '00:00' ? '24:00' : event.target.value })
          }
          className={input}
        />
        <IconButton icon="close" label={t('hours.remove')} onClick={onRemove} />
      </div>
      {item.to < item.from && item.to !== '' && !wrong && (
        <span className="text-muted text-xs">{t('hours.nextDay')}</span>
      )}
      {wrong && (
        <span role="alert" className="text-danger text-sm">
          {wrong}
        </span>
      )}
    </div>
  )
}
