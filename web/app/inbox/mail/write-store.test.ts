import { expect, test } from 'vitest'
import { createWriting } from './write-store'

function shelf() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

const anna = { name: 'Anna', address: 'anna@example.org' }

test('a mail that is begun survives its window and its page', () => {
  const storage = shelf()
  const make = () =>
    createWriting(
      () => storage,
      () => '7',
    )
  const writing = make()
  writing.open(anna)
  writing.edit({ subject: 'Order', html: '<div>Hello</div>' })
  writing.close()
  expect(writing.get()).toMatchObject({ open: false, letter: { to: [anna], subject: 'Order' } })
  expect(make().get()).toMatchObject({ open: false, letter: { to: [anna], html: '<div>Hello</div>' } })
})

test('a message by another network keeps what was written of a mail', () => {
  const storage = shelf()
  const writing = createWriting(
    () => storage,
    () => '7',
  )
  writing.edit({ html: '<div>Hello</div>', text: 'Hi' })
  writing.openChat('5', '+79991234567')
  expect(writing.get()).toMatchObject({
    open: true,
    letter: { account: '5', address: '+79991234567', html: '<div>Hello</div>', text: 'Hi' },
  })
})

test('nobody stands in it twice, and what was sent is gone', () => {
  const storage = shelf()
  const writing = createWriting(
    () => storage,
    () => '7',
  )
  writing.open(anna)
  writing.open(anna)
  expect(writing.get().letter.to).toEqual([anna])
  writing.clear()
  expect([writing.get().letter.to, writing.get().open, storage.kept.size]).toEqual([[], false, 0])
})

test('two people in one browser do not see each other’s mails', () => {
  const storage = shelf()
  let me = '7'
  const writing = createWriting(
    () => storage,
    () => me,
  )
  writing.edit({ subject: 'secret' })
  me = '8'
  expect(writing.get().letter.subject).toBe('')
  me = '7'
  expect(writing.get().letter.subject).toBe('secret')
})
