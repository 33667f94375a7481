import { Suspense, useEffect, useRef, useState } from 'react'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { piece } from '#/ui/piece'

const EmojiPanel = piece(() => import('./emoji-panel'))

/** A button with every emoji behind it, by groups and by name; they are fetched when it is first pressed. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const away = (event: Event) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [open])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the Escape of what is in it
    <div
      ref={frame}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        setOpen(false)
        frame.current?.querySelector('button')?.focus()
      }}
    >
      <IconButton
        icon="smile"
        label={t('emoji.open')}
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Suspense>
          <EmojiPanel
            onPick={(emoji) => {
              setOpen(false)
              onPick(emoji)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
