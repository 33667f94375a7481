import { getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import { mailKit, unwritten } from './editor-kit'

const schema = getSchema(mailKit(''))
const line = (text = '') => ({ type: 'paragraph', ...(text && { content: [{ type: 'text', text }] }) })
const signature = { type: 'signature', content: [line('Maria')] }

test.each([
  ['an empty mail', [line()], true],
  ['a signature alone', [line(), signature], true],
  ['a word', [line('Hello')], false],
  ['a word above the signature', [line('Hello'), signature], false],
  ['a second line', [line(), line()], false],
  ['two lines above the signature', [line(), line(), signature], false],
  ['an empty list', [{ type: 'bulletList', content: [{ type: 'listItem', content: [line()] }] }], false],
])('%s', (_, content, want) => {
  expect(unwritten(schema.nodeFromJSON({ type: 'doc', content }))).toBe(want)
})
