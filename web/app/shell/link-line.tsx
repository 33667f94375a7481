import { useEffect, useState } from 'react'
import { useInbox } from '#/live/store'
import { t } from '#/text/text'

/** A quiet line while live events do not come; a hiccup of a second is not worth a word. */
export function LinkLine() {
  const link = useInbox((state) => state.link)
  const [shown, setShown] = useState(false)
  const away = link !== 'open'
  useEffect(() => {
    const timer = setTimeout(() => setShown(away), away ? 2_500 : 0)
    return () => clearTimeout(timer)
  }, [away])
  if (!shown) return null
  return (
    <p
      role="status"
      className="absolute inset-x-0 top-0 z-20 mx-auto w-fit rounded-b-md bg-warn-soft px-3 py-0.5 font-medium text-warn text-xs"
    >
      {t('live.reconnecting')}
    </p>
  )
}
