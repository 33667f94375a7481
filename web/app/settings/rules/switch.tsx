interface SwitchProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** On or off, at once. */
export function Switch({ label, checked, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      onClick={() => onChange(!checked)}
      className="grid h-8 w-10 shrink-0 place-items-center rounded-md"
    >
      <span
        className={`flex h-5 w-9 items-center rounded-full border px-0.5 transition-colors ${checked ? 'justify-end border-accent bg-accent' : 'justify-start border-line-strong bg-sunken'}`}
      >
        <span className={`size-3.5 rounded-full ${checked ? 'bg-on-accent' : 'bg-muted'}`} />
      </span>
    </button>
  )
}
