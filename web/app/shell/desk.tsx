import { DirectionProvider } from '@base-ui/react/direction-provider'
import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, useState } from 'react'
import { useBadge } from '#/alerts/badge'
import { useHandedLine } from '#/alerts/handed-line'
import { followPushes } from '#/alerts/push'
import { WriteWindow } from '#/inbox/mail/write-window'
import { followOutbox } from '#/inbox/send'
import { ahead, typedAhead } from '#/keys/capture'
import { useKeys } from '#/keys/keys'
import { useInbox } from '#/live/store'
import { currentLanguage, rightToLeft } from '#/text/text'
import { loadPalette, loadSessionEnded, preloadPopups } from '#/ui/later'
import { piece } from '#/ui/piece'
import { undoLast } from '#/ui/toast'
import { watchIdle } from './idle'
import { keepShell } from './install'
import { LinkLine } from './link-line'
import { Nav } from './nav'
import { getSession, useEnded, useSession } from './session'
import { Tabs } from './tabs'
import { UpdateLine } from './update-line'

const HelpDialog = piece(() => import('#/keys/help'))
const Palette = piece(loadPalette)
const SessionEnded = piece(loadSessionEnded)

/** The frame around every screen behind the gate: navigation, the screen, the state of the link. */
export function Desk() {
  const session = useSession()
  const ended = useEnded()
  const navigate = useNavigate()
  const router = useRouter()
  const location = useLocation()
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)
  // Where the focus was before the palette, and returns to.
  const before = useRef<Element | null>(null)

  useKeys({
    Help: () => setHelp(true),
    'Mod+KeyK': () => {
      before.current = document.activeElement
      ahead.start('list')
      setPalette(true)
    },
    Slash: () => void navigate({ to: '/search', search: {} }),
    KeyZ: () => void undoLast(),
    'KeyG KeyI': () => void navigate({ to: '/inbox', search: {} }),
    'KeyG KeyM': () => void navigate({ to: '/inbox', search: { view: 'mine' } }),
    'KeyG KeyU': () => void navigate({ to: '/inbox', search: { view: 'unassigned' } }),
    'KeyG KeyC': () => void navigate({ to: '/contacts' }),
  })

  const waiting = useInbox((state) => state.counts?.unanswered ?? 0)
  useBadge(waiting)
  useHandedLine()
  useEffect(() => followPushes((path) => void router.navigate({ href: path })), [router])

  useEffect(preloadPopups, [])
  useEffect(keepShell, [])

  // Nobody's answers outlive their sitting here.
  const me = session?.agent.id
  useEffect(() => (me ? followOutbox() : undefined), [me])

  useEffect(() => watchIdle(() => getSession()?.agent.presence), [])

  const signedOut = !session
  useEffect(() => {
    // Read once: the address changes while the sign-in page is on its way.
    const { pathname, href } = router.state.location
    if (signedOut && pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { to: href } })
  }, [signedOut, router])
  if (!session) return null

  const inConversation = /^\/(inbox|contacts)\/./.test(location.pathname)
  // The key renders every word anew after a change of language, and all of it for another person.
  return (
    <DirectionProvider key={`${me} ${currentLanguage()}`} direction={rightToLeft() ? 'rtl' : 'ltr'}>
      <div className="grid h-dvh grid-rows-[minmax(0,1fr)_auto] md:grid-cols-[auto_minmax(0,1fr)] md:grid-rows-1">
        <Nav onHelp={() => setHelp(true)} />
        <div className="relative flex min-h-0 min-w-0 flex-col md:col-start-2">
          <UpdateLine />
          <LinkLine beside={false} />
          <Outlet />
        </div>
        {!inConversation && <Tabs />}
        <WriteWindow />
        {ended && (
          <Suspense>
            <SessionEnded />
          </Suspense>
        )}
        <input
          ref={ahead.attach}
          tabIndex={-1}
          aria-hidden="true"
          className="sr-only"
          // A list that closes may give the focus back to where it took it from; here it would swallow every key.
          onFocus={(event) => !ahead.kind() && event.currentTarget.blur()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            typedAhead()
            event.currentTarget.blur()
            setPalette(false)
          }}
        />
        {palette && (
          <Suspense>
            <Palette from={before.current} onClose={() => setPalette(false)} />
          </Suspense>
        )}
        {help && (
          <Suspense>
            <HelpDialog open onClose={() => setHelp(false)} />
          </Suspense>
        )}
      </div>
    </DirectionProvider>
  )
}
