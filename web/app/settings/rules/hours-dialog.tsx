import { useState } from 'react'
import { Problem } from '#/api/problem'
import { schedules as api, type Schedule } from '#/api/rules'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Input } from '#/ui/field'
import { EditorDialog } from './editor-dialog'
import { Wrong } from './errors'
import { Holidays } from './holidays'
import { EditorStep } from './step'
import { useEditor } from './use-editor'
import { days, type Interval, weekWords } from './week'
import { WeekEditor } from './week-editor'

const workdays = days.slice(0, 5).map((day): Interval => ({ day, from: '09:00', to: '18:00' }))

/** A week, its holidays, and where the clock hangs. */
export function HoursDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const { busy, errors, save, remove } = useEditor(['schedules'], onClose)
  const [name, setName] = useState(schedule?.name ?? '')
  const [zone, setZone] = useState(
    schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
  )
  const [intervals, setIntervals] = useState(schedule?.intervals ?? workdays)
  const [holidays, setHolidays] = useState(schedule?.holidays ?? [])
  /** What somebody else saved meanwhile; the next Save goes by that. */
  const [newer, setNewer] = useState<Schedule | null>(null)
  const version = (newer ?? schedule)?.version

  function store(): Promise<boolean> {
    const body = { name, time_zone: zone, intervals, holidays }
    return save(async () => {
      if (!schedule) return api.create(body)
      try {
        return await api.update(schedule.id, { ...body, version })
      } catch (error) {
        if (error instanceof Problem && error.code === 'schedule_changed')
          setNewer(error.body.schedule as Schedule)
        throw error
      }
    })
  }

  function take(theirs: Schedule): void {
    setName(theirs.name)
    setZone(theirs.time_zone)
    setIntervals(theirs.intervals)
    setHolidays(theirs.holidays)
  }

  function drop({ id, name, time_zone, intervals, holidays }: Schedule): Promise<void> {
    const again = { name, time_zone, intervals, holidays }
    return remove({
      remove: () => api.remove(id),
      again: () => api.create(again),
      said: t('hours.removed', { name }),
    })
  }

  return (
    <EditorDialog
      title={schedule ? schedule.name : t('hours.add')}
      busy={busy}
      onSave={store}
      onRemove={schedule && (() => drop(schedule))}
      onClose={onClose}
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Input
          label={t('rule.name')}
          autoFocus
          placeholder={t('hours.namePlaceholder')}
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          label={t('hours.zone')}
          list="time-zones"
          autoComplete="off"
          value={zone}
          error={errors.time_zone}
          onChange={(event) => setZone(event.target.value)}
        />
        <datalist id="time-zones">
          {Intl.supportedValuesOf('timeZone').map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      </div>
      <EditorStep title={t('hours.week')}>
        <WeekEditor intervals={intervals} errors={errors} onChange={setIntervals} />
      </EditorStep>
      <EditorStep title={t('hours.holidays')} help={t('hours.holidaysHelp')}>
        <Holidays holidays={holidays} errors={errors} onChange={setHolidays} />
      </EditorStep>
      {newer && (
        <div
          role="status"
          data-testid="hours-newer"
          className="flex flex-wrap items-center gap-2 text-sm text-warn"
        >
          <span className="min-w-0 flex-1 basis-56">
            {t('hours.newer', {
              name: newer.name,
              week: weekWords(newer.intervals),
              holidays: newer.holidays.length,
            })}
          </span>
          <Button small onClick={() => take(newer)}>
            {t('hours.takeNewer')}
          </Button>
        </div>
      )}
      {/* The fields say the rest themselves. */}
      <Wrong errors={errors[''] ? { '': errors[''] } : {}} />
    </EditorDialog>
  )
}
