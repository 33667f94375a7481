import { expect, test } from 'vitest'
import type { Attachment } from '#/api/types'
import { type Brought, stepped } from './quick-undo'

const file = (id: string) => ({ id, name: id }) as Attachment
const brought = (): Brought => ({
  text: 'Our prices:\n\nsee below',
  reply: '7',
  files: [file('a')],
  inside: true,
})

test('undo takes the files along, redo brings them again', () => {
  const list = [brought()]
  const draft = { replies: ['3', '7'], attachments: [file('mine'), file('a')] }
  const back = stepped(list, 'Hello /pri', draft)
  expect(back).toEqual({ replies: ['3'], attachments: [file('mine')] })
  // The editor of mails breaks lines otherwise.
  const again = stepped(list, 'Hello Our prices: see below', back ?? draft)
  expect(again).toEqual({ replies: ['3', '7'], attachments: [file('mine'), file('a')] })
})

test('a step that leaves the text in place changes nothing', () => {
  expect(
    stepped([brought()], 'Hello! Our prices:\nsee below', { replies: ['7'], attachments: [file('a')] }),
  ).toBeNull()
})

test('of two, the one that was taken out goes', () => {
  const list = [brought(), { ...brought(), text: 'Bye', reply: '8', files: [file('b')] }]
  const draft = { replies: ['7', '8'], attachments: [file('a'), file('b')] }
  expect(stepped(list, 'Our prices: see below', draft)).toEqual({ replies: ['7'], attachments: [file('a')] })
})

test('a file that was dropped by hand stays away until redo', () => {
  const list = [brought()]
  expect(stepped(list, '', { replies: ['7'], attachments: [] })).toEqual({ replies: [], attachments: [] })
})
