import type { Schedule } from '#/api/rules'
import { t } from '#/text/text'
import { Button, IconButton } from '#/ui/button'
import { controlClass } from '#/ui/field'
import { HolidayCalendar } from './holiday-calendar'

type Holiday = Schedule['holidays'][number]

interface HolidaysProps {
  holidays: Holiday[]
  errors: Record<string, string>
  onChange: (holidays: Holiday[]) => void
}

/** Days on which nothing is open, each with a name for people. */
export function Holidays({ holidays, errors, onChange }: HolidaysProps) {
  const change = (index: number, part: Partial<Holiday>) =>
    onChange(holidays.map((item, at) => (at === index ? { ...item, ...part } : item)))
  const toggle = (date: string) =>
    onChange(
      holidays.some((item) => item.date === date)
        ? holidays.filter((item) => item.date !== date)
        : [...holidays, { date, name: '' }].sort((a, b) => a.date.localeCompare(b.date)),
    )
  return (
    <div className="flex flex-col gap-2">
      <HolidayCalendar dates={holidays.map((item) => item.date)} onToggle={toggle} />
      {errors.holidays && (
        <p role="alert" className="text-danger text-sm">
          {errors.holidays}
        </p>
      )}
      {holidays.map((holiday, index) => {
        const wrong = errors[`holidays[${index}].date`] ?? errors[`holidays[${index}]`]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day has no other name while it is being entered
          <div key={index} className="flex flex-col gap-1">
            <div className="flex items-center gap-1.5">
              <input
                type="date"
                aria-label={t('hours.date')}
                aria-invalid={wrong ? true : undefined}
                value={holiday.date}
                onChange={(event) => change(index, { date: event.target.value })}
                className={`${controlClass} numeric h-9 w-auto!`}
              />
              <input
                aria-label={t('hours.holidayName')}
                placeholder={t('hours.holidayName')}
                value={holiday.name ?? ''}
                onChange={(event) => change(index, { name: event.target.value })}
                className={`${controlClass} h-9 min-w-0 flex-1`}
              />
              <IconButton
                icon="close"
                label={t('hours.removeHoliday')}
                onClick={() => onChange(holidays.filter((_, at) => at !== index))}
              />
            </div>
            {wrong && (
              <span role="alert" className="text-danger text-sm">
                {wrong}
              </span>
            )}
          </div>
        )
      })}
      <Button
        small
        icon="plus"
        className="self-start"
        onClick={() => onChange([...holidays, { date: '', name: '' }])}
      >
        {t('hours.addHoliday')}
      </Button>
    </div>
  )
}
