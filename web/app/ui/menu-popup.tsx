import { Menu as Base } from '@base-ui/react/menu'
import { Fragment, type ReactElement, useRef } from 'react'
import { Icon } from './icons'
import type { MenuItem } from './menu'
import { usePrefs } from './prefs'
import { sections } from './sections'

/** The menu proper; it comes into being by being opened. */
export default function MenuPopup({ trigger, items }: { trigger: ReactElement; items: MenuItem[] }) {
  // While the menu is open it holds the focus, so what takes the focus waits for its end.
  const then = useRef<(() => void) | null>(null)
  const { keys } = usePrefs()
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
            className="scroller max-h-(--available-height) min-w-48 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop outline-none"
          >
            {sections(items).map(({ name, items }, at) => {
              const Wrap = name ? Base.Group : Fragment
              return (
                <Fragment key={items[0]?.id}>
                  {at > 0 && <Base.Separator className="mx-1 my-1 h-px bg-line" />}
                  <Wrap>
                    {name && (
                      <Base.GroupLabel className="px-2 pt-1 pb-0.5 text-muted text-xs">
                        {name}
                      </Base.GroupLabel>
                    )}
                    {items.map((item) => (
                      <Base.Item
                        key={item.id}
                        {...(item.chosen !== undefined && {
                          role: 'menuitemradio',
                          'aria-checked': item.chosen,
                        })}
                        disabled={item.disabled}
                        onClick={() => {
                          if (item.leads) then.current = item.run
                          else item.run()
                        }}
                        className={`flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none data-disabled:opacity-50 data-highlighted:bg-hover ${item.danger ? 'text-danger' : ''}`}
                      >
                        {item.mark}
                        {item.icon && <Icon name={item.icon} className={item.danger ? '' : 'text-muted'} />}
                        <span className="flex-1">{item.name}</span>
                        {item.chosen && <Icon name="check" className="text-accent" />}
                        {keys && item.keys && (
                          <kbd
                            aria-hidden
                            className="ps-4 font-sans text-muted text-xs pointer-coarse:hidden"
                          >
                            <bdi dir="ltr">{item.keys}</bdi>
                          </kbd>
                        )}
                      </Base.Item>
                    ))}
                  </Wrap>
                </Fragment>
              )
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
