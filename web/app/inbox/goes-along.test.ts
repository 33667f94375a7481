import { expect, test } from 'vitest'
import { goesAlong, type Stand, stand } from './goes-along'

type Seen = [owner: string | null, assignee: string | null, along: boolean]

/** What is seen one after the other of a lead that began in the conversation `of`. */
const stories: [name: string, seen: Seen[], of?: string][] = [
  [
    'it follows a moment later',
    [
      ['a', 'a', true],
      ['a', 'b', true],
      ['b', 'b', true],
    ],
  ],
  [
    'it follows from nobody',
    [
      [null, null, true],
      [null, 'b', true],
      ['b', 'b', true],
    ],
  ],
  [
    'it is given on twice before it follows',
    [
      ['a', 'a', true],
      ['a', 'b', true],
      ['a', 'c', true],
      ['c', 'c', true],
    ],
  ],
  [
    'the server refuses',
    [
      ['a', 'a', true],
      ['a', 'b', true],
      ['a', 'a', true],
    ],
  ],
  [
    'it has another owner and keeps it',
    [
      ['x', 'a', false],
      ['x', 'b', false],
    ],
  ],
  [
    'it is given to its own owner',
    [
      ['x', 'a', false],
      ['x', 'x', true],
    ],
  ],
  [
    'it is given back to the one before by itself',
    [
      ['a', 'a', true],
      ['a', 'b', true],
      ['b', 'b', true],
      ['a', 'b', false],
    ],
  ],
  [
    'it began in another conversation',
    [
      ['a', 'a', true],
      ['a', 'b', false],
    ],
    '2',
  ],
]

test.each(stories)('%s', (_, seen, of = '1') => {
  let last: Stand | null = null
  for (const [owner_id, assignee_id, along] of seen) {
    const record = { id: '5', owner_id, conversation_id: '1' }
    const conversation = { id: of, assignee_id }
    last = stand(last, record, conversation)
    // Drawn again, it says the same.
    expect(stand(last, record, conversation)).toEqual(last)
    expect(goesAlong(last, record, conversation)).toBe(along)
  }
})

test('another record is not taken for the one before', () => {
  const of = { id: '1', assignee_id: 'b' }
  const first = stand(null, { id: '5', owner_id: 'a', conversation_id: '1' }, { id: '1', assignee_id: 'a' })
  const other = { id: '6', owner_id: 'a', conversation_id: '1' }
  expect(goesAlong(stand(first, other, of), other, of)).toBe(false)
})
