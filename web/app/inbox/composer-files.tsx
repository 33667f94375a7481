import type { Attachment } from '#/api/types'
import { t } from '#/text/text'
import { bytes } from '#/text/time'
import { IconButton } from '#/ui/button'
import { Icon } from '#/ui/icons'
import type { Upload } from './uploads'

interface ComposerFilesProps {
  files: Attachment[]
  uploads: Upload[]
  onDropFile: (file: Attachment) => void
  onDropUpload: (key: string) => void
}

export function ComposerFiles({ files, uploads, onDropFile, onDropUpload }: ComposerFilesProps) {
  if (files.length + uploads.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-1.5 px-3 py-1">
      {files.map((file) => (
        <li
          key={file.id}
          className="flex max-w-full items-center gap-1.5 rounded-md bg-sunken ps-2 text-text"
        >
          <Icon name="file" className="text-muted" />
          <span dir="auto" className="min-w-0 max-w-52 truncate">
            {file.name || t('file.unnamed')}
          </span>
          {file.size > 0 && <span className="numeric text-muted text-xs">{bytes(file.size)}</span>}
          <IconButton
            icon="close"
            label={t('file.remove', { name: file.name })}
            onClick={() => onDropFile(file)}
            className="size-7"
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li
          key={upload.key}
          role={upload.error ? 'alert' : 'status'}
          className={`flex max-w-full items-center gap-1.5 rounded-md ps-2 ${upload.error ? 'bg-danger-soft text-danger' : 'bg-sunken text-muted'}`}
        >
          <Icon name={upload.error ? 'alert' : 'clock'} />
          <span dir="auto" className="min-w-0 truncate">
            {upload.name}
          </span>
          <span className="text-xs">{upload.error || t('file.uploading')}</span>
          <IconButton
            icon="close"
            label={t('file.remove', { name: upload.name })}
            onClick={() => onDropUpload(upload.key)}
            className="size-7"
          />
        </li>
      ))}
    </ul>
  )
}
