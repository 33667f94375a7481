/**
 * watchFrame follows the height of a mail's page and passes on the keys pressed in it,
 * which otherwise would end there. The page itself runs nothing: this works from
 * outside, which is what allow-same-origin is for.
 */
export function watchFrame(frame: HTMLIFrameElement, onHeight: (height: number) => void): () => void {
  const page = frame.contentDocument
  if (!page?.body) return () => {}
  const measure = () => {
    // Where the page is wider than the frame its bar needs room too.
    const root = page.documentElement
    const bar = root.scrollWidth > root.clientWidth ? 16 : 0
    onHeight(Math.ceil(Math.max(root.getBoundingClientRect().height, page.body.offsetHeight)) + bar)
  }
  measure()
  const observer = new ResizeObserver(measure)
  observer.observe(page.documentElement)
  observer.observe(page.body)
  // Folded quotations open and pictures arrive without every browser telling the observer.
  page.addEventListener('toggle', measure, true)
  page.addEventListener('load', measure, true)
  const pass = (event: KeyboardEvent) => {
    const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event
    const twin = { key, code, shiftKey, ctrlKey, metaKey, altKey, bubbles: true, cancelable: true }
    const onControl = event.target instanceof Object && 'closest' in event.target
    const busy = onControl && (event.target as Element).closest('a, summary') !== null
    if (busy && (key === 'Enter' || key === ' ')) return
    if (!frame.dispatchEvent(new KeyboardEvent('keydown', twin))) event.preventDefault()
  }
  page.addEventListener('keydown', pass)
  return () => {
    observer.disconnect()
    page.removeEventListener('toggle', measure, true)
    page.removeEventListener('load', measure, true)
    page.removeEventListener('keydown', pass)
  }
}
