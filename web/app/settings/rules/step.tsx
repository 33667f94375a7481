import { type ReactNode, useId } from 'react'

/** A part of an editor under its own heading: when, if, then. */
export function EditorStep({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2.5">
      <div>
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {help && <p className="text-pretty text-muted text-sm">{help}</p>}
      </div>
      {children}
    </section>
  )
}
