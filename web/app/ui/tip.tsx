import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'

/** A hint on hover and focus for what has no words of its own. */
export function Tip({ label, hint, children }: { label: string; hint?: string; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children as ReactElement<Record<string, unknown>>} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-50">
          <Tooltip.Popup className="flex items-center gap-1.5 rounded-md bg-text px-2 py-1 text-bg text-xs shadow-pop">
            {label}
            {hint && <kbd className="font-sans opacity-65">{hint}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
