import { useRef } from 'react'
import { t } from '#/text/text'
import { IconButton } from './button'

interface AttachButtonProps {
  onFiles: (files: File[]) => void
  disabled?: boolean
}

/** Chooses files to go along. The same ones may be chosen again. */
export function AttachButton({ onFiles, disabled }: AttachButtonProps) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        icon="clip"
        label={t('composer.attach')}
        disabled={disabled}
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
    </>
  )
}
