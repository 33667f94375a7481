// Shows what is pushed to this browser while nobody looks at the page. The server decides what a push
// says; this only shows it, and opens the page it is about.

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

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
    icon: '/favicon.svg',
    badge: '/favicon.svg',
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
