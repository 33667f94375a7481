import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { install, installing, watchInstall } from './install'

const heard = new Map<string, (event: unknown) => void>()
let standalone = false

beforeEach(() => {
  standalone = false
  vi.stubGlobal('navigator', { userAgent: 'Chrome', maxTouchPoints: 0 })
  vi.stubGlobal('matchMedia', () => ({ matches: standalone }))
  vi.stubGlobal('addEventListener', (kind: string, heed: (event: unknown) => void) => heard.set(kind, heed))
  watchInstall()
})
afterEach(() => vi.unstubAllGlobals())

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, 'share'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, 'share'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, 'menu'],
  ['Mozilla/5.0 (X11; Linux x86_64) Firefox/140', 0, 'menu'],
])('%s with %i touches installs by %s', (agent, touches, want) => {
  expect(installing(agent, touches)).toBe(want)
})

test('an offer of the browser waits until somebody wants it, and is used once', async () => {
  const offer = { preventDefault: vi.fn(), prompt: vi.fn(async () => ({ outcome: 'dismissed' })) }
  heard.get('beforeinstallprompt')?.(offer)
  expect(offer.preventDefault).toHaveBeenCalledOnce()
  expect(offer.prompt).not.toHaveBeenCalled()
  expect(installing()).toBe('offered')
  await install()
  expect(offer.prompt).toHaveBeenCalledOnce()
  expect(installing()).toBe('menu')
})

test('what is installed is offered no more', () => {
  standalone = true
  expect(installing()).toBe('done')
})
