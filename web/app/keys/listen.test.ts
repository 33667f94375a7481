import { afterEach, expect, test, vi } from 'vitest'
import { keys } from './keys'
import { listenKeys } from './listen'

vi.mock('#/ui/prefs', () => ({ getPrefs: () => ({ keys: true }) }))

class FakeElement {
  closest = () => null
  matches = () => false
}

/** listening is a page that hears keys; a press tells whether it was taken for one of ours. */
function listening(open: boolean) {
  let hear: (event: object) => void = () => undefined
  vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => {
    hear = listener
  })
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('Element', FakeElement)
  vi.stubGlobal('document', { querySelector: () => (open ? new FakeElement() : null) })
  listenKeys()
  const preventDefault = vi.fn()
  return (code: string, target: unknown, ctrlKey = false): boolean => {
    hear({ code, key: '', target, ctrlKey, preventDefault })
    return preventDefault.mock.calls.length > 0
  }
}

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['nothing is open', false, true],
  ['a dialog is open, though nothing in it has the focus', true, false],
])('where %s', (_, open, taken) => {
  const undo = vi.fn()
  const remove = keys.add({ KeyZ: undo, 'Mod+KeyK': undo })
  expect(listening(open)('KeyZ', new FakeElement())).toBe(taken)
  expect(listening(open)('KeyK', new FakeElement(), true)).toBe(taken)
  expect(undo).toHaveBeenCalledTimes(taken ? 2 : 0)
  remove()
})
