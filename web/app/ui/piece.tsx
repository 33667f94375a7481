import { Component, type ComponentType, lazy, type ReactNode, useState } from 'react'
import { t } from '#/text/text'
import { Failed } from './bits'
import { Button } from './button'
import { fetched, NotFetched } from './fetched'
import { say } from './toast'

/**
 * Where a piece that could not be fetched says so: over the page, as the dialog that it is; in the line where it
 * would stand; or as the whole pane. A function draws something in its place, and the page's line says why.
 */
type Place<P> = 'dialog' | 'line' | 'pane' | ((props: P, again: () => void) => ReactNode)

/**
 * piece is a part of the page whose code comes when it is first shown. When that fails, what is around it stays,
 * and it can be asked for again: React's own `lazy` remembers a failure until the page is loaded anew.
 */
export function piece<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  place: Place<P> = 'dialog',
): ComponentType<P> {
  const ask = () => lazy(() => fetched(load))
  let latest = ask()

  return function Piece(props: P) {
    const [{ Found, tries }, setShown] = useState({ Found: latest, tries: 0 })
    const again = () => setShown((was) => ({ Found: latest, tries: was.tries + 1 }))
    // Whoever asks next asks anew.
    const onFailed = () => {
      if (latest === Found) latest = ask()
      if (typeof place === 'function')
        say(t('common.loadFailed'), { tone: 'error', offer: { name: t('common.tryAgain'), run: again } })
    }
    const failed =
      typeof place === 'function' ? (
        place(props, again)
      ) : place === 'pane' ? (
        <Failed onRetry={again} />
      ) : (
        <Again over={place === 'dialog'} onRetry={again} onClose={closing(props)} tries={tries} />
      )
    return (
      <Boundary key={tries} failed={failed} onFailed={onFailed}>
        <Found {...props} />
      </Boundary>
    )
  }
}

/** closing is how a dialog is closed, where it says so. */
function closing(props: object): (() => void) | undefined {
  return 'onClose' in props && typeof props.onClose === 'function'
    ? () => (props.onClose as () => void)()
    : undefined
}

interface AgainProps {
  over: boolean
  tries: number
  onRetry: () => void
  onClose?: () => void
}

/** A quiet line with a way on. Some browsers remember what they could not fetch: then only a reload helps. */
function Again({ over, tries, onRetry, onClose }: AgainProps) {
  const where = over
    ? 'fixed inset-x-4 bottom-20 z-50 mx-auto max-w-md rounded-xl bg-raised p-4 shadow-pop md:bottom-6'
    : 'p-3'
  return (
    <div role="alert" className={`flex flex-wrap items-center gap-2 ${where}`}>
      <span className="me-auto text-muted">{t('common.loadFailed')}</span>
      <Button small onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
      {tries > 0 && (
        <Button small tone="quiet" onClick={() => location.reload()}>
          {t('version.reload')}
        </Button>
      )}
      {onClose && (
        <Button small tone="quiet" onClick={onClose}>
          {t('common.dismiss')}
        </Button>
      )}
    </div>
  )
}

interface BoundaryProps {
  failed: ReactNode
  onFailed: () => void
  children: ReactNode
}

/** Holds what could not be fetched; whatever else goes wrong is for those around it. */
class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state = { error: undefined as unknown }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override componentDidCatch(error: unknown): void {
    if (error instanceof NotFetched) this.props.onFailed()
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (error instanceof NotFetched) return this.props.failed
    throw error
  }
}
