import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { schedules as api, type Schedule } from '#/api/rules'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Dialog } from '#/ui/dialog'
import { Input } from '#/ui/field'
import { say } from '#/ui/toast'
import { Wrong } from './errors'
import { Holidays } from './holidays'
import { EditorStep } from './step'
import { useForm } from './use-form'
import { days, type Interval } from './week'
import { WeekEditor } from './week-editor'

const workdays = days.slice(0, 5).map((day): Interval => ({ day, from: '09:00', to: '18:00' }))

/** A week, its holidays, and where the clock hangs. */
export function HoursDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const queries = useQueryClient()
  const { busy, errors, run } = useForm()
  const [name, setName] = useState(schedule?.name ?? '')
  const [zone, setZone] = useState(
    schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
  )
  const [intervals, setIntervals] = useState(schedule?.intervals ?? workdays)
  const [holidays, setHolidays] = useState(schedule?.holidays ?? [])
  const reread = () => void queries.invalidateQueries({ queryKey: ['schedules'] })

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const body = { name, time_zone: zone, intervals, holidays }
    const stored = await run(() => (schedule ? api.update(schedule.id, body) : api.create(body)))
    if (!stored) return
    reread()
    onClose()
  }

  async function remove(): Promise<void> {
    if (!schedule || (await run(() => api.remove(schedule.id).then(() => true))) === null) return
    const { name, time_zone, intervals, holidays } = schedule
    const again = { name, time_zone, intervals, holidays }
    say(t('hours.removed', { name }), { undo: () => void api.create(again).then(reread) })
    reread()
    onClose()
  }

  return (
    <Dialog wide open onClose={onClose} title={schedule ? schedule.name : t('hours.add')}>
      <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
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
        <div className="flex flex-wrap justify-end gap-2">
          {schedule && (
            <Button tone="danger" className="me-auto" disabled={busy} onClick={() => void remove()}>
              {t('common.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" tone="primary" busy={busy}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
