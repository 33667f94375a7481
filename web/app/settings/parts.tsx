import { type FormEvent, type ReactNode, useId, useLayoutEffect, useState } from 'react'
import { Problem } from '#/api/problem'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { Foot } from '#/ui/foot'
import { Icon } from '#/ui/icons'
import { checkLine, type Marked, markedIn } from './check-line'
import { isLocal } from './local-address'

/** A framed group of rows or controls. */
export function Group({
  title,
  help,
  aside,
  children,
}: {
  title?: string
  help?: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="flex flex-col gap-2.5">
      {(title || help || aside) && (
        <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
          <div className="min-w-0 flex-[1_1_14rem]">
            {title && <h2 className="font-semibold">{title}</h2>}
            {help && <p className="text-pretty text-muted text-sm">{help}</p>}
          </div>
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}

export function Rows({ children }: { children: ReactNode }) {
  return <ul className="overflow-hidden rounded-lg border border-line empty:hidden">{children}</ul>
}

export function RowItem({ children }: { children: ReactNode }) {
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-line px-3.5 py-2 not-first:border-t">
      {children}
    </li>
  )
}

/** What a row is about and a word on it: beside it, or below it where a phone has no room for both. */
export function RowAbout({ aside, children }: { aside: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-1 flex-col items-start gap-x-3 gap-y-1 sm:flex-row sm:items-center">
      <div className="flex min-w-0 max-w-full flex-1 flex-col">{children}</div>
      {aside}
    </div>
  )
}

interface FormProps {
  submit: string
  onSubmit: () => Promise<unknown>
  onCancel?: () => void
  /** What the other button says; "Cancel" unless told. */
  cancel?: string
  children: (errors: Record<string, string>) => ReactNode
}

/** reveal brings what has just appeared into view: forms may be higher than their window. */
export const reveal = (node: HTMLElement | null) => node?.scrollIntoView({ block: 'nearest' })

/** A form that waits for its answer and shows errors where they belong. */
export function Form({ submit, onSubmit, onCancel, cancel, children }: FormProps) {
  const form = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [marked, setMarked] = useState<Marked[]>([])
  const fields = error instanceof Problem ? error.fields : {}
  // The line at the end says where something is wrong, the field itself says what: the first one is gone to.
  useLayoutEffect(() => {
    const node = document.getElementById(form)
    const wrong = node && error !== null ? markedIn(node) : []
    wrong[0]?.field.focus()
    setMarked(wrong.map((one) => one.marked))
  }, [error, form])

  async function run(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await onSubmit()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form id={form} onSubmit={run} className="flex flex-col gap-4">
      {children(fields)}
      {error !== null && (
        <p ref={reveal} role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
          {checkLine(error, marked)}
        </p>
      )}
      <Foot of="dialog">
        <div className="flex flex-wrap justify-end gap-2">
          {onCancel && <Button onClick={onCancel}>{cancel ?? t('common.cancel')}</Button>}
          <Button type="submit" form={form} tone="primary" busy={busy}>
            {submit}
          </Button>
        </div>
      </Foot>
    </form>
  )
}

/** A text to take away: a link, a key, a snippet. It is shown whole and copied by one press. */
export function CopyText({ label, text, multiline }: { label: string; text: string; multiline?: boolean }) {
  const [copied, setCopied] = useState(false)

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }

  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-sm">{label}</span>
        <Button small onClick={() => void copy()}>
          <Icon name={copied ? 'check' : 'copy'} className="size-4!" />
          {copied ? t('common.copied') : t('common.copy')}
        </Button>
      </div>
      {multiline ? (
        <textarea
          readOnly
          dir="ltr"
          aria-label={label}
          rows={3}
          value={text}
          onFocus={(event) => event.target.select()}
          className="scroller w-full resize-none rounded-md border border-line bg-sunken px-3 py-2 font-mono text-sm"
        />
      ) : (
        <input
          readOnly
          dir="ltr"
          aria-label={label}
          value={text}
          onFocus={(event) => event.target.select()}
          className="h-9 w-full rounded-md border border-line bg-sunken px-3 font-mono text-sm"
        />
      )}
      {isLocal(text) && (
        <p className="text-pretty rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {t('address.local')}
        </p>
      )}
    </div>
  )
}
