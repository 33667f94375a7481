import { useState } from 'react'
import { schedules as api, type Schedule } from '#/api/rules'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { EditorDialog } from './editor-dialog'
import { Wrong } from './errors'
import { Holidays } from './holidays'
import { EditorStep } from './step'
import { useEditor } from './use-editor'
import { days, type Interval } from './week'
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

  function store(): Promise<boolean> {
    const body = { name, time_zone: zone, intervals, holidays }
    return save(() => (schedule ? api.update(schedule.id, body) : api.create(body)))
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
      {/* The fields say the rest themselves. */}
      <Wrong errors={errors[''] ? { '': errors[''] } : {}} />
    </EditorDialog>
  )
}
