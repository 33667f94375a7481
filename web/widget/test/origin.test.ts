import { describe, expect, it, vi } from 'vitest'
import { Host } from '../src/frame/host'
import { MARK, receive, type ToFrame } from '../src/shared/protocol'

const shop = 'https://shop.example'

describe('receive', () => {
  const source = {}
  const good = { origin: shop, source, data: { [MARK]: { type: 'ready' } } }

  it('takes a message from the one window at the one origin', () => {
    expect(receive(good, shop, source)).toEqual({ type: 'ready' })
  })

  it.each([
    ['another origin', { ...good, origin: 'https://evil.example' }],
    ['an origin that only begins alike', { ...good, origin: `${shop}.evil.example` }],
    ['another window', { ...good, source: {} }],
    ['no window', { ...good, source: null }],
    ['no mark', { ...good, data: { type: 'ready' } }],
    ['nothing', { ...good, data: null }],
    ['a string', { ...good, data: 'parley' }],
    ['a type that is no string', { ...good, data: { [MARK]: { type: 1 } } }],
  ])('refuses %s', (_, event) => {
    expect(receive(event, shop, source)).toBeNull()
  })

  it('refuses everything while there is no window to talk to', () => {
    expect(receive({ ...good, source: undefined }, shop, undefined)).toBeNull()
  })
})

describe('the page around the frame', () => {
  const frame = () => {
    let listener: (event: MessageEvent) => void = () => undefined
    const parent = { postMessage: vi.fn() }
    const taken: ToFrame[] = []
    const listen = (_: string, given: (event: MessageEvent) => void): void => {
      listener = given
    }
    const host = new Host({ parent, addEventListener: listen }, (message) => taken.push(message))
    const say = (message: ToFrame, origin = shop, source: unknown = parent): void =>
      listener({ origin, source, data: { [MARK]: message } } as unknown as MessageEvent)
    return { host, parent, taken, say }
  }
  const init: ToFrame = { type: 'init', visit: { page: '', landing: '', referrer: '' }, open: true }

  it('is told nothing but "ready" before it introduced itself', () => {
    const { host, parent } = frame()
    host.tell({ type: 'unread', count: 3 })
    host.ready()
    expect(parent.postMessage.mock.calls).toEqual([[{ [MARK]: { type: 'ready' } }, '*']])
  })

  it('is told things at its own origin afterwards', () => {
    const { host, parent, say } = frame()
    say(init)
    host.tell({ type: 'unread', count: 3 })
    expect(parent.postMessage).toHaveBeenLastCalledWith({ [MARK]: { type: 'unread', count: 3 } }, shop)
  })

  it('cannot be replaced by another origin or window later', () => {
    const { taken, say } = frame()
    say(init)
    say({ type: 'open', open: true }, 'https://evil.example')
    say({ type: 'open', open: true }, shop, {})
    expect(taken).toEqual([init])
  })

  it('must introduce itself first, from an address that can be answered', () => {
    const { taken, say } = frame()
    say({ type: 'identify', identity: null })
    say(init, 'null')
    expect(taken).toEqual([])
  })
})
