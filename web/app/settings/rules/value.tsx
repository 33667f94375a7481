import { useAccounts } from '#/api/queries'
import type { RuleField } from '#/api/rules'
import { t } from '#/text/text'
import { controlClass } from '#/ui/field'
import type { Row } from './condition'
import { localTime } from './local-time'
import { shape, type Way } from './ops'
import { type Named, useReferences } from './references'
import { Tags } from './tags'
import { optionName } from './words'

interface ValueProps {
  row: Row
  field: RuleField
  way: Way
  /** What the input is called for those who do not see it. */
  label: string
  invalid: boolean
  describedBy: string | undefined
  onChange: (value: unknown) => void
}

/** The input that fits what a field is compared with. */
export function ValueInput(props: ValueProps) {
  const { field, way, row, onChange, label, invalid } = props
  const references = useReferences()
  const text = typeof row.value === 'string' ? row.value : ''
  switch (shape(field, way)) {
    case 'none':
      return null
    case 'several': {
      const values = Array.isArray(row.value) ? row.value.map(String) : []
      if (field.of) return <Several {...props} options={references(field.of)} values={values} />
      if (field.type === 'choice') return <Several {...props} options={choices(field)} values={values} />
      const typed = (list: string[]) => (field.type === 'number' ? list.map(Number) : list)
      return (
        <Tags label={label} values={values} invalid={invalid} onChange={(list) => onChange(typed(list))} />
      )
    }
    case 'schedule':
      return <One {...props} options={references('schedules')} empty={t('rule.noSchedules')} value={text} />
    case 'hours':
      return <NumberInput {...props} min={0} after={t('rule.hours')} />
    case 'moment':
      return (
        <input
          {...wired(props)}
          type="datetime-local"
          value={localTime(text)}
          onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : '')}
          className={`${controlClass} h-9`}
        />
      )
    case 'pattern':
      return <TextInput {...props} mono placeholder="invoice|счёт" />
    default:
      return <Single {...props} options={field.of ? references(field.of) : []} />
  }
}

function choices(field: RuleField): Named[] {
  return field.options.map((id) => ({ id, name: optionName(id) }))
}

const wired = ({ label, invalid, describedBy }: ValueProps) => ({
  'aria-label': label,
  'aria-invalid': invalid || undefined,
  'aria-describedby': describedBy,
})

/** One value, by the type of the field. */
function Single(props: ValueProps & { options: Named[] }) {
  const { field, row, onChange } = props
  switch (field.type) {
    case 'number':
      return <NumberInput {...props} />
    case 'bool':
      return (
        <select
          {...wired(props)}
          value={String(row.value === true)}
          onChange={(event) => onChange(event.target.value === 'true')}
          className={`${controlClass} chevron h-9 truncate pe-7!`}
        >
          <option value="true">{t('rule.yes')}</option>
          <option value="false">{t('rule.no')}</option>
        </select>
      )
    case 'choice':
      return <One {...props} options={choices(field)} value={String(row.value ?? '')} />
    case 'ref':
    case 'refs':
      return <One {...props} value={String(row.value ?? '')} />
    default:
      return <TextInput {...props} />
  }
}

function TextInput(props: ValueProps & { mono?: boolean; placeholder?: string }) {
  const { row, field, onChange, mono, placeholder } = props
  const kinds = [...new Set(useAccounts().map((account) => account.kind))]
  const hints = { 'conversation.kind': kinds, 'contact.language': ['ru', 'en'] }[field.name]
  return (
    <>
      <input
        {...wired(props)}
        placeholder={placeholder}
        list={hints && `${row.key}-hints`}
        value={typeof row.value === 'string' ? row.value : ''}
        onChange={(event) => onChange(event.target.value || undefined)}
        className={`${controlClass} h-9 ${mono ? 'font-mono' : ''}`}
      />
      {hints && (
        <datalist id={`${row.key}-hints`}>
          {hints.map((hint) => (
            <option key={hint} value={hint} />
          ))}
        </datalist>
      )}
    </>
  )
}

function NumberInput(props: ValueProps & { min?: number; after?: string }) {
  const { row, onChange, min, after } = props
  return (
    <span className="flex items-center gap-2">
      <input
        {...wired(props)}
        type="number"
        min={min}
        step="any"
        value={typeof row.value === 'number' ? row.value : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
        className={`${controlClass} numeric h-9`}
      />
      {after && <span className="shrink-0 text-muted text-sm">{after}</span>}
    </span>
  )
}

/** A select of things by name; what was chosen and is gone stays visible. */
function One(props: ValueProps & { options: Named[]; value: string; empty?: string }) {
  const { options, value, onChange, empty } = props
  const gone = value !== '' && !options.some((option) => option.id === value)
  return (
    <select
      {...wired(props)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={`${controlClass} chevron h-9 truncate pe-7!`}
    >
      {value === '' && (
        <option value="" disabled>
          {options.length === 0 ? (empty ?? t('rule.nothingToChoose')) : t('rule.choose')}
        </option>
      )}
      {gone && <option value={value}>{t('rule.gone', { id: value })}</option>}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </select>
  )
}

/** Several of a fixed set, as marks to press. */
function Several(props: ValueProps & { options: Named[]; values: string[] }) {
  const { options, values, onChange, label, invalid } = props
  const gone = values.filter((value) => !options.some((option) => option.id === value))
  const shown = [...options, ...gone.map((id) => ({ id, name: t('rule.gone', { id }) }))]
  return (
    <div
      role="group"
      aria-label={label}
      aria-describedby={props.describedBy}
      className={`flex min-h-9 flex-wrap items-center gap-1.5 ${invalid ? 'rounded-md outline outline-danger' : ''}`}
    >
      {shown.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          dir="auto"
          aria-pressed={values.includes(id)}
          onClick={() => onChange(values.includes(id) ? values.filter((v) => v !== id) : [...values, id])}
          className="h-7 max-w-full truncate rounded-full border border-line-strong px-2.5 text-sm hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {name}
        </button>
      ))}
      {shown.length === 0 && <span className="text-muted text-sm">{t('rule.nothingToChoose')}</span>}
    </div>
  )
}
