import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react'
import type { IconName } from './icons'
import { loadMenu } from './later'
import { piece } from './piece'

export interface MenuItem {
  id: string
  name: string
  icon?: IconName
  /** A sign of its own in place of an icon. */
  mark?: ReactNode
  danger?: boolean
  /** It is shown, and does nothing now. */
  disabled?: boolean
  /** One of several that exclude each other, and whether it is the one. */
  chosen?: boolean
  /** What it has in common with its neighbours; a menu is divided where that changes. */
  group?: string
  /** The key that does the same. */
  keys?: string
  /** What it does takes the focus itself; otherwise it goes back to where it was. */
  leads?: boolean
  run: () => void
}

interface TriggerProps {
  onClick?: () => void
  onPointerEnter?: () => void
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}

interface MenuProps {
  trigger: ReactElement
  items: MenuItem[]
}

/** Where the list cannot be fetched, the button stays, and asks again when pressed. */
const MenuPopup = piece<MenuProps>(loadMenu, ({ trigger }, again) =>
  cloneElement(trigger as ReactElement<TriggerProps>, { onClick: again }),
)

/** A button that opens a list of actions. What draws the list is fetched when somebody reaches for it. */
export function Menu({ trigger, items }: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const closed = cloneElement(trigger as ReactElement<TriggerProps>, {
    onClick: () => setWanted(true),
    onPointerEnter: () => void loadMenu().catch(() => undefined),
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
