import { useSchedules } from '#/api/rules'
import type { ID } from '#/api/types'
import { Select } from '#/ui/field'

interface ScheduleSelectProps {
  label: string
  help: string
  error: string | undefined
  /** What it says where there is no schedule. */
  always: string
  value: ID | null
  onChange: (schedule: ID | null) => void
}

/** Chooses the hours that something counts by, or all hours. */
export function ScheduleSelect({ label, help, error, always, value, onChange }: ScheduleSelectProps) {
  const schedules = useSchedules()
  return (
    <Select
      label={label}
      help={help}
      error={error}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">{always}</option>
      {schedules.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </Select>
  )
}
