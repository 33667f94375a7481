import { expect, test } from 'vitest'
import type { MenuItem } from './menu'
import { sections } from './sections'

const item = (id: string, group?: string, danger?: boolean): MenuItem => ({
  id,
  name: id,
  group,
  danger,
  run: () => undefined,
})
const shape = (...items: MenuItem[]) =>
  sections(items).map((one) => `${one.name}: ${one.items.map((entry) => entry.id).join(' ')}`)

test.each([
  ['nothing', [], []],
  ['no groups: one section', [item('a'), item('b')], [': a b']],
  ['groups in their order', [item('a', 'X'), item('b', 'X'), item('c', 'Y')], ['X: a b', 'Y: c']],
  ['what is dangerous stands by itself', [item('a'), item('b', undefined, true)], [': a', ': b']],
])('%s', (_, items, wanted) => {
  expect(shape(...items)).toEqual(wanted)
})
