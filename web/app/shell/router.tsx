import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { setup } from '#/api/people'
import { InboxScreen } from '#/inbox/inbox'
import { readListQuery } from '#/inbox/query'
import { readJump, readSearch } from '#/search/query'
import { Broken } from './broken'
import { Desk } from './desk'
import { NotFound } from './not-found'
import { readLog, readSignIn, readStatus } from './read-address'
import { getSession, resume } from './session'

interface Context {
  queries: QueryClient
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound })

const entry = () => import('#/entry/pages')

const setupRoute = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    const { needed } = await setup.look()
    if (!needed) throw redirect({ to: '/sign-in' })
  },
  component: lazyRouteComponent(entry, 'SetupPage'),
})

const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => {
    const to = search.to
    // Only a path of this site may follow a sign-in.
    return typeof to === 'string' && /^\/(?![/\\])(?!sign-in)/.test(to) ? { to } : {}
  },
  beforeLoad: async ({ context, search }) => {
    if (await resume(context.queries)) throw redirect({ href: search.to ?? '/inbox' })
    const { needed } = await setup.look()
    if (needed) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(entry, 'SignInPage'),
})

const forgotRoute = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(entry, 'ForgotPage'),
})

const joinRoute = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(entry, 'JoinPage'),
})

const resetRoute = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(entry, 'ResetPage'),
})

const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    if (getSession() || (await resume(context.queries))) return
    const to = location.pathname === '/' ? undefined : location.href
    throw redirect({ to: '/sign-in', search: to ? { to } : {} })
  },
  component: Desk,
})

const index = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' })
  },
})

const inboxRoute = createRoute({
  getParentRoute: () => desk,
  path: '/inbox',
  validateSearch: readListQuery,
  component: InboxScreen,
})

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$id',
  validateSearch: readJump,
})

const searchRoute = createRoute({
  getParentRoute: () => desk,
  path: '/search',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('#/search/screen'), 'SearchScreen'),
})

const contactsRoute = createRoute({
  getParentRoute: () => desk,
  path: '/contacts',
  validateSearch: (search: Record<string, unknown>): { q?: string } =>
    typeof search.q === 'string' && search.q ? { q: search.q } : {},
  component: lazyRouteComponent(() => import('#/contacts/contacts'), 'ContactsScreen'),
})

const duplicatesRoute = createRoute({ getParentRoute: () => contactsRoute, path: 'duplicates' })

const contactRoute = createRoute({ getParentRoute: () => contactsRoute, path: '$id' })

const leadsRoute = createRoute({
  getParentRoute: () => desk,
  path: '/leads',
  validateSearch: readStatus,
  component: lazyRouteComponent(() => import('#/pipeline/leads'), 'LeadsScreen'),
})

const requestsRoute = createRoute({
  getParentRoute: () => desk,
  path: '/requests',
  validateSearch: readStatus,
  component: lazyRouteComponent(() => import('#/pipeline/requests'), 'RequestsScreen'),
})

/** Who is at work: now, by the calendar, and what was put on hold. */
const dutyRoute = createRoute({
  getParentRoute: () => desk,
  path: '/duty',
  component: lazyRouteComponent(() => import('#/duty/duty'), 'DutyScreen'),
})

const dutyTabRoute = createRoute({ getParentRoute: () => dutyRoute, path: '$tab' })

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  component: lazyRouteComponent(() => import('#/settings/frame'), 'SettingsFrame'),
})

const settingsSection = createRoute({
  getParentRoute: () => settings,
  path: '$section',
  validateSearch: readSignIn,
})

/** One thing of a section: a trigger, a macro. The log of what it did can be linked to. */
const settingsItem = createRoute({
  getParentRoute: () => settings,
  path: '$section/$item',
  validateSearch: readLog,
})

const tree = root.addChildren([
  setupRoute,
  signInRoute,
  forgotRoute,
  joinRoute,
  resetRoute,
  desk.addChildren([
    index,
    inboxRoute.addChildren([conversationRoute]),
    searchRoute,
    contactsRoute.addChildren([duplicatesRoute, contactRoute]),
    leadsRoute,
    requestsRoute,
    dutyRoute.addChildren([dutyTabRoute]),
    settings.addChildren([settingsSection, settingsItem]),
  ]),
])

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: false,
    defaultErrorComponent: Broken,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
