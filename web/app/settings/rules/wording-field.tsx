import { useRef } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { controlClass, Field } from '#/ui/field'
import { Menu } from '#/ui/menu'
import { variableName } from './words'

interface WordingProps {
  label: string
  value: string
  error: string | undefined
  variables: string[]
  onChange: (text: string) => void
}

/** A text that goes by itself; variables are put in where the cursor stands. */
export function WordingField({ label, value, error, variables, onChange }: WordingProps) {
  const area = useRef<HTMLTextAreaElement>(null)

  function insert(name: string): void {
    const element = area.current
    const start = element?.selectionStart ?? value.length
    const end = element?.selectionEnd ?? start
    const fallback = name.startsWith('contact.') ? ` | default: "${t('wording.fallback')}"` : ''
    const text = `{{ ${name}${fallback} }}`
    onChange(value.slice(0, start) + text + value.slice(end))
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(start + text.length, start + text.length)
    })
  }

  return (
    <div className="flex flex-col gap-1.5">
      <Field label={label} error={error}>
        {(wiring) => (
          <textarea
            {...wiring}
            ref={area}
            rows={3}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className={`${controlClass} scroller py-2`}
          />
        )}
      </Field>
      <Menu
        trigger={
          <Button small tone="quiet" icon="plus" className="self-start">
            {t('wording.insert')}
          </Button>
        }
        items={variables.map((name) => ({
          id: name,
          name: variableName(name),
          leads: true,
          run: () => insert(name),
        }))}
      />
    </div>
  )
}
