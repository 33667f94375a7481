import { useState } from 'react'
import type { Attachment } from '#/api/types'
import { t } from '#/text/text'
import { bytes } from '#/text/time'
import { Icon } from '#/ui/icons'

/** Pictures in frames of fixed height, so that nothing jumps, several of them as a grid; the rest as files to take. */
export function Attachments({ files }: { files: Attachment[] }) {
  if (files.length === 0) return null
  const pictures = files.filter((file) => file.image)
  const album = pictures.length > 1
  const rest = files.filter((file) => !file.image)
  return (
    <div className="mt-1 flex flex-col gap-2 first:mt-0">
      {pictures.length > 0 && (
        <ul
          data-testid={album ? 'album' : undefined}
          className={album ? 'grid w-80 max-w-full grid-cols-2 gap-1' : ''}
        >
          {pictures.map((file) => (
            <li key={file.id} className="min-w-0 max-w-full">
              <Picture file={file} className={album ? 'aspect-square w-full' : 'h-44 max-w-full'} />
            </li>
          ))}
        </ul>
      )}
      <Files files={rest} />
    </div>
  )
}

/** A picture that opens whole; one that cannot be shown keeps its frame and says so. */
function Picture({ file, className }: { file: Attachment; className: string }) {
  const [broken, setBroken] = useState(false)
  return (
    <a href={file.url} target="_blank" rel="noreferrer" className="block overflow-hidden rounded-lg">
      {broken ? (
        <span
          className={`flex min-w-44 flex-col items-center justify-center gap-1 bg-sunken p-3 text-center text-muted text-sm ${className}`}
        >
          <Icon name="picture" />
          {t('file.broken')}
        </span>
      ) : (
        <img
          src={file.url}
          alt={file.name || t('file.picture')}
          loading="lazy"
          onError={() => setBroken(true)}
          className={`bg-sunken object-cover ${className}`}
        />
      )}
    </a>
  )
}

function Files({ files }: { files: Attachment[] }) {
  if (files.length === 0) return null
  return (
    <ul className="flex flex-wrap gap-2">
      {files.map((file) => (
        <li key={file.id} className="min-w-0 max-w-full">
          <Player file={file} />
          <a
            href={file.url}
            download={file.name}
            className="flex max-w-full items-center gap-2 rounded-lg border border-line bg-surface px-3 py-1.5 text-text hover:border-line-strong"
          >
            <Icon name="file" className="text-muted" />
            <span dir="auto" className="min-w-0 truncate">
              {file.name || t('file.unnamed')}
            </span>
            {file.size > 0 && <span className="numeric shrink-0 text-muted text-xs">{bytes(file.size)}</span>}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Plays what browsers play; the file below it can be taken all the same. */
function Player({ file }: { file: Attachment }) {
  const label = file.name || t('file.unnamed')
  if (/^audio\//.test(file.type))
    return (
      // biome-ignore lint/a11y/useMediaCaption: what people say has no captions
      <audio
        controls
        preload="metadata"
        src={file.url}
        aria-label={label}
        className="mb-1 h-10 w-72 max-w-full"
      />
    )
  if (/^video\//.test(file.type))
    return (
      // biome-ignore lint/a11y/useMediaCaption: what people film has no captions
      <video
        controls
        preload="metadata"
        src={file.url}
        aria-label={label}
        className="mb-1 h-44 max-w-full rounded-lg bg-sunken"
      />
    )
  return null
}
