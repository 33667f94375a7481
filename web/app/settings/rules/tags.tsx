import { type KeyboardEvent, useState } from 'react'
import { t } from '#/text/text'
import { controlClass } from '#/ui/field'
import { Icon } from '#/ui/icons'

interface TagsProps {
  label: string
  /** What stands in it while it is empty. */
  hint?: string
  values: string[]
  invalid: boolean
  onChange: (values: string[]) => void
}

/** Several texts: each ends with Enter or a comma, and goes by its cross or by Backspace. */
export function Tags({ label, hint, values, invalid, onChange }: TagsProps) {
  const [text, setText] = useState('')

  function add(): void {
    const value = text.trim()
    if (value && !values.includes(value)) onChange([...values, value])
    setText('')
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault()
      add()
    } else if (event.key === 'Backspace' && text === '' && values.length > 0) onChange(values.slice(0, -1))
  }

  return (
    <div
      data-invalid={invalid || undefined}
      className={`${controlClass} flex min-h-9 flex-wrap items-center gap-1 px-1.5! py-1 focus-within:border-accent data-invalid:border-danger`}
    >
      {values.map((value) => (
        <span key={value} className="flex max-w-full items-center gap-0.5 rounded-sm bg-sunken ps-2 text-sm">
          <span dir="auto" className="truncate">
            {value}
          </span>
          <button
            type="button"
            aria-label={t('rule.removeValue', { value })}
            onClick={() => onChange(values.filter((item) => item !== value))}
            className="grid size-6 place-items-center text-muted hover:text-text"
          >
            <Icon name="close" className="size-3!" />
          </button>
        </span>
      ))}
      <input
        aria-label={label}
        aria-invalid={invalid || undefined}
        placeholder={values.length === 0 ? (hint ?? t('rule.tagsHint')) : ''}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        className="h-6 min-w-24 flex-1 bg-transparent px-1.5 outline-none"
      />
    </div>
  )
}
