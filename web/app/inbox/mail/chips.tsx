import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { contacts } from '#/api/records'
import type { Contact, Party } from '#/api/types'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { isAddress, parseParties, unique } from './address'
import { fullParty } from './parties'

interface ChipsProps {
  label: string
  parties: Party[]
  onChange: (parties: Party[]) => void
  autoFocus?: boolean
}

/** People a mail goes to: each a chip, and a field for the next one. What is typed becomes a chip when left. */
export function Chips({ label, parties, onChange, autoFocus }: ChipsProps) {
  const list = useId()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useSuggestions(text, parties)
  const current = found[Math.min(at, found.length - 1)]

  /** add makes chips of a text; what is no address becomes one too, marked, so that it is not lost. */
  function add(typed: string): void {
    const { parties: read, rest } = parseParties(typed)
    const odd = rest ? [{ name: '', address: rest }] : []
    setText('')
    setAt(0)
    if (read.length + odd.length > 0) onChange(unique([...parties, ...read, ...odd]))
  }

  function pick(party: Party): void {
    setText('')
    setAt(0)
    onChange(unique([...parties, party]))
    input.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (current) pick(current)
      else add(text)
    } else if ((event.key === ',' || event.key === ';') && isAddress(text.trim())) add(text)
    else if (event.key === 'Escape' && text) setText('')
    else if (event.key === 'Backspace' && text === '' && parties.length > 0) onChange(parties.slice(0, -1))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="relative flex min-h-8 min-w-0 flex-1 flex-wrap items-center gap-1">
      {parties.map((party) => (
        <Chip
          key={party.address}
          party={party}
          onRemove={() => onChange(parties.filter((item) => item.address !== party.address))}
        />
      ))}
      <input
        ref={input}
        role="combobox"
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        inputMode="email"
        aria-label={t('mail.recipientsOf', { field: label })}
        aria-expanded={found.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={current ? `${list}-${current.address}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => add(text)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          if (!/[,;\n@]/.test(pasted)) return
          event.preventDefault()
          add(`${text}${pasted}`)
        }}
        className="h-7 min-w-16 flex-1 bg-transparent text-sm outline-none"
      />
      {found.length > 0 && (
        <div
          id={list}
          role="listbox"
          aria-label={t('mail.suggestions')}
          className="absolute inset-x-0 top-full z-20 mt-1 max-w-md rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          {found.map((party, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above owns the keys
            <div
              key={party.address}
              id={`${list}-${party.address}`}
              role="option"
              tabIndex={-1}
              aria-selected={party === current}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(party)}
              onMouseMove={() => setAt(index)}
              className={`flex min-h-8 cursor-default items-baseline gap-2 rounded-md px-2 py-1 ${party === current ? 'bg-hover' : ''}`}
            >
              <span dir="auto" className="min-w-0 truncate">
                {party.name || party.address}
              </span>
              {party.name && (
                <span dir="auto" className="min-w-0 truncate text-muted text-sm">
                  {party.address}
                </span>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function Chip({ party, onRemove }: { party: Party; onRemove: () => void }) {
  const good = isAddress(party.address)
  const name = party.name || party.address
  return (
    <span
      title={good ? fullParty(party) : t('mail.notAddress', { text: party.address })}
      className={`flex h-7 min-w-0 max-w-full items-center rounded-full ps-2.5 text-sm ${good ? 'bg-sunken' : 'bg-danger-soft text-danger'}`}
    >
      <span dir="auto" className="min-w-0 truncate">
        {name}
      </span>
      <button
        type="button"
        aria-label={t('mail.remove', { name })}
        onClick={onRemove}
        className="grid size-7 shrink-0 place-items-center rounded-full text-muted hover:text-text"
      >
        <Icon name="close" className="size-3.5!" />
      </button>
    </span>
  )
}

/** useSuggestions is whom we know by what was typed so far, by name or address. */
function useSuggestions(text: string, taken: Party[]): Party[] {
  const wanted = text.trim()
  const search = useQuery({
    queryKey: ['contacts', 'addresses', wanted],
    queryFn: () => contacts.list({ q: wanted, limit: 8 }),
    enabled: wanted.length > 1,
    staleTime: 60_000,
    placeholderData: (old) => old,
  })
  if (wanted.length < 2) return []
  const low = wanted.toLowerCase()
  const known = (search.data?.items ?? []).flatMap((contact) => addressesOf(contact))
  return unique(known, taken)
    .filter((party) => party.name.toLowerCase().includes(low) || party.address.toLowerCase().includes(low))
    .slice(0, 6)
}

/** addressesOf is where mail reaches a contact. */
export function addressesOf(contact: Contact): Party[] {
  return (contact.identities ?? [])
    .filter((identity) => identity.scope === 'email')
    .map((identity) => ({ name: contact.name, address: identity.address }))
}
