import { darkInk, safeColor } from '../shared/color'
import { type Identity, MARK, receive, type ToFrame, type ToLoader } from '../shared/protocol'
import { kept } from './kept'
import { placeOf } from './place'
import { adopt, type EventName, type Listener, type Parley } from './queue'
import { css } from './style'

/** The part of the account's public configuration that the button needs. */
interface Look {
  color?: string
  position?: string
  name?: string
}

const NS = 'http://www.w3.org/2000/svg'
const BUBBLE = 'M21 12a8 8 0 0 1-8 8H4l2-3.5A8 8 0 1 1 21 12Z'
const CROSS = 'M6 6l12 12M18 6 6 18'

/** Its name, to open and to close it, and what unread messages are called. */
type Words = readonly [string, string, string, string]
const words: Record<string, Words> = {
  en: ['Chat', 'Open chat', 'Close chat', 'unread'],
  ru: ['Чат', 'Открыть чат', 'Закрыть чат', 'непрочитанных'],
  ar: ['دردشة', 'فتح الدردشة', 'إغلاق الدردشة', 'غير مقروءة'],
}

/** Puts the chat on the page. Runs once, whatever the page does. */
function start(account: string, origin: string): void {
  const page = window as unknown as { parley?: unknown }
  const root = document.documentElement
  const lang = root.lang || navigator.language || 'en'
  const [name, toOpen, toClose, waiting] = words[lang.slice(0, 2).toLowerCase()] ?? (words.en as Words)
  const talked = kept(() => localStorage, `parley:${account}`)
  const opened = kept(() => sessionStorage, `parley:${account}:open`)
  const landed = kept(() => sessionStorage, `parley:${account}:from`)
  const listeners: [EventName, Listener][] = []
  const host = document.createElement('div')
  const button = document.createElement('button')
  const path = document.createElementNS(NS, 'path')
  const badge = document.createElement('b')
  let frame: HTMLIFrameElement | undefined
  let heard = false
  let open = false
  let unread = 0
  let identity: Identity | null | undefined

  // The first page of a visit tells where the visitor came from; later pages would only name ourselves.
  if (!landed.get()) landed.set(JSON.stringify([location.href, document.referrer]))

  const emit = (event: EventName, value?: number | string): void => {
    for (const [name, listener] of listeners)
      if (name === event)
        try {
          listener(value)
        } catch (error) {
          console.warn('parley', error)
        }
  }

  const post = (message: ToFrame): void => {
    if (heard) frame?.contentWindow?.postMessage({ [MARK]: message }, origin)
  }

  const draw = (): void => {
    button.setAttribute('aria-expanded', String(open))
    button.setAttribute('aria-label', open ? toClose : toOpen + (unread ? `, ${waiting}: ${unread}` : ''))
    path.setAttribute('d', open ? CROSS : BUBBLE)
    badge.textContent = unread > 99 ? '99+' : String(unread)
    badge.hidden = open || !unread
    if (frame) frame.hidden = !open
  }

  const load = (): void => {
    if (frame) return
    frame = document.createElement('iframe')
    frame.title = name
    frame.hidden = true
    frame.src = `${origin}/widget/${encodeURIComponent(account)}#${lang}${getComputedStyle(root).direction === 'rtl' ? ',rtl' : ''}`
    shadow.append(frame)
  }

  const show = (wanted: boolean, focus = true): void => {
    if (wanted === open) return
    open = wanted
    if (open) load()
    opened.set(open ? '1' : '')
    draw()
    post({ type: 'open', open })
    if (focus) (open ? frame : button)?.focus()
    emit(open ? 'open' : 'close')
  }

  const methods: Omit<Parley, 'push'> = {
    open: () => show(true),
    close: () => show(false),
    identify: (who) => {
      identity = who
      // A known customer may have answers waiting from another device, so look at once.
      if (who) load()
      post({ type: 'identify', identity: who })
    },
    on: (event, listener) => void listeners.push([event, listener]),
  }

  addEventListener('message', (event) => {
    const message = receive<ToLoader>(event, origin, frame?.contentWindow)
    if (!message) return
    if (message.type === 'ready') {
      heard = true
      const [landing = '', referrer = ''] = JSON.parse(landed.get() || '[]') as string[]
      post({
        type: 'init',
        visit: { page: location.href, landing, referrer },
        open,
        ...(identity !== undefined && { identity }),
      })
      emit('ready')
    } else if (message.type === 'close') show(false)
    else if (message.type === 'kept') talked.set('1')
    else if (message.type === 'unread') {
      unread = message.count
      draw()
      emit('unread', unread)
    } else if (message.type === 'message') emit('message')
    else if (message.type === 'error') emit('error', message.code)
  })

  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const shadow = host.attachShadow({ mode: 'closed' })
  shadow.adoptedStyleSheets = [sheet]
  const svg = document.createElementNS(NS, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(path)
  button.append(svg, badge)
  button.type = 'button'
  button.onclick = () => show(!open)
  shadow.append(button)
  shadow.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') show(false)
  })

  const mount = (look: Look): void => {
    const color = safeColor(look.color)
    host.style.cssText = `--c:${color};--i:${darkInk(color) ? '#111' : '#fff'}${look.position === 'left' ? ';--l:20px;--r:auto' : ''}`
    draw()
    document.body.append(host)
    page.parley = adopt(page.parley, methods)
    if (talked.get()) load()
    // On a phone the chat covers the page: there a fresh page starts with the page.
    if (opened.get() && innerWidth > 480) show(true, false)
  }

  fetch(`${origin}/chat/${encodeURIComponent(account)}/config`, { credentials: 'omit' })
    .then((answer) => (answer.ok ? answer.json() : answer.status >= 500 ? {} : null))
    .catch(() => ({}))
    // No such account (any more): the page stays as it was.
    .then((look: Look | null) => look && mount(look))
}

const script = document.currentScript as HTMLScriptElement | null
const place = placeOf(
  (script ?? document.querySelector<HTMLScriptElement>('script[src*="/widget.js?account="]'))?.src,
)
if (place && !(window as unknown as { parley?: { open?: unknown } }).parley?.open) {
  // After the page has loaded and the browser is idle: the shop always comes first.
  const go = (): void =>
    void (window.requestIdleCallback ?? setTimeout)(() => start(place.account, place.origin))
  document.readyState === 'complete' ? go() : addEventListener('load', go)
}
