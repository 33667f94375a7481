import type { RuleField } from '#/api/rules'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { controlClass } from '#/ui/field'
import type { Row } from './condition'
import { about, compare, type Way, wayOf, waysOf } from './ops'
import { ValueInput } from './value'
import { groupName, wayName } from './words'

interface ConditionRowProps {
  row: Row
  number: number
  fields: RuleField[]
  errors: Record<string, string>
  path: string
  onChange: (row: Row) => void
  onRemove: () => void
}

/** One comparison: of what, how, with what, and what is wrong with it. */
export function ConditionRow({ row, number, fields, errors, path, onChange, onRemove }: ConditionRowProps) {
  const field = fields.find((item) => item.name === row.field)
  const way = wayOf(field, row.op, row.value)
  const wrong = (part: string) => errors[`${path}.${part}`]
  const message = wrong('field') ?? wrong('op') ?? wrong('value') ?? errors[path]
  const more = message ? `${row.key}-wrong` : undefined
  const groups = [...new Set(fields.map(groupName))]
  const ways = field ? waysOf(field) : []
  return (
    <div
      role="group"
      id={row.key}
      aria-label={t('rule.row', { n: number })}
      className="flex flex-col gap-1 rounded-lg border border-line bg-surface p-2"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-1.5 sm:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_minmax(0,5fr)_auto]">
        <select
          aria-label={t('rule.field')}
          aria-invalid={wrong('field') ? true : undefined}
          aria-describedby={more}
          value={field ? row.field : ''}
          onChange={(event) => {
            const next = fields.find((item) => item.name === event.target.value)
            if (next) onChange(about(row, next))
          }}
          className={`${controlClass} chevron h-9 truncate pe-7!`}
        >
          {!field && <option value="">{t('rule.fieldGone', { name: row.field })}</option>}
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {fields
                .filter((item) => groupName(item) === group)
                .map((item) => (
                  <option key={item.name} value={item.name}>
                    {item.label}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
        <div className="max-sm:order-2 max-sm:col-span-2">
          <select
            aria-label={t('rule.comparison')}
            aria-invalid={wrong('op') ? true : undefined}
            aria-describedby={more}
            disabled={!field}
            value={way}
            onChange={(event) => field && onChange(compare(row, field, event.target.value as Way))}
            className={`${controlClass} chevron h-9 truncate pe-7!`}
          >
            {!ways.includes(way) && <option value={way}>{row.op}</option>}
            {ways.map((item) => (
              <option key={item} value={item}>
                {wayName(field, item)}
              </option>
            ))}
          </select>
        </div>
        <div className="min-w-0 max-sm:order-3 max-sm:col-span-2">
          {field && (
            <ValueInput
              row={row}
              field={field}
              way={way}
              label={t('rule.value')}
              invalid={wrong('value') !== undefined}
              describedBy={more}
              onChange={(value) => onChange({ ...row, value })}
            />
          )}
        </div>
        <IconButton
          icon="close"
          label={t('rule.removeRow', { n: number })}
          onClick={onRemove}
          className="max-sm:order-1"
        />
      </div>
      {message && (
        <p id={more} role="alert" className="text-danger text-sm">
          {t('rule.row', { n: number })}: {message}
        </p>
      )}
    </div>
  )
}
