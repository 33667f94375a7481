import { useEffect, useState } from 'react'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'
import { Icon } from '#/ui/icons'
import { useWide } from '#/ui/wide'

/**
 * A quiet line while live events do not come; a hiccup of a second is not worth a word. It stands in the navigation, where
 * it covers nothing and nothing moves for it; a phone has none beside the page, so there it is above the page.
 */
export function LinkLine({ beside }: { beside: boolean }) {
  const link = useInbox((state) => state.link)
  const here = useWide('two') === beside
  const [shown, setShown] = useState(false)
  const away = link !== 'open'
  useEffect(() => {
    const timer = setTimeout(() => setShown(away), away ? 2_500 : 0)
    return () => clearTimeout(timer)
  }, [away])
  if (!shown || !here) return null
  return (
    <p
      role="status"
      title={t('live.reconnecting')}
      className="flex items-center justify-center gap-1.5 bg-warn-soft px-2 py-1 font-medium text-warn text-xs md:mx-2 md:mb-1 md:rounded-md"
    >
      <Icon name="plug" className="size-4!" />
      <span className="md:max-xl:sr-only">{t('live.reconnecting')}</span>
    </p>
  )
}
