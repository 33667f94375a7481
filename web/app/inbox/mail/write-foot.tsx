import { type ReactNode, useRef } from 'react'
import { t } from '#/text/text'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'

interface WriteFootProps {
  /** What is wrong with the whole; '' when nothing is. */
  problem: string
  sending: boolean
  onFiles: (files: File[]) => void
  /** The buttons that send. */
  children: ReactNode
}

/** Below a first message: what is wrong with it, files to go along, and what sends it. */
export function WriteFoot({ problem, sending, onFiles, children }: WriteFootProps) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      {problem && (
        <p role="alert" className="flex items-center gap-1.5 text-danger text-sm">
          <Icon name="alert" className="size-4!" />
          {problem}
        </p>
      )}
      <div className="flex items-center gap-2">
        <IconButton
          icon="clip"
          label={t('composer.attach')}
          disabled={sending}
          onClick={() => picker.current?.click()}
        />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('composer.attach')}
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        {children}
      </div>
    </>
  )
}
