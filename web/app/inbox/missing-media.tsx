import type { Message } from '#/api/types'
import { type Key, t, words } from '#/text/text'
import { Icon } from '#/ui/icons'

type Media = Message['media'][number]

/** Files that a message announced and that are not here yet, or will never be: a frame where a picture would be, a quiet
 * line for the rest. */
export function MissingMedia({ media }: { media: Media[] }) {
  if (media.length === 0) return null
  return (
    <ul className="mt-1 first:mt-0">
      {media.map((file, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no name of their own and keep their order
        <li key={at} data-testid="missing-media" className={framed(file) ? frame : 'text-muted text-sm'}>
          {framed(file) && <Icon name="picture" />}
          {wordsOf(file)}
        </li>
      ))}
    </ul>
  )
}

const frame =
  'mt-1 flex h-44 w-60 max-w-full flex-col items-center justify-center gap-1 rounded-lg border border-line border-dashed bg-sunken p-3 text-center text-muted text-sm'

const framed = (file: Media): boolean =>
  file.kind === 'photo' || file.kind === 'video' || file.kind === 'animation'

function wordsOf(file: Media): string {
  if (file.state === 'gone') return t('media.gone', { why: words(file.error) })
  return t(kinds[file.kind] ?? 'media.file')
}

const kinds: Partial<Record<Media['kind'], Key & `media.${'photo' | 'video' | 'voice'}`>> = {
  photo: 'media.photo',
  video: 'media.video',
  animation: 'media.video',
  voice: 'media.voice',
}
