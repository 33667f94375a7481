import { expect, test } from 'vitest'
import { createWindows, type Word } from './windows'

/** A window of Ann’s, or of nobody: what it did when it heard a word, and what it told. */
function window(me: string, ended = false) {
  const done: string[] = []
  const told: Word[] = []
  const windows = createWindows((word) => told.push(word), {
    me: () => me,
    ended: () => ended,
    leave: () => done.push('leave'),
    goOn: () => done.push('go on'),
    open: () => done.push('open'),
  })
  return { ...windows, done, told }
}

test.each<[string, ReturnType<typeof window>, Word, string[]]>([
  ['another person signs in', window('ann'), { kind: 'in', id: 'bob' }, ['leave']],
  ['another person is found', window('ann'), { kind: 'found', id: 'bob' }, ['leave']],
  ['the same signs in anew', window('ann'), { kind: 'in', id: 'ann' }, ['go on']],
  ['the same opens another window', window('ann'), { kind: 'found', id: 'ann' }, []],
  [
    'the same is found where the session was over',
    window('ann', true),
    { kind: 'found', id: 'ann' },
    ['go on'],
  ],
  ['the same signs out', window('ann'), { kind: 'out', id: 'ann' }, ['leave']],
  ['somebody signs out who was here before', window('ann'), { kind: 'out', id: 'bob' }, []],
  ['somebody signs in while nobody is here', window(''), { kind: 'in', id: 'bob' }, ['open']],
  ['somebody signs out while nobody is here', window(''), { kind: 'out', id: 'bob' }, []],
])('%s', (_, page, word, done) => {
  page.hear(word)
  expect(page.done).toEqual(done)
})

test('a window tells the others, by no more than who it is', () => {
  const page = window('ann')
  page.tell('out', 'ann')
  expect(page.told).toEqual([{ kind: 'out', id: 'ann' }])
})
