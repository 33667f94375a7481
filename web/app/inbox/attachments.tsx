import type { Attachment } from '#/api/types'
import { t } from '#/text/text'
import { bytes } from '#/text/time'
import { Icon } from '#/ui/icons'

/** Pictures as pictures in a frame of fixed height, so that nothing jumps; the rest as files to take. */
export function Attachments({ files }: { files: Attachment[] }) {
  if (files.length === 0) return null
  return (
    <ul className="mt-1 flex flex-wrap gap-2 first:mt-0">
      {files.map((file) => (
        <li key={file.id} className="min-w-0 max-w-full">
          {file.image ? (
            <a href={file.url} target="_blank" rel="noreferrer" className="block overflow-hidden rounded-lg">
              <img
                src={file.url}
                alt={file.name || t('file.picture')}
                loading="lazy"
                className="h-44 max-w-full bg-sunken object-cover"
              />
            </a>
          ) : (
            <>
              <Player file={file} />
              <a
                href={file.url}
                download={file.name}
                className="flex max-w-full items-center gap-2 rounded-lg border border-line bg-surface px-3 py-1.5 text-text hover:border-line-strong"
              >
                <Icon name="file" className="text-muted" />
                <span className="min-w-0 truncate">{file.name || t('file.unnamed')}</span>
                {file.size > 0 && (
                  <span className="numeric shrink-0 text-muted text-xs">{bytes(file.size)}</span>
                )}
              </a>
            </>
          )}
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
