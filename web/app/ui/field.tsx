import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'

const control =
  'w-full rounded-md border border-line-strong bg-surface px-3 text-base text-text transition-colors hover:border-faint focus:border-accent focus:outline-2 focus:outline-accent/35 focus:-outline-offset-1 aria-invalid:border-danger disabled:opacity-60'

interface Frame {
  label: string
  help?: ReactNode
  error?: string
}

interface Wiring {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

/** Label, control, help and error, wired for screen readers. An error says what to do. */
export function Field({ label, help, error, children }: Frame & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const described = error || help ? `${id}-more` : undefined
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {described && (
        <p
          id={described}
          role={error ? 'alert' : undefined}
          className={`text-sm ${error ? 'text-danger' : 'text-muted'}`}
        >
          {error || help}
        </p>
      )}
    </div>
  )
}

type InputProps = Frame & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }

export function Input({ label, help, error, className = '', ...rest }: InputProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => (
        <input
          dir={ownDirection(rest.value)}
          {...rest}
          {...wiring}
          className={`${control} h-9 ${className}`}
        />
      )}
    </Field>
  )
}

/** What was entered runs in its own direction; an empty field is the page's, or its cursor would stand at the wrong end. */
function ownDirection(value: unknown): 'auto' | undefined {
  return value === undefined || value === '' ? undefined : 'auto'
}

/** A text of several lines, such as JSON. */
export function LongInput({
  label,
  help,
  error,
  className = '',
  ...rest
}: Frame & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => (
        <textarea
          rows={10}
          dir={ownDirection(rest.value)}
          {...rest}
          {...wiring}
          className={`${control} py-2 ${className}`}
        />
      )}
    </Field>
  )
}

type SelectProps = Frame & SelectHTMLAttributes<HTMLSelectElement>

export function Select({ label, help, error, className = '', children, ...rest }: SelectProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => (
        <select {...rest} {...wiring} className={`${control} chevron h-9 ${className}`}>
          {children}
        </select>
      )}
    </Field>
  )
}

type CheckProps = { label: ReactNode; help?: ReactNode } & InputHTMLAttributes<HTMLInputElement>

export function Check({ label, help, ...rest }: CheckProps) {
  return (
    <label className="flex items-start gap-2.5 py-1">
      <input {...rest} type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" />
      <span className="flex flex-col">
        <span>{label}</span>
        {help && <span className="text-muted text-sm">{help}</span>}
      </span>
    </label>
  )
}

/** A compact select that sits in a row of the side panel or a table. */
export function InlineSelect({
  label,
  className = '',
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & { label: string }) {
  return (
    <select
      {...rest}
      aria-label={label}
      className={`chevron h-7 min-w-0 max-w-full truncate rounded-md border border-transparent bg-transparent ps-1.5 text-base text-text transition-colors hover:border-line-strong focus:border-accent ${className}`}
    />
  )
}

export { control as controlClass }
