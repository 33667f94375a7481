import { expect, test } from 'vitest'
import { conversation } from '#/test/fixtures'
import { macroWayBack } from './macro'

const before = conversation('1', { labels: ['5'], priority: 'normal', assignee_id: null })
const after = { ...before, labels: ['5', '6'], priority: 'high' as const, assignee_id: '7' }

test('what a macro changed goes back, and nothing that somebody else changed', () => {
  const macro = {
    actions: [
      { type: 'add_label', label_id: '6' },
      { type: 'set_priority', priority: 'high' },
    ],
  }
  expect(macroWayBack(macro, before, after)).toEqual({ labels: ['5'], priority: 'normal' })
})

test('what changed nothing has no way back to go', () => {
  const macro = { actions: [{ type: 'set_priority', priority: 'normal' }] }
  expect(macroWayBack(macro, before, before)).toEqual({})
})

test.each(['reply', 'note', 'create_lead', 'create_request', 'notify'])('%s cannot be taken back', (type) => {
  expect(macroWayBack({ actions: [{ type: 'set_priority' }, { type }] }, before, after)).toBeNull()
})
