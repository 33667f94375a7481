import { useState } from 'react'
import { t } from '#/text/text'
import { format } from '#/text/time'
import { IconButton } from '#/ui/button'
import { monthDays } from './month'
import { dayName, days } from './week'

interface CalendarProps {
  /** The dates of holidays, as they are written. */
  dates: string[]
  onToggle: (date: string) => void
}

/** A month in which a press makes a day a holiday, or a working day again. */
export function HolidayCalendar({ dates, onToggle }: CalendarProps) {
  const [at, setAt] = useState(() => {
    const now = new Date()
    return { year: now.getFullYear(), month: now.getMonth() }
  })
  const shown = (date: string, options: Intl.DateTimeFormatOptions) =>
    format(new Date(date), { ...options, timeZone: 'UTC' })
  const turn = (by: number) => {
    const next = new Date(Date.UTC(at.year, at.month + by, 1))
    setAt({ year: next.getUTCFullYear(), month: next.getUTCMonth() })
  }
  // A language without short names, such as Arabic, has one letter for a day.
  const form = dayName('mon', 'short').length > 3 ? 'narrow' : 'short'
  const cells = monthDays(at.year, at.month)
  const first = cells.find((date) => date !== null) ?? ''
  return (
    <div className="w-full rounded-lg border border-line p-2 sm:w-72">
      <div className="flex items-center">
        <IconButton icon="back" label={t('hours.earlierMonth')} onClick={() => turn(-1)} />
        <span
          dir="auto"
          aria-live="polite"
          className="min-w-0 flex-1 truncate text-center font-medium first-letter:uppercase"
        >
          {shown(first, { month: 'long', year: 'numeric' })}
        </span>
        <IconButton
          icon="back"
          label={t('hours.laterMonth')}
          className="rotate-180"
          onClick={() => turn(1)}
        />
      </div>
      <div role="group" aria-label={t('hours.calendar')} className="grid grid-cols-7 gap-0.5 pt-1">
        {days.map((day) => (
          <span key={day} aria-hidden="true" className="pb-0.5 text-center text-muted text-xs">
            {dayName(day, form)}
          </span>
        ))}
        {cells.map((date, index) =>
          date === null ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty places are alike and never move
            <span key={index} />
          ) : (
            <button
              key={date}
              type="button"
              aria-pressed={dates.includes(date)}
              aria-label={shown(date, { day: 'numeric', month: 'long', weekday: 'long' })}
              onClick={() => onToggle(date)}
              className="numeric h-8 rounded-md text-sm hover:bg-hover aria-pressed:bg-danger-soft aria-pressed:font-semibold aria-pressed:text-danger"
            >
              {Number(date.slice(-2))}
            </button>
          ),
        )}
      </div>
    </div>
  )
}
