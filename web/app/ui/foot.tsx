import { createContext, type ReactNode, useContext, useState } from 'react'
import { createPortal } from 'react-dom'

/** Undefined where there is no such foot, null until it stands. */
type Place = HTMLElement | null | undefined

const places = { page: createContext<Place>(undefined), dialog: createContext<Place>(undefined) }

interface FootProps {
  /** Whose foot: a form of a page has none of the dialogs', nor the other way round. */
  of: keyof typeof places
  className?: string
  children: ReactNode
}

/** What scrolls, and below it a place for the buttons of a form: in sight at any height, and over nothing that is to be pressed. */
export function WithFoot({ of, className = '', children }: FootProps) {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const Places = places[of]
  return (
    <Places value={place}>
      {children}
      <div ref={setPlace} className={`shrink-0 border-line border-t empty:hidden ${className}`} />
    </Places>
  )
}

/**
 * Puts buttons into the foot; where there is none, they stand where they are written.
 * They stand outside their form then: what submits it has to name it.
 */
export function Foot({ of, children }: Pick<FootProps, 'of' | 'children'>) {
  const place = useContext(places[of])
  return place === undefined ? children : place && createPortal(children, place)
}
