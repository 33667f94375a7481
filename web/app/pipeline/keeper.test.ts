import { expect, test, vi } from 'vitest'
import { createKeeper } from './keeper'
import type { Outcome } from './meanwhile'
import type { Form, Unsaved } from './typed'

vi.mock('#/ui/toast', () => ({ say: vi.fn() }))
vi.mock('#/text/text', () => ({ t: (key: string) => key }))

const words: Form<string> = { show: (text) => text, read: (text) => text }

/** A field of somebody who may leave the page, what it sent, and what lies on its shelf. */
function field(left: Unsaved<string> | null = null, form = words) {
  const sent: [string, string][] = []
  const answers: ((outcome: Outcome) => void)[] = []
  const page = { here: true, shelf: left }
  const onKeep = (value: string, was: string) => {
    sent.push([value, was])
    return new Promise<Outcome>((resolve) => answers.push(resolve))
  }
  const lay = (next: Unsaved<string> | null) => {
    page.shelf = next
  }
  const keeper = createKeeper({
    value: 'broken',
    form,
    onKeep,
    words: { left, lay, mine: () => page.here },
    redraw: () => undefined,
  })
  const answer = async (outcome: Outcome) => {
    answers.shift()?.(outcome)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { keeper, sent, answer, page }
}

test.each<['leave' | 'keep']>([['leave'], ['keep']])(
  'what was typed while a text was on its way is sent after it: %s',
  async (end) => {
    const { keeper, sent, answer, page } = field()
    keeper.type('glass')
    keeper.keep()
    keeper.type('glasses')
    keeper[end]()
    expect(sent).toEqual([['glass', 'broken']])
    await answer('kept')
    expect(sent[1]).toEqual(['glasses', 'glass'])
    await answer('kept')
    expect(page.shelf).toBeNull()
  },
)

test('the older text comes back as well', async () => {
  const { keeper, sent, answer } = field()
  keeper.type('glass')
  keeper.keep()
  keeper.type('broken')
  keeper.leave()
  await answer('kept')
  expect(sent[1]).toEqual(['broken', 'glass'])
})

test('who still types is not interrupted', async () => {
  const { keeper, sent, answer } = field()
  keeper.type('glass')
  keeper.keep()
  keeper.type('glasses')
  await answer('kept')
  expect(sent.length).toBe(1)
  expect(keeper.state().text).toBe('glasses')
})

test('what could not be stored is sent once, and lies there until it is', async () => {
  const { keeper, sent, answer, page } = field()
  keeper.type('glass')
  keeper.leave()
  await answer('failed')
  expect(sent.length).toBe(1)
  expect(page.shelf).toEqual({ text: 'glass', seen: 'broken' })
  expect(field(page.shelf).keeper.state().text).toBe('glass')
})

test('nothing is sent in the name of whoever comes next', async () => {
  const { keeper, sent, answer, page } = field()
  keeper.type('glass')
  keeper.keep()
  keeper.type('glasses')
  page.here = false
  keeper.leave()
  await answer('kept')
  expect(sent.length).toBe(1)
  expect(page.shelf).toEqual({ text: 'glasses', seen: 'broken' })
})

test('an empty name is none', () => {
  const { keeper, sent } = field(null, { ...words, required: true })
  keeper.type(' ')
  keeper.leave()
  expect(sent).toEqual([])
  keeper.keep()
  expect(keeper.state().text).toBe('broken')
})
