import { expect, test } from 'vitest'
import { back, begin, follow, look, refill, refused, type Shape, touched, unsaved } from './stand'

interface Thing {
  version: number
  lines: string[]
}

const shape: Shape<Thing, string[], { text: string }> = {
  noun: 'thing',
  of: (item) => item?.lines ?? [],
  read: (lines) => ({ text: lines.join('\n') }),
  write: ({ text }) => (text ? text.split('\n') : []),
}

const first = { version: 1, lines: ['a'] }
const theirs = { version: 2, lines: ['a', 'b'] }

test('what nobody has touched follows what others save', () => {
  const stand = follow(shape, begin(shape, first, null), theirs)
  expect(stand.draft.text).toBe('a\nb')
  expect(stand.base.version).toBe(2)
  expect(stand.newer).toBeNull()
  expect(follow(shape, stand, theirs)).toBe(stand)
})

test('what is being written stays, and goes by what it began with', () => {
  const writing = { ...begin(shape, first, null), draft: { text: 'a\nmine' } }
  const stand = follow(shape, writing, theirs)
  expect(stand.draft.text).toBe('a\nmine')
  expect(stand.base.version).toBe(1)
  expect(stand.newer).toBe(theirs)
  // Somebody put it back as it was.
  expect(follow(shape, stand, first).newer).toBeNull()
})

test('theirs is looked at and left again', () => {
  const stand = { ...begin(shape, first, null), draft: { text: 'mine' }, newer: theirs }
  const looking = look(shape, stand)
  expect(looking.draft.text).toBe('a\nb')
  expect(looking.base.version).toBe(2)
  expect(touched(shape, looking)).toBe(false)
  expect(unsaved(shape, looking)).toEqual({ written: ['mine'], version: 1 })
  const again = back(shape, looking)
  expect(again.draft.text).toBe('mine')
  expect(again.base.version).toBe(1)
  expect(again.newer).toBe(theirs)
})

test('what was kept goes by the version of its time', () => {
  const stand = begin(shape, theirs, { written: ['kept'], version: 1 })
  expect(stand.draft.text).toBe('kept')
  expect(stand.base.version).toBe(1)
  expect(stand.newer).toBe(theirs)
  expect(begin(shape, first, { written: ['kept'], version: 1 }).newer).toBeNull()
})

test('an answer of before the save does not bring back what was there', () => {
  const stand = refill(shape, begin(shape, first, null), theirs)
  expect(follow(shape, stand, first)).toBe(stand)
  expect(follow(shape, stand, theirs).draft.text).toBe('a\nb')
})

test('what is new has no version', () => {
  const stand = begin(shape, null, null)
  expect(stand.base).toEqual({ written: [] })
  expect(touched(shape, { ...stand, draft: { text: 'x' } })).toBe(true)
})

const third = { version: 3, lines: ['c'] }

/** Somebody wrote, looked at theirs and wrote over that. */
function overTheirs() {
  const writing = { ...begin(shape, first, null), draft: { text: 'mine' } }
  return { ...look(shape, follow(shape, writing, theirs)), draft: { text: 'over theirs' } }
}

test('what was written over theirs stays when a third was quicker', () => {
  const stand = refused(shape, overTheirs(), third)
  expect(stand.draft.text).toBe('over theirs')
  expect(stand.newer).toBe(third)
  // Theirs, and by two steps back what was written first.
  const looking = look(shape, stand)
  expect(looking.draft.text).toBe('c')
  expect(back(shape, looking).draft.text).toBe('over theirs')
  expect(back(shape, back(shape, looking)).draft.text).toBe('mine')
})

test('who goes back to their own finds what they wrote over theirs when they look again', () => {
  const again = back(shape, overTheirs())
  expect(again.draft.text).toBe('mine')
  expect(look(shape, again).draft.text).toBe('over theirs')
  expect(back(shape, look(shape, again)).draft.text).toBe('mine')
})

test('theirs that was only looked at gives way to what was written', () => {
  const looking = look(shape, { ...begin(shape, first, null), draft: { text: 'mine' }, newer: theirs })
  expect(refused(shape, looking, third)).toMatchObject({ draft: { text: 'mine' }, newer: third })
})

test('the news of what is looked at does not hide the way back', () => {
  const stand = follow(shape, overTheirs(), theirs)
  expect(stand.newer).toBe(theirs)
  const late = { ...begin(shape, first, null), draft: { text: 'mine' } }
  const looking = look(shape, refused(shape, late, theirs))
  expect(follow(shape, looking, theirs).newer).toBe(theirs)
})

test('what others save fills the fields without mounting them anew', () => {
  const stand = begin(shape, first, null)
  expect(follow(shape, stand, theirs).round).toBe(stand.round)
  expect(look(shape, { ...stand, newer: theirs }).round).not.toBe(stand.round)
})
