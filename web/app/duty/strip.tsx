import { useState } from 'react'
import type { Absence } from '#/api/routing'
import { t } from '#/text/text'
import { format } from '#/text/time'
import { IconButton } from '#/ui/button'
import { covers, daysFrom, weekOf } from './days'

interface StripProps {
  absences: Absence[]
  nameOf: (id: string) => string
}

const weeks = 4

/** Four weeks, a row for everybody who is away in them. The list below says the same in words. */
export function Strip({ absences, nameOf }: StripProps) {
  const [shift, setShift] = useState(0)
  const days = daysFrom(weekOf(Date.now(), shift), weeks * 7)
  const today = new Date().toDateString()
  const first = days[0]
  const last = days.at(-1)
  const shown = absences.filter((one) => days.some((day) => covers(one.from, one.to, day)))
  const people = [...new Set(shown.map((one) => one.agent_id))]
  return (
    <div className="flex flex-col gap-1.5 rounded-lg border border-line p-2">
      <div className="flex items-center gap-1">
        <IconButton icon="back" label={t('absence.earlier')} onClick={() => setShift(shift - weeks)} />
        <span dir="auto" aria-live="polite" className="numeric min-w-0 flex-1 truncate text-center text-sm">
          {first && last && (
            <>
              {format(first, { day: 'numeric', month: 'long' })} –{' '}
              {format(last, { day: 'numeric', month: 'long', year: 'numeric' })}
            </>
          )}
        </span>
        <IconButton
          icon="back"
          label={t('absence.later')}
          className="rotate-180"
          onClick={() => setShift(shift + weeks)}
        />
      </div>
      <div aria-hidden="true" data-testid="absence-strip" className="overflow-x-auto">
        <table className="w-full min-w-160 table-fixed border-separate border-spacing-x-px border-spacing-y-1">
          <thead>
            <tr>
              <td className="sticky start-0 w-28 bg-surface" />
              {days.map((day) => (
                <td
                  key={day.getTime()}
                  className={`numeric text-center text-xs ${day.toDateString() === today ? 'rounded-sm bg-accent font-semibold text-on-accent' : day.getDay() % 6 === 0 ? 'text-faint' : 'text-muted'}`}
                >
                  {day.getDate()}
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((id) => (
              <tr key={id}>
                <td className="sticky start-0 truncate bg-surface pe-2 text-sm">{nameOf(id)}</td>
                {days.map((day) => {
                  const one = shown.find((item) => item.agent_id === id && covers(item.from, item.to, day))
                  const fill = one ? (one.state === 'planned' ? 'bg-accent' : 'bg-warn') : 'bg-sunken'
                  return <td key={day.getTime()} className={`h-6 rounded-xs ${fill}`} />
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {people.length === 0 && <p className="p-2 text-center text-muted text-sm">{t('absence.noneHere')}</p>}
      </div>
    </div>
  )
}
