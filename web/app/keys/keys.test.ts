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

test('a layer that goes first wins over those added after it', () => {
  const keys = createKeys()
  const [chosen, open] = [vi.fn(), vi.fn()]
  const remove = keys.add({ KeyE: chosen }, 'first')
  keys.add({ KeyE: open, KeyM: open })
  keys.press(press('KeyE'))
  expect([chosen.mock.calls.length, open.mock.calls.length]).toEqual([1, 0])
  keys.press(press('KeyM'))
  remove()
  keys.press(press('KeyE'))
  expect([chosen.mock.calls.length, open.mock.calls.length]).toEqual([1, 2])
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

test('what is typed before the composer stands is handed over once', () => {
  vi.useFakeTimers()
  const field = { value: 'left over', focus: vi.fn(), blur: vi.fn() }
  const capture = createCapture()
  capture.attach(field)
  expect(capture.take()).toBeNull()
  capture.start('reply')
  expect(field.focus).toHaveBeenCalledOnce()
  expect(field.value).toBe('')
  field.value = 'Да!'
  expect(capture.take()).toEqual({ kind: 'reply', text: 'Да!' })
  expect(capture.take()).toBeNull()
  capture.start('note')
  vi.advanceTimersByTime(14_000)
  expect(field.blur).not.toHaveBeenCalled()
  vi.advanceTimersByTime(2_000)
  expect(field.blur).toHaveBeenCalledOnce()
  expect(capture.take()).toBeNull()
  vi.useRealTimers()
})

test('what is typed ahead of a list is handed over once, and nothing is kept when no list is coming', () => {
  const field = { value: '', focus: vi.fn(), blur: vi.fn() }
  const list = createCapture<'list'>()
  list.attach(field)
  expect(list.take()).toBeNull()
  list.start('list')
  expect(field.focus).toHaveBeenCalledOnce()
  field.value = 'deliv'
  expect(list.take()).toEqual({ kind: 'list', text: 'deliv' })
  expect([list.kind(), field.value, list.take()]).toEqual([null, '', null])
})
