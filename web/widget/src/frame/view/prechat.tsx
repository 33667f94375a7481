import { useEffect, useRef } from 'preact/hooks'
import type { PreChatField, VisitorDetails } from '../wire'
import { useSurround } from './context'

const KNOWN = ['name', 'email', 'phone'] as const
type Known = (typeof KNOWN)[number]

const KINDS: Record<Known, { type: 'text' | 'email' | 'tel'; complete: string }> = {
  name: { type: 'text', complete: 'name' },
  email: { type: 'email', complete: 'email' },
  phone: { type: 'tel', complete: 'tel' },
}

/** The questions that can be asked, in their order: what the server may be told about a visitor. */
function questions(fields: readonly PreChatField[]) {
  return fields.flatMap((field) => {
    const asked = typeof field === 'string' ? { name: field, required: true } : field
    const name = KNOWN.find((known) => known === asked.name)
    return name ? [{ name, required: asked.required ?? false, label: asked.label }] : []
  })
}

/** Asks who the visitor is before the first message. */
export function PreChat({ fields, open }: { fields: readonly PreChatField[]; open: boolean }) {
  const { chat, text, language } = useSurround()
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    if (open) form.current?.querySelector('input')?.focus()
  }, [open])

  return (
    <form
      ref={form}
      class="prechat"
      onSubmit={(event) => {
        event.preventDefault()
        const details: VisitorDetails = {}
        for (const [name, value] of new FormData(event.currentTarget))
          if (typeof value === 'string' && value.trim()) details[name as Known] = value.trim()
        chat.answer(details)
      }}
    >
      <p>{text.before}</p>
      {questions(fields).map(({ name, required, label }) => (
        <label key={name}>
          <span>
            {label?.[language] ?? text[name]} {!required && <small>({text.optional})</small>}
          </span>
          <input
            name={name}
            type={KINDS[name].type}
            list={undefined}
            autocomplete={KINDS[name].complete}
            required={required}
            maxLength={200}
          />
        </label>
      ))}
      <button type="submit" class="primary">
        {text.begin}
      </button>
    </form>
  )
}
