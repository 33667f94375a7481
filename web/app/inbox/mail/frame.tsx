import { useEffect, useRef, useState } from 'react'
import { t } from '#/text/text'
import { Button } from '#/ui/button'
import { type Prefs, usePrefs } from '#/ui/prefs'
import { keepHeight, keepPlace, knownHeight } from './frame-height'
import { watchFrame } from './frame-watch'

interface MailFrameProps {
  id: string
  name: string
  /** True while remote pictures may load. */
  images: boolean
  onRemote: (held: boolean) => void
}

/** Higher than this a mail is folded, or one of them would be the whole conversation. */
const tallest = 1_400
const unknown = 120

/**
 * A mail on its own page, in a frame that runs nothing. There is a frame only while it
 * is near the window; elsewhere its place is kept by its height.
 */
export function MailFrame({ id, name, images, onRemote }: MailFrameProps) {
  const key = `${id}${images ? '+' : ''}`
  const place = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const near = useNear(place)
  const { theme } = usePrefs()
  const [height, setHeight] = useState(knownHeight(key) ?? knownHeight(id) ?? unknown)
  const [whole, setWhole] = useState(false)
  const [ready, setReady] = useState(false)
  const [failed, setFailed] = useState(false)
  const last = useRef(height)
  const unwatch = useRef(() => {})
  useEffect(() => () => unwatch.current(), [])
  if (!near && ready) setReady(false)

  function grow(next: number): void {
    if (Math.abs(next - last.current) < 1) return
    const element = place.current
    const before = element?.offsetHeight ?? 0
    last.current = next
    keepHeight(key, next)
    setHeight(next)
    requestAnimationFrame(() => {
      if (element) keepPlace(element.closest('.scroller'), element, element.offsetHeight - before)
    })
  }

  function onLoad(): void {
    unwatch.current()
    const element = frame.current
    const page = element?.contentDocument
    // Anything but a page is the server's refusal, for machines.
    setFailed(page?.contentType !== 'text/html')
    if (!element || !page?.body || page.contentType !== 'text/html') return
    setReady(true)
    unwatch.current = watchFrame(element, grow)
    onRemote(!images && page.querySelector('img[data-parley-src]') !== null)
  }

  if (failed) return <p className="text-danger text-sm">{t('mail.loadFailed')}</p>
  const folded = height > tallest && !whole
  return (
    <div
      ref={place}
      data-testid="mail-frame"
      className="relative w-full overflow-hidden rounded-md"
      style={{ height: folded ? tallest : height }}
    >
      {near && (
        <iframe
          ref={frame}
          title={t('mail.frame', { name })}
          sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
          src={pageOf(id, images, theme)}
          onLoad={onLoad}
          referrerPolicy="no-referrer"
          className={`block w-full border-0 transition-opacity duration-100 ${ready ? '' : 'opacity-0'}`}
          style={{ height }}
        />
      )}
      {folded && (
        <div className="absolute inset-x-0 bottom-0 flex justify-center bg-linear-to-t from-theirs to-transparent pt-16 pb-2">
          <Button small icon="down" onClick={() => setWhole(true)}>
            {t('mail.showAll')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** pageOf is where a mail's page is. Without a theme it takes the browser's, as we do. */
function pageOf(id: string, images: boolean, theme: Prefs['theme']): string {
  const query = new URLSearchParams()
  if (images) query.set('images', 'true')
  if (theme !== 'system') query.set('theme', theme)
  return `/api/v1/messages/${id}/html${query.size > 0 ? `?${query}` : ''}`
}

/** useNear is true while the place is in the window of its scroller or a screen or so away. */
function useNear(place: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting ?? false), {
      root: element.closest('.scroller'),
      rootMargin: '1200px 0px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [place])
  return near
}
