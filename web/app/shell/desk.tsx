import { DirectionProvider } from '@base-ui/react/direction-provider'
import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useBadge } from '#/alerts/badge'
import { followPushes } from '#/alerts/push'
import { WriteWindow } from '#/inbox/mail/write-window'
import { useKeys } from '#/keys/keys'
import { useInbox } from '#/live/store'
import { currentLanguage, rightToLeft } from '#/text/text'
import { preloadPopups } from '#/ui/later'
import { undoLast } from '#/ui/toast'
import { watchIdle } from './idle'
import { LinkLine } from './link-line'
import { Nav } from './nav'
import { getSession, useSession } from './session'
import { Tabs } from './tabs'

const HelpDialog = lazy(() => import('#/keys/help'))
const Palette = lazy(() => import('./palette'))

/** The frame around every screen behind the gate: navigation, the screen, the state of the link. */
export function Desk() {
  const session = useSession()
  const navigate = useNavigate()
  const router = useRouter()
  const location = useLocation()
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)

  useKeys({
    Help: () => setHelp(true),
    'Mod+KeyK': () => setPalette(true),
    Slash: () => void navigate({ to: '/search', search: {} }),
    KeyZ: () => void undoLast(),
    'KeyG KeyI': () => void navigate({ to: '/inbox', search: {} }),
    'KeyG KeyM': () => void navigate({ to: '/inbox', search: { view: 'mine' } }),
    'KeyG KeyU': () => void navigate({ to: '/inbox', search: { view: 'unassigned' } }),
    'KeyG KeyC': () => void navigate({ to: '/contacts' }),
  })

  const waiting = useInbox((state) => state.counts?.unanswered ?? 0)
  useBadge(waiting)
  useEffect(() => followPushes((path) => void router.navigate({ href: path })), [router])

  useEffect(preloadPopups, [])

  useEffect(() => watchIdle(() => getSession()?.agent.presence), [])

  const signedOut = !session
  useEffect(() => {
    // Read once: the address changes while the sign-in page is on its way.
    const { pathname, href } = router.state.location
    if (signedOut && pathname !== '/sign-in') void router.navigate({ to: '/sign-in', search: { to: href } })
  }, [signedOut, router])
  if (!session) return null

  const inConversation = /^\/(inbox|contacts)\/./.test(location.pathname)
  // The key renders every word anew after a change of language.
  return (
    <DirectionProvider key={currentLanguage()} direction={rightToLeft() ? 'rtl' : 'ltr'}>
      <div className="grid h-dvh grid-rows-[minmax(0,1fr)_auto] md:grid-cols-[auto_minmax(0,1fr)] md:grid-rows-1">
        <Nav onHelp={() => setHelp(true)} />
        <div className="relative flex min-h-0 min-w-0 flex-col md:col-start-2">
          <LinkLine />
          <Outlet />
        </div>
        {!inConversation && <Tabs />}
        <WriteWindow />
        {palette && (
          <Suspense>
            <Palette onClose={() => setPalette(false)} />
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
