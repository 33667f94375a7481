import { type ReactNode, useState } from 'react'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { useToastsOff } from '#/ui/toast'

interface ComposerFrameProps {
  note: boolean
  onFiles: (files: Iterable<File>) => void
  children: ReactNode
}

/** The place where answers are written; files may be dropped anywhere on it. */
export function ComposerFrame({ note, onFiles, children }: ComposerFrameProps) {
  const [over, setOver] = useState(false)
  useToastsOff('aside')
  const plain = note ? 'border-note-line bg-note' : 'border-line-strong bg-surface'
  return (
    <div className="px-3 pt-1 pb-3 md:px-4 md:pb-4">
      <div
        role="group"
        aria-label={t('composer.title')}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          onFiles(event.dataTransfer.files)
        }}
        className={`mx-auto flex max-w-3xl flex-col rounded-xl border transition-colors focus-within:border-accent ${over ? 'border-accent border-dashed bg-accent-soft' : plain}`}
      >
        {children}
      </div>
    </div>
  )
}

/** Why what was to be sent was not. */
export function Refusal({ text }: { text: string }) {
  if (!text) return null
  return (
    <p role="alert" className="flex items-center gap-1.5 px-3.5 pb-1 text-danger text-sm">
      <Icon name="alert" className="size-4!" />
      {text}
    </p>
  )
}
