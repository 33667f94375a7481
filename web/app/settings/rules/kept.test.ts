import { expect, test } from 'vitest'
import type { NewTrigger } from '#/api/rules'
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

const saved: NewTrigger = { name: 'Night', event: 'message.received', actions: [] }

test('what was written is there again, until it is saved, dropped or as it was', () => {
  const store = memory()
  const kept = createKept(store)
  kept.set('7', { ...saved, name: 'Day' }, saved)
  expect(kept.get('7')?.name).toBe('Day')
  expect(kept.get('8')).toBeNull()
  kept.set('7', saved, saved)
  expect(kept.get('7')).toBeNull()
  kept.set('7', { ...saved, name: 'Day' }, saved)
  kept.drop('7')
  expect(store.map.size).toBe(0)
})

test('what cannot be read is nothing', () => {
  const store = memory()
  store.setItem('parley.trigger.7', '{"name":')
  expect(createKept(store).get('7')).toBeNull()
})
