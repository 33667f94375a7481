import { type ReactNode, useEffect, useRef } from 'react'

interface FieldsProps {
  /** A save is on its way: what was typed now would be in none. */
  busy: boolean
  /** Another one has the fields mounted anew. */
  round: number
  children: ReactNode
}

/** The fields of an editor, closed while a save is on its way; whoever wrote in one goes on there. */
export function EditorFields({ busy, round, children }: FieldsProps) {
  const last = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (!busy && document.activeElement === document.body) last.current?.focus()
  }, [busy])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only remembers which of its fields has the focus
    <div
      key={round}
      inert={busy}
      onFocus={(event) => {
        last.current = event.target
      }}
      className="contents"
    >
      {children}
    </div>
  )
}
