import { useEffect, useRef, useState } from 'react'
import { Input, LongInput } from '#/ui/field'
import { follow, type Typed, toKeep, type, untouched } from './typed'

interface KeptProps {
  label: string
  value: string
  onKeep: (value: string) => void
  type?: string
  max?: number
  long?: boolean
  help?: string
}

/** A text that is kept when it is left, by Enter, and when its window closes over it. */
export function Kept({ label, value, onKeep, type: kind, max = 500, long, help }: KeptProps) {
  const [was, setField] = useState(() => untouched(value))
  const field = follow(was, value)
  if (field !== was) setField(field)
  const latest = useRef({ field, onKeep })
  latest.current = { field, onKeep }

  function set(next: Typed): void {
    latest.current.field = next
    setField(next)
  }

  function keep(): void {
    const { field, onKeep } = latest.current
    const text = toKeep(field)
    set({ ...field, touched: false })
    if (text !== null) onKeep(text)
  }

  // A field that is taken away hears of no blur: Escape closes the window around it at once.
  useEffect(
    () => () => {
      const text = toKeep(latest.current.field)
      if (text !== null) latest.current.onKeep(text)
    },
    [],
  )

  const shared = { label, help, maxLength: max, value: field.text, onBlur: keep }
  const change = (text: string) => set(type(latest.current.field, text))
  if (long) return <LongInput {...shared} rows={3} onChange={(event) => change(event.target.value)} />
  return (
    <Input
      {...shared}
      type={kind}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}
