import type { ReactNode } from 'react'

/** A part of a form that is closed until it is asked for, or something in it is wrong. */
export function Folded({ title, wrong, children }: { title: string; wrong: boolean; children: ReactNode }) {
  return (
    <details open={wrong || undefined} className="rounded-md border border-line px-3 py-2">
      <summary className="min-h-6 cursor-pointer font-medium text-sm">{title}</summary>
      <div className="flex flex-col gap-4 pt-3 pb-1">{children}</div>
    </details>
  )
}
