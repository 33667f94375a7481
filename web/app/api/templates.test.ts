import { expect, test } from 'vitest'
import { preview } from './templates'
import type { MessageTemplate } from './types'

const template: MessageTemplate = {
  id: '1',
  account_id: '1',
  name: 'order',
  language: 'en',
  state: 'approved',
  reason: '',
  category: 'utility',
  header: '{{shop}}',
  body: 'Hi {{1}}, order {{ 2 }}',
  footer: 'Bye',
  buttons: [],
  params: ['header.shop', '1', '2'],
  file: '',
  updated_at: '2026-03-02T10:00:00Z',
}

test('a preview fills in what is known and leaves the rest', () => {
  expect(preview(template, ['Tea', 'Ann', '7'])).toBe('Tea\n\nHi Ann, order 7\n\nBye')
  expect(preview(template, ['', 'Ann'])).toBe('{{shop}}\n\nHi Ann, order {{ 2 }}\n\nBye')
  expect(preview({ ...template, header: 'image', file: 'image', footer: '' }, ['', '$&', '7'])).toBe(
    'Hi $&, order 7',
  )
})
