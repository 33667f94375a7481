import { expect, test, vi } from 'vitest'
import { createCapture } from './capture'
import { createKeys, type KeyPress, strokeOf } from './keys'

function press(code: string, change: Partial<KeyPress> = {}): KeyPress {
  return { code, key: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...change }
}

test.each([
  [press('KeyJ', { key: 'о' }), 'KeyJ'],
  [press('KeyJ', { ctrlKey: true }), 'Mod+KeyJ'],
  [press('Enter', { metaKey: true, shiftKey: true }), 'Mod+Shift+Enter'],
  [press('KeyJ', { altKey: true }), null],
  [press('Slash', { key: '?', shiftKey: true }), 'Help'],
  [press('Digit7', { key: '?', shiftKey: true }), 'Help'],
])('%j is %s', (given, want) => {
  expect(strokeOf(given)).toBe(want)
})

test('the layer added last wins until it goes', () => {
  const keys = createKeys()
  const [below, above] = [vi.fn(), vi.fn()]
  keys.add({ KeyZ: below })
  const remove = keys.add({ KeyZ: above })
  expect(keys.press(press('KeyZ'))).toBe(true)
  remove()
  keys.press(press('KeyZ'))
  expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 1])
  expect(keys.press(press('KeyQ'))).toBe(false)
})

test('a sequence needs its second key soon; alone that key means what it means', () => {
  let now = 0
  const keys = createKeys(() => now)
  const [inbox, up] = [vi.fn(), vi.fn()]
  keys.add({ 'KeyG KeyU': inbox, KeyU: up })
  keys.press(press('KeyG'))
  keys.press(press('KeyU'))
  expect(inbox).toHaveBeenCalledOnce()
  keys.press(press('KeyG'))
  now = 2_000
  keys.press(press('KeyU'))
  expect(up).toHaveBeenCalledOnce()
})

test('what is typed before the composer stands is kept in order', () => {
  let now = 0
  const capture = createCapture(() => now)
  expect(capture.press(press('KeyA', { key: 'a' }))).toBe(false)
  capture.start('reply')
  for (const key of ['Д', 'а', 'х', 'Backspace', '!', 'Shift']) capture.press(press('', { key }))
  expect(capture.take()).toEqual({ kind: 'reply', text: 'Да!' })
  expect(capture.take()).toBeNull()
  capture.start('note')
  now = 10_000
  expect(capture.press(press('', { key: 'x' }))).toBe(false)
})
