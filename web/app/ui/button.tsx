import type { ButtonHTMLAttributes, Ref } from 'react'
import { Icon, type IconName } from './icons'

type Tone = 'primary' | 'plain' | 'quiet' | 'danger'

const tones: Record<Tone, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  plain: 'bg-surface text-text border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-text',
  danger: 'bg-surface text-danger border-line-strong hover:bg-danger-soft',
}

const base =
  'inline-flex select-none items-center justify-center gap-1.5 rounded-md border font-medium transition-colors duration-100 disabled:opacity-50 data-popup-open:bg-hover data-popup-open:text-text'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone
  small?: boolean
  icon?: IconName
  busy?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  tone = 'plain',
  small,
  icon,
  busy,
  className = '',
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  const size = small ? 'h-7 px-2.5 text-sm' : 'h-9 px-3.5 text-base'
  return (
    <button
      {...rest}
      type={type}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={`${base} ${tones[tone]} ${size} ${className}`}
    >
      {icon && <Icon name={icon} className="-ms-0.5" />}
      {children}
    </button>
  )
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName
  label: string
  /** The key that does the same. */
  hint?: string
  ref?: Ref<HTMLButtonElement>
}

/** A button that is only an icon; its label is read aloud and shown on hover, with the key. */
export function IconButton({ icon, label, hint, className = '', type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={hint ? `${label} (${hint})` : label}
      className={`${base} ${tones.quiet} size-8 shrink-0 ${className}`}
    >
      <Icon name={icon} />
    </button>
  )
}
