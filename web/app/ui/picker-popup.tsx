import { Popover } from '@base-ui/react/popover'
import type { ReactElement } from 'react'
import { typedAhead } from '#/keys/capture'
import { Choices } from './choices'
import type { PickerProps } from './picker'

/** The list under its button. */
export default function PickerPopup({
  label,
  options,
  open,
  onOpen,
  onPick,
  trigger,
  many,
  empty,
  make,
}: PickerProps) {
  return (
    <Popover.Root open={open} onOpenChange={onOpen}>
      <Popover.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" collisionPadding={8} className="z-40">
          <Popover.Popup
            aria-label={label}
            className="w-64 overflow-hidden rounded-lg border border-line bg-raised shadow-pop"
          >
            <Choices
              label={label}
              options={options}
              empty={empty}
              make={make}
              typedBefore={typedAhead}
              onPick={(id) => {
                onPick(id)
                if (!many) onOpen(false)
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
