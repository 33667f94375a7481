import { expect, test } from 'vitest'
import { createKept } from './kept'

function memory() {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, text: string) => void map.set(name, text),
    removeItem: (name: string) => void map.delete(name),
  }
}

const saved = { name: 'Night', event: 'message.received', actions: [] }

test('what was written is there again, until it is saved, dropped or as it was', () => {
  const store = memory()
  const kept = createKept<typeof saved>(
    'trigger',
    () => store,
    () => '1',
  )
  kept.set('7', { ...saved, name: 'Day' }, saved)
  expect(kept.get('7')?.name).toBe('Day')
  expect(kept.get('7', saved)?.name).toBe('Day')
  expect(kept.get('7', { ...saved, name: 'Day' })).toBeNull()
  expect(kept.get('8')).toBeNull()
  kept.set('7', saved, saved)
  expect(kept.get('7')).toBeNull()
  kept.set('7', { ...saved, name: 'Day' }, saved)
  kept.drop('7')
  expect(store.map.size).toBe(0)
})

test('what cannot be read is nothing', () => {
  const store = memory()
  store.setItem('parley.trigger.1.7', '{"name":')
  expect(
    createKept(
      'trigger',
      () => store,
      () => '1',
    ).get('7'),
  ).toBeNull()
})

test('what one person wrote in a tab is not shown to another', () => {
  const store = memory()
  let me = '1'
  const kept = createKept<string>(
    'message',
    () => store,
    () => me,
  )
  kept.set('7', 'new', 'old')
  me = '2'
  expect(kept.get('7')).toBeNull()
  me = '1'
  expect(kept.get('7')).toBe('new')
})
