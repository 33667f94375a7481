import { type KeyboardEvent, useId, useState } from 'react'
import { t } from '#/text/text'
import { Icon } from './icons'
import { matches } from './matching'
import type { Maker, Option } from './picker'

interface ChoicesProps {
  label: string
  options: Option[]
  onPick: (id: string) => void
  empty?: string
  make?: Maker
  /** Hears what is typed, for whoever has more to offer. */
  onQuery?: (query: string) => void
  /** What is offered answers an earlier query: Enter chooses nothing until the answer to this one is there. */
  waiting?: boolean
  /** What was typed before the list stood; asked for when it has the focus. */
  typedBefore?: () => string
  /** It has the focus from the beginning, for whoever opens nothing but the list. */
  focused?: boolean
}

/** The id of the line that makes something new. */
const newId = 'new:'

/** The list itself, narrowed by typing and moved through by arrows. */
export function Choices({
  label,
  options,
  onPick,
  empty,
  make,
  onQuery,
  waiting,
  typedBefore,
  focused,
}: ChoicesProps) {
  const list = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const wanted = query.trim()
  const found = options.filter((option) => option.answer || matches(option, wanted))
  if (make && wanted && !options.some((option) => option.name.toLowerCase() === wanted.toLowerCase()))
    found.push({ id: newId, name: make.words(wanted), lead: <Icon name="plus" className="text-muted" /> })
  const current = found[Math.min(at, found.length - 1)]

  function type(text: string): void {
    setQuery(text)
    setAt(0)
    onQuery?.(text)
  }

  function pick(id: string): void {
    if (id !== newId) onPick(id)
    else make?.run(wanted)
    if (id === newId) type('')
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && current) {
      if (!waiting) pick(current.id)
    } else return
    event.preventDefault()
  }

  return (
    <>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={current ? `${list}-${current.id}` : undefined}
        aria-label={label}
        placeholder={label}
        autoFocus={focused}
        value={query}
        onChange={(event) => type(event.target.value)}
        onFocus={() => {
          const before = typedBefore?.()
          if (before) type(before + query)
        }}
        onKeyDown={onKeyDown}
        className="h-10 w-full border-line border-b bg-transparent px-3 text-base outline-none"
      />
      <div id={list} role="listbox" aria-label={label} className="scroller max-h-72 p-1 empty:hidden">
        {found.map((option, index) => (
          <div key={option.id}>
            {option.group && option.group !== found[index - 1]?.group && (
              <p className="px-2 pt-2 pb-1 font-medium text-muted text-xs">{option.group}</p>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above owns the keys */}
            <div
              role="option"
              tabIndex={-1}
              id={`${list}-${option.id}`}
              aria-selected={option.chosen ?? false}
              onClick={() => pick(option.id)}
              onMouseMove={() => setAt(index)}
              className={`flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 ${option === current ? 'bg-hover' : ''}`}
            >
              {option.lead}
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {option.name}
              </span>
              {option.chosen && <Icon name="check" className="text-accent" />}
            </div>
          </div>
        ))}
      </div>
      {/* Beside the list: what is in it can be chosen. */}
      {found.length === 0 && !waiting && (
        <p role="status" className="px-3 py-4 text-muted text-sm">
          {wanted ? t('common.nothingFound') : (empty ?? t('common.nothingFound'))}
        </p>
      )}
    </>
  )
}
