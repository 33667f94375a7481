import { useState } from 'react'
import { type Schedule, useSchedules } from '#/api/rules'
import { t } from '#/text/text'
import { Empty } from '#/ui/bits'
import { Button } from '#/ui/button'
import { Group, RowItem, Rows } from '../parts'
import { HoursDialog } from './hours-dialog'
import { weekWords } from './week'

/** Business hours by name, for rules that ask whether it is open. */
export function HoursSection() {
  const schedules = useSchedules()
  const [editing, setEditing] = useState<Schedule | 'new' | null>(null)
  return (
    <Group
      help={t('hours.help')}
      aside={
        <Button tone="primary" small icon="plus" onClick={() => setEditing('new')}>
          {t('hours.add')}
        </Button>
      }
    >
      {schedules.length === 0 && (
        <Empty icon="clock" title={t('hours.empty')}>
          <p>{t('hours.emptyHelp')}</p>
        </Empty>
      )}
      <Rows>
        {schedules.map((schedule) => (
          <RowItem key={schedule.id}>
            <div className="flex min-w-0 flex-1 flex-col">
              <span dir="auto" className="truncate font-medium">
                {schedule.name}
              </span>
              <span className="text-muted text-sm">{weekWords(schedule.intervals)}</span>
              <span dir="auto" className="truncate text-muted text-sm">
                {[
                  schedule.time_zone,
                  schedule.holidays.length > 0
                    ? t('hours.holidayCount', { n: schedule.holidays.length })
                    : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
            <Button small onClick={() => setEditing(schedule)}>
              {t('common.edit')}
            </Button>
          </RowItem>
        ))}
      </Rows>
      {editing && (
        <HoursDialog schedule={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Group>
  )
}
