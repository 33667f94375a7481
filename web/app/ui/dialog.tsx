import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'
import { t } from '#/text/text'
import { IconButton } from './button'
import { WithFoot } from './foot'

interface DialogProps {
  open: boolean
  title: string
  onClose: () => void
  wide?: boolean
  children: ReactNode
}

/** What one fills in. Read-only fields show something, and the rest of a dialog waits for a press. */
const field =
  'input:not([type=hidden], [readonly], :disabled), textarea:not([readonly], :disabled), select:not(:disabled), [role=combobox]:not([disabled]), [contenteditable=true]'

/** A window over the page. It begins at the field that asks for the focus, else at its first one; one without any at its own beginning. */
export function Dialog({ open, title, onClose, wide, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)

  // A field with autoFocus has it by now, so that what is typed at once is not lost. Else to touch one would bring up the
  // keyboard, over half of what is to be read first.
  function begin(how: string): HTMLElement | boolean {
    if (popup.current?.contains(document.activeElement)) return false
    return (how !== 'touch' && popup.current?.querySelector<HTMLElement>(field)) || true
  }

  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          ref={popup}
          initialFocus={begin}
          data-covers
          className={`fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-xl bg-raised shadow-pop transition-all duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0 sm:top-[12dvh] sm:bottom-auto sm:max-h-[78dvh] sm:rounded-xl ${wide ? 'sm:max-w-2xl' : 'sm:max-w-md'}`}
        >
          <header className="flex shrink-0 items-center justify-between gap-4 px-5 pt-4 pb-2">
            <Base.Title className="font-semibold text-lg">{title}</Base.Title>
            <Base.Close render={<IconButton icon="close" label={t('common.close')} className="-me-2" />} />
          </header>
          <WithFoot of="dialog" className="px-5 py-3">
            <div className="scroller min-h-0 px-5 pt-1 pb-5">{children}</div>
          </WithFoot>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
