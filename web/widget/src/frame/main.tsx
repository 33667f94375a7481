import './style.css'
import './messages.css'
import './composer.css'
import './amend.css'
import { render } from 'preact'
import type { ToLoader } from '../shared/protocol'
import { browserBlobs } from './blobs'
import { Chat } from './chat'
import { Host } from './host'
import { browserLock } from './lock'
import { browserStore } from './storage'
import { chooseLanguage, textsOf } from './text'
import { paint } from './theme'
import { App } from './view/app'

/** A page that nobody looks at leaves the line after this long: browsers allow few connections to one server. */
const HIDDEN = 60_000

const account = decodeURIComponent(location.pathname.split('/')[2] ?? '')
const [wish = '', direction] = location.hash.slice(1).split(',')
const wishes = [wish, ...navigator.languages]
const store = browserStore(() => localStorage)
const root = document.documentElement
const draftKey = `parley:${account}:draft`

let tell: (message: ToLoader) => void = () => undefined
const chat = new Chat({
  account,
  language: chooseLanguage(wishes, []),
  store,
  blobs: browserBlobs(),
  lock: browserLock(),
  tell: (message) => tell(message),
  online: () => navigator.onLine,
})
const host = new Host(window, (message) => chat.hear(message))
tell = (message) => host.tell(message)

/** Draws, and draws anew when the account's configuration says another language. */
function draw(): void {
  const { config } = chat.snapshot()
  const language = chooseLanguage(wishes, config?.languages ?? [])
  root.lang = language
  // Its own words decide; a page that runs from right to left in a language that we lack has it its way.
  root.dir = language === 'ar' || direction === 'rtl' || /^(fa|he|ur)\b/i.test(wish) ? 'rtl' : 'ltr'
  paint(root, config?.color)
  const surround = { chat, text: textsOf(language), language, close: () => host.tell({ type: 'close' }) }
  document.title = surround.text.chat
  const keeper = { load: () => store.get(draftKey) ?? '', save: (text: string) => store.set(draftKey, text) }
  render(<App surround={surround} keeper={keeper} />, document.getElementById('chat') ?? document.body)
}

let configured = false
chat.subscribe(() => {
  if (configured || !chat.snapshot().config) return
  configured = true
  draw()
})

let leaving: ReturnType<typeof setTimeout> | undefined
document.addEventListener('visibilitychange', () => {
  const visible = document.visibilityState === 'visible'
  clearTimeout(leaving)
  chat.watch(visible)
  if (visible) chat.resume()
  else leaving = setTimeout(() => chat.suspend(), HIDDEN)
})
addEventListener('online', () => chat.network())
addEventListener('offline', () => chat.network())
addEventListener('storage', (event) => event.key && chat.stored(event.key))

// Opened by itself, without a page around it, the chat is simply open.
if (window.parent === window) chat.hear({ type: 'open', open: true })
draw()
chat.start()
host.ready()
