import { schedules as api, type NewSchedule, type Schedule } from '#/api/rules'
import { t } from '#/text/text'
import { Input } from '#/ui/field'
import { EditorDialog } from '../editor/dialog'
import type { Shape } from '../editor/stand'
import { useRow } from '../editor/use-row'
import { Wrong } from './errors'
import { Holidays } from './holidays'
import { EditorStep } from './step'
import { days, type Interval } from './week'
import { WeekEditor } from './week-editor'

const workdays = days.slice(0, 5).map((day): Interval => ({ day, from: '09:00', to: '18:00' }))

type Hours = Required<Omit<NewSchedule, '$schema'>>

const shape: Shape<Schedule, Hours, Hours> = {
  noun: 'schedule',
  of: (schedule) => ({
    name: schedule?.name ?? '',
    time_zone: schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
    intervals: schedule?.intervals ?? workdays,
    holidays: schedule?.holidays ?? [],
  }),
  read: (written) => written,
  write: (draft) => draft,
}

/** A week, its holidays, and where the clock hangs. */
export function HoursDialog({ schedule, onClose }: { schedule: Schedule | null; onClose: () => void }) {
  const row = useRow(shape, schedule, {
    queryKey: ['schedules'],
    api,
    removed: (name) => t('hours.removed', { name }),
    onClose,
  })
  const { draft, set, errors } = row
  return (
    <EditorDialog
      title={schedule ? schedule.name : t('hours.add')}
      row={row}
      onClose={onClose}
      // The fields say the rest themselves.
      wrong={<Wrong errors={errors[''] ? { '': errors[''] } : {}} />}
    >
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Input
          label={t('rule.name')}
          autoFocus
          placeholder={t('hours.namePlaceholder')}
          value={draft.name}
          error={errors.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <Input
          label={t('hours.zone')}
          list="time-zones"
          autoComplete="off"
          value={draft.time_zone}
          error={errors.time_zone}
          onChange={(event) => set({ time_zone: event.target.value })}
        />
        <datalist id="time-zones">
          {Intl.supportedValuesOf('timeZone').map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      </div>
      <EditorStep title={t('hours.week')}>
        <WeekEditor
          intervals={draft.intervals}
          errors={errors}
          onChange={(intervals) => set({ intervals })}
        />
      </EditorStep>
      <EditorStep title={t('hours.holidays')} help={t('hours.holidaysHelp')}>
        <Holidays holidays={draft.holidays} errors={errors} onChange={(holidays) => set({ holidays })} />
      </EditorStep>
    </EditorDialog>
  )
}
