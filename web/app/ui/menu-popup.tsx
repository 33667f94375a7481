import { Menu as Base } from '@base-ui/react/menu'
import { type ReactElement, useRef } from 'react'
import { Icon } from './icons'
import type { MenuItem } from './menu'

/** The menu proper; it comes into being by being opened. */
export default function MenuPopup({ trigger, items }: { trigger: ReactElement; items: MenuItem[] }) {
  // While the menu is open it holds the focus, so what takes the focus waits for its end.
  const then = useRef<(() => void) | null>(null)
  return (
    <Base.Root
      defaultOpen
      onOpenChangeComplete={(open) => {
        if (!open) then.current?.()
        then.current = null
      }}
    >
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" collisionPadding={8} className="z-40">
          <Base.Popup
            finalFocus={() => then.current === null}
            className="min-w-48 rounded-lg border border-line bg-raised p-1 shadow-pop outline-none"
          >
            {items.map((item) => (
              <Base.Item
                key={item.id}
                onClick={() => {
                  if (item.leads) then.current = item.run
                  else item.run()
                }}
                className={`flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none data-highlighted:bg-hover ${item.danger ? 'text-danger' : ''}`}
              >
                {item.mark}
                {item.icon && <Icon name={item.icon} className={item.danger ? '' : 'text-muted'} />}
                <span className="flex-1">{item.name}</span>
                {item.chosen && <Icon name="check" className="text-accent" />}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
