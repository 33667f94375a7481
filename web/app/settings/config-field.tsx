import type { ReactNode } from 'react'
import type { KindField } from '#/api/types'
import { t, words } from '#/text/text'
import { Check, Input, LongInput, Select } from '#/ui/field'
import { withSigns } from '#/ui/signs'

interface ConfigFieldProps {
  field: KindField
  /** The secret is set already: left empty, it stays as it is. */
  kept: boolean
  value: unknown
  error: string | undefined
  /** The value is a suggestion of ours that nobody has seen yet. */
  madeUp?: boolean
  onChange: (value: unknown) => void
}

const inputs = { text: 'text', number: 'number', secret: 'password', color: 'color', list: 'text' } as const

/** One field of a channel's settings, drawn by its type. */
export function ConfigField({ field, kept, value, error, madeUp, onChange }: ConfigFieldProps) {
  const label = words(field.label) || field.name
  const said = words(field.help)
  const help = said && withSigns(said)
  const { options } = field
  if (field.type === 'bool') {
    return (
      <Check
        label={label}
        help={help}
        checked={value === true || value === 'true'}
        onChange={(event) => onChange(event.target.checked)}
      />
    )
  }
  if (field.type === 'choice') {
    return (
      <Select
        label={label}
        help={help}
        error={error}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {words(option.label)}
          </option>
        ))}
      </Select>
    )
  }
  if (field.type === 'list' && options.length > 0) {
    return (
      <Several
        label={label}
        help={error || help}
        options={options}
        chosen={listOf(value)}
        onChange={onChange}
      />
    )
  }
  if (field.type === 'long') {
    return (
      <LongInput
        label={label}
        help={help}
        error={error}
        required={field.required}
        spellCheck={false}
        value={String(value ?? '')}
        onChange={(event) => onChange(event.target.value)}
        className="font-mono text-sm"
      />
    )
  }
  const secret = field.type === 'secret'
  return (
    <Input
      label={label}
      help={
        madeUp ? t('channels.madeUp') : help || (field.type === 'list' ? t('channels.listHelp') : undefined)
      }
      error={error}
      type={inputs[field.type]}
      required={field.required && !(secret && kept)}
      autoComplete={secret ? 'new-password' : 'off'}
      placeholder={secret && kept ? t('channels.secretKept') : undefined}
      value={Array.isArray(value) ? value.join(', ') : String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
      className={field.type === 'color' ? 'max-w-20 p-1!' : ''}
    />
  )
}

interface SeveralProps {
  label: string
  help: ReactNode
  options: KindField['options']
  chosen: string[]
  onChange: (value: string[]) => void
}

/** Several of a few: the order of choosing is kept, as the first may mean more than the rest. */
function Several({ label, help, options, chosen, onChange }: SeveralProps) {
  return (
    <fieldset>
      <legend className="font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap gap-x-5">
        {options.map((option) => (
          <Check
            key={option.value}
            label={words(option.label)}
            checked={chosen.includes(option.value)}
            onChange={(event) =>
              onChange(
                event.target.checked
                  ? [...chosen, option.value]
                  : chosen.filter((item) => item !== option.value),
              )
            }
          />
        ))}
      </div>
      {help && <p className="text-muted text-sm">{help}</p>}
    </fieldset>
  )
}

/** listOf reads a list however it is written: as one, or as text with commas. */
export function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')
  return items.map((item) => item.trim()).filter(Boolean)
}
