import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'
import type { IconName } from './icons'
import { loadMenu } from './later'

export interface MenuItem {
  id: string
  name: string
  icon?: IconName
  /** A sign of its own in place of an icon. */
  mark?: ReactNode
  danger?: boolean
  chosen?: boolean
  /** What it does takes the focus itself; otherwise it goes back to where it was. */
  leads?: boolean
  run: () => void
}

const MenuPopup = lazy(loadMenu)

interface TriggerProps {
  onClick?: () => void
  onPointerEnter?: () => void
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}

/** A button that opens a list of actions. What draws the list is fetched when somebody reaches for it. */
export function Menu({ trigger, items }: { trigger: ReactElement; items: MenuItem[] }) {
  const [wanted, setWanted] = useState(false)
  const closed = cloneElement(trigger as ReactElement<TriggerProps>, {
    onClick: () => setWanted(true),
    onPointerEnter: () => void loadMenu(),
    'aria-haspopup': 'menu',
    'aria-expanded': wanted,
  })
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <MenuPopup trigger={trigger} items={items} />
    </Suspense>
  )
}
