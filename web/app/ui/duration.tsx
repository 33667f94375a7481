import { useState } from 'react'
import { t } from '#/text/text'
import { controlClass, Field } from './field'

const units = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof units

/** unitOf is the largest unit in which minutes are a whole number. */
export function unitOf(minutes: number): Unit {
  if (minutes > 0 && minutes % units.days === 0) return 'days'
  return minutes > 0 && minutes % units.hours === 0 ? 'hours' : 'minutes'
}

interface DurationProps {
  label: string
  /** In a table, whose head says it: the label is read aloud, and this word stands there on a phone. */
  bare?: string
  help?: string
  error?: string
  minutes: number
  /** What an empty field means. */
  none: string
  onChange: (minutes: number) => void
}

/** A stretch of time as a number and its unit; nothing in the field is none at all. */
export function Duration({ label, bare, help, error, minutes, none, onChange }: DurationProps) {
  const [unit, setUnit] = useState<Unit>(unitOf(minutes))
  const shown = minutes === 0 ? '' : String(minutes / units[unit])
  const inputs = (wiring: object) => (
    <div className="flex gap-1.5">
      <input
        {...wiring}
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        aria-label={bare ? label : undefined}
        placeholder={none}
        value={shown}
        onChange={(event) => onChange(Math.round(Number(event.target.value) * units[unit]))}
        className={`${controlClass} numeric h-9 min-w-0 flex-1`}
      />
      <select
        aria-label={t('duration.unit', { label })}
        value={unit}
        onChange={(event) => {
          const next = event.target.value as Unit
          onChange(Math.round((minutes / units[unit]) * units[next]))
          setUnit(next)
        }}
        className={`${controlClass} chevron h-9 w-auto! shrink-0 ps-2! pe-7!`}
      >
        {(Object.keys(units) as Unit[]).map((item) => (
          <option key={item} value={item}>
            {t(`duration.${item}`)}
          </option>
        ))}
      </select>
    </div>
  )
  if (!bare)
    return (
      <Field label={label} help={help} error={error}>
        {inputs}
      </Field>
    )
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden="true" className="text-muted text-xs sm:hidden">
        {bare}
      </span>
      {inputs(error ? { 'aria-invalid': true } : {})}
      {error && (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  )
}
