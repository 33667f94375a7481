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
  writing.sent(writing.ready(), 'mail')
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

function twoLetters() {
  const storage = shelf()
  const aside: string[] = []
  const make = () =>
    createWriting(
      () => storage,
      () => '7',
      (name) => aside.push(name),
    )
  return { storage, aside, make, writing: make() }
}

test('every try of a letter has one key, in a window opened again and on a page loaded again too', () => {
  const { writing, make } = twoLetters()
  writing.openChat('5', '+1')
  writing.edit({ text: 'Hi' })
  const { client } = writing.ready()
  expect(client).not.toBe('')
  writing.close()
  writing.open()
  expect([writing.ready().client, make().ready().client]).toEqual([client, client])
})

test('a letter that was refused, and the one after it, get other keys', () => {
  const { writing } = twoLetters()
  writing.edit({ text: 'Hi' })
  const first = writing.ready()
  writing.renew(first)
  const second = writing.ready()
  expect(second.client).not.toBe(first.client)
  writing.renew(first)
  expect(writing.ready().client).toBe(second.client)
  writing.sent(second, 'chat')
  expect(writing.get().letter.client).toBe('')
})

test('what is typed while a letter leaves stays', () => {
  const { writing } = twoLetters()
  writing.openChat('5', '+1')
  writing.edit({ text: 'Hi' })
  const left = writing.ready()
  writing.edit({ text: 'Hi, and one thing more' })
  writing.sent(left, 'chat')
  expect(writing.get().letter).toMatchObject({ text: 'Hi, and one thing more', client: '' })
})

test('a message by a chat leaves the mail that was begun beside it', () => {
  const { writing } = twoLetters()
  writing.edit({ html: '<div>Hello</div>' })
  writing.openChat('5', '+1')
  writing.edit({ text: 'Hi' })
  writing.sent(writing.ready(), 'chat')
  expect(writing.get()).toMatchObject({
    open: false,
    letter: { html: '<div>Hello</div>', text: '', client: '' },
  })
})

test('nobody gets what was begun for another: it lies aside until it is asked for', () => {
  const { writing, aside, make } = twoLetters()
  writing.openChat('5', '+1')
  writing.edit({ text: 'for the first' })
  writing.openChat('5', '+2')
  expect(aside).toEqual(['+1'])
  expect(writing.get().letter).toMatchObject({ address: '+2', text: '' })
  writing.edit({ text: 'for the second' })
  const later = make()
  later.openChat('5', '+1')
  expect(later.get().letter).toMatchObject({ address: '+1', text: 'for the first' })
  later.openChat('5', '+2')
  expect(later.get().letter).toMatchObject({ address: '+2', text: 'for the second' })
})

test('what lies aside comes back once the other letter has left', () => {
  const { writing, storage } = twoLetters()
  writing.open(anna)
  writing.edit({ html: '<div>Hello</div>' })
  writing.openChat('5', '+1')
  expect(writing.get().letter.html).toBe('')
  writing.edit({ text: 'Hi' })
  writing.sent(writing.ready(), 'chat')
  writing.open()
  expect(writing.get().letter).toMatchObject({ to: [anna], html: '<div>Hello</div>', address: '' })
  writing.sent(writing.ready(), 'mail')
  expect(storage.kept.size).toBe(0)
})

test('a mail to somebody does not begin with a message to a number', () => {
  const { writing, aside } = twoLetters()
  writing.openChat('5', '+1')
  writing.edit({ text: 'Hi' })
  writing.open(anna)
  expect(writing.get().letter).toMatchObject({ account: '', address: '', text: '', to: [anna] })
  expect(aside).toEqual(['+1'])
})

test('every try of a template has one key, beside that of the words, until it has left', () => {
  const { writing, make } = twoLetters()
  writing.openChat('5', '+1')
  const { templateClient } = writing.ready('template')
  writing.edit({ text: 'Hi' })
  const { client } = writing.ready()
  writing.close()
  writing.openChat('5', '+1')
  expect(writing.ready('template')).toMatchObject({ templateClient, client })
  expect(make().ready('template').templateClient).toBe(templateClient)
  expect(new Set([templateClient, client, '']).size).toBe(3)
  writing.sent(writing.ready('template'), 'chat')
  expect(writing.get().letter).toMatchObject({ templateClient: '', client: '' })
})

test('a template that was refused gets another key, and the words keep theirs', () => {
  const { writing } = twoLetters()
  writing.edit({ text: 'Hi' })
  const { client } = writing.ready()
  const tried = writing.ready('template')
  writing.renew(tried, 'template')
  expect(writing.get().letter).toMatchObject({ templateClient: '', client })
  const again = writing.ready('template')
  writing.renew(tried, 'template')
  expect(writing.ready('template').templateClient).toBe(again.templateClient)
  expect(again.templateClient).not.toBe(tried.templateClient)
})

test('what is not known of a template to one stays so while somebody else is written to', () => {
  const { writing, aside } = twoLetters()
  writing.openChat('5', '+1')
  const { templateClient } = writing.ready('template')
  writing.openChat('5', '+2')
  expect([writing.get().letter.templateClient, aside]).toEqual(['', []])
  writing.edit({ text: 'for the second' })
  writing.sent(writing.ready(), 'chat')
  writing.open()
  expect(writing.get().letter.address).toBe('')
  writing.openChat('5', '+1')
  expect(writing.ready('template').templateClient).toBe(templateClient)
})
