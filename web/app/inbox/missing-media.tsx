import type { Message } from '#/api/types'
import { currentLanguage, type Key, t } from '#/text/text'

type Media = Message['media'][number]

/** Files that a message announced and that are not here yet, or will never be: a quiet line for each. */
export function MissingMedia({ media }: { media: Media[] }) {
  if (media.length === 0) return null
  return (
    <ul className="mt-1 first:mt-0">
      {media.map((file, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no name of their own and keep their order
        <li key={at} data-testid="missing-media" className="text-muted text-sm">
          {wordsOf(file)}
        </li>
      ))}
    </ul>
  )
}

function wordsOf(file: Media): string {
  if (file.state === 'gone') return t('media.gone', { why: file.error?.[currentLanguage()] ?? '' })
  return t(kinds[file.kind] ?? 'media.file')
}

const kinds: Partial<Record<Media['kind'], Key & `media.${'photo' | 'video' | 'voice'}`>> = {
  photo: 'media.photo',
  video: 'media.video',
  animation: 'media.video',
  voice: 'media.voice',
}
