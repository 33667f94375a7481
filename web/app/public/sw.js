// Shows what is pushed to this browser while nobody looks at the page, and keeps the page itself, so that it
// opens without a connection. The server decides what a push says; this only shows it, and opens the page it
// is about.
//
// Only files whose names hold their hashes are kept, and the page that names them: all of one version
// together, beside those of the version before it, for a page that was opened then and is worked on still.
// What the server answers otherwise is never touched, and so nothing of anybody's is kept.

// The build puts the files of its version here; each version makes another worker of it.
const version = 'none'
const files = []

const shell = `shell-${version}`

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(keep(event))
})

async function keep(event) {
  // What is never ours need not wake the worker.
  await event
    .addRoutes?.([{ condition: { urlPattern: new URLPattern({ pathname: '/api/*' }) }, source: 'network' }])
    .catch(() => undefined)
  await fill()
}

/** What cannot be had now (a server between two versions, a full disk) is no reason to show no pushes. */
async function fill() {
  if (files.length === 0) return
  try {
    const cache = await caches.open(shell)
    await cache.addAll(['/', ...files])
  } catch {
    await caches.delete(shell)
  }
}

self.addEventListener('activate', (event) => event.waitUntil(begin()))

async function begin() {
  // In the order in which they were made: the last of the others is what open pages run.
  const others = (await caches.keys()).filter((name) => name !== shell)
  for (const name of others.slice(0, -1)) await caches.delete(name)
  // The page is asked of the network while the worker wakes.
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (request.destination === 'document' && ours(url.pathname)) event.respondWith(page(event))
  } else if (files.includes(url.pathname) || /^\/assets\/.+\.(js|css|woff2)$/.test(url.pathname)) {
    event.respondWith(kept(request))
  }
})

/** The agents' page has these addresses; others have pages of their own, or none. */
function ours(path) {
  return !/^\/(api|chat|hooks|widget|widget-assets|demo|demo-assets|forms|oauth|u|o|c|metrics)(\/|$)|\.\w+$/.test(path)
}

/** The page as the server has it now, so that it is never an old one; without a connection, as it was kept. */
async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request))
    if (!(await caches.has(shell))) event.waitUntil(fill())
    return answer
  } catch (error) {
    const cached = await caches.match('/', { cacheName: shell })
    if (cached) return cached
    throw error
  }
}

/**
 * A file whose name holds its hash is the same wherever it comes from. The server has those of its own version
 * alone; an older page's are where they were kept.
 */
async function kept(request) {
  const others = (await caches.keys()).filter((name) => name !== shell)
  for (const cacheName of [shell, ...others]) {
    const cached = await caches.match(request.url, { cacheName })
    if (cached) return cached
  }
  return fetch(request)
}

self.addEventListener('push', (event) => event.waitUntil(show(read(event))))

/** What a push says; one that cannot be read says that there is something. */
function read(event) {
  try {
    return event.data.json()
  } catch {
    return { title: 'Parley', path: '/inbox', tag: 'unknown' }
  }
}

async function show(push) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  // Whoever looks at the page sees and hears it there.
  if (push.tag !== 'trial' && pages.some((page) => page.focused && page.visibilityState === 'visible')) return
  await self.registration.showNotification(push.title, {
    body: push.body ?? '',
    tag: push.tag,
    renotify: true,
    icon: '/icons/192.png',
    badge: '/icons/192.png',
    dir: 'auto',
    data: { path: push.path },
  })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.path))
})

/** Opens a page of ours, in a tab that is open already where there is one. */
async function open(path) {
  const url = new URL(path ?? '/inbox', self.location.origin)
  if (url.origin !== self.location.origin) return
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page = pages.find((one) => one.visibilityState === 'visible') ?? pages[0]
  if (!page) return void (await self.clients.openWindow(url.href))
  await page.focus()
  page.postMessage({ kind: 'open', path: url.pathname + url.search })
}
