import { expect, test } from 'vitest'
import type { Limits, Party } from '#/api/types'
import { message } from '#/test/fixtures'
import { isAddress, ownAddress, parseParties, parseParty, unique, written } from './address'
import { bareSubject, headFor, isAnswerable, reachesMore, replyAll, replyTo, subjectFor } from './recipients'

const party = (address: string, name = ''): Party => ({ address, name })
const anna = party('anna@example.org', 'Anna Petrova')
const ivan = party('ivan@example.org', 'Ivan')
const us = party('support@shop.example')
const alias = party('Sales@Shop.example')
const ours = ['support@shop.example', 'sales@shop.example']

test.each([
  ['anna@example.org', true],
  ['анна@почта.рф', true],
  ['a.b+c@sub.example.org', true],
  ['anna@example', false],
  ['anna @example.org', false],
  ['anna..b@example.org', false],
  ['@example.org', false],
  ['anna@example.org,', false],
])('%s is an address: %s', (text, want) => {
  expect(isAddress(text)).toBe(want)
})

test.each([
  ['Anna Petrova <anna@example.org>', anna],
  ['"Petrova, Anna" <anna@example.org>', party('anna@example.org', 'Petrova, Anna')],
  ['<anna@example.org>', party('anna@example.org')],
  [' anna@example.org ', party('anna@example.org')],
  ['"A \\"B\\" C" <a@example.org>', party('a@example.org', 'A "B" C')],
  ['Anna', null],
  ['Anna <anna>', null],
])('%j is read as %j', (text, want) => {
  expect(parseParty(text)).toEqual(want)
})

test('a pasted list is cut where people cut it, and what is no address stays', () => {
  const { parties, rest } = parseParties('"Petrova, Anna" <anna@example.org>; ivan@example.org,\nnobody, x@y')
  expect(parties.map((item) => item.address)).toEqual(['anna@example.org', 'ivan@example.org'])
  expect(rest).toBe('nobody, x@y')
})

test('a party as a mail names it can be read again', () => {
  const odd = party('a@b.example', 'A "B" \\\\ C, D')
  expect(parseParty(written(odd))).toEqual(odd)
  expect(written(party('a@b.example'))).toBe('a@b.example')
})

test('each address once, in whatever case', () => {
  expect(unique([anna, party('ANNA@example.org'), ivan], [ivan])).toEqual([anna])
})

test('an answer goes to who wrote; to all adds the rest without us', () => {
  const mail = message('1', 1, { from: anna, to: [us, ivan], cc: [alias, party('boss@example.org'), anna] })
  expect(replyTo(mail, ours)).toEqual({ to: [anna], cc: [] })
  expect(replyAll(mail, ours)).toEqual({ to: [anna], cc: [ivan, party('boss@example.org')] })
})

test('another mailbox of ours is not written to by an answer to all, unless it wrote itself', () => {
  const billing = party('billing@shop.example')
  const house = [...ours, 'billing@shop.example']
  const mail = message('1', 1, { from: anna, to: [us, billing], cc: [ivan] })
  expect(replyAll(mail, ours, house)).toEqual({ to: [anna], cc: [ivan] })
  expect(replyAll({ ...mail, from: billing }, ours, house).to).toEqual([billing])
})

test('our address with a tag is ours', () => {
  const mail = message('1', 1, { from: anna, to: [party('Support+p.abc@shop.example'), ivan] })
  expect(replyAll(mail, ours).cc).toEqual([ivan])
  expect(headFor('reply', { addresses: ours } as unknown as Limits, '', mail).from).toBe(
    'support@shop.example',
  )
})

test('an answer to our own mail goes to those it went to', () => {
  const mail = message('1', 1, { direction: 'outbound', from: us, to: [anna], cc: [ivan] })
  expect(replyTo(mail, ours)).toEqual({ to: [anna], cc: [] })
  expect(replyAll(mail, ours)).toEqual({ to: [anna], cc: [ivan] })
})

test('an answer goes where the author wants answers, unless that is ourselves', () => {
  const desk = party('desk@example.org')
  const mail = message('1', 1, { from: anna, answer_to: [desk], to: [us], cc: [ivan] })
  expect(replyTo(mail, ours)).toEqual({ to: [desk], cc: [] })
  expect(replyAll(mail, ours)).toEqual({ to: [desk], cc: [ivan] })
  const back = { ...mail, answer_to: [party('Support+x1@shop.example')] }
  expect(replyTo(back, ours)).toEqual({ to: [anna], cc: [] })
})

test.each([
  ['support+x@shop.example', 'support@shop.example'],
  ['support+a+b@shop.example', 'support@shop.example'],
  ['SUPPORT@shop.example', 'support@shop.example'],
  ['support+x@other.example', ''],
  ['supportx@shop.example', ''],
  ['+support@shop.example', ''],
])('%s comes to %j', (address, want) => {
  expect(ownAddress(ours, address)).toBe(want)
})

test('who came in by proof alone is answered only when somebody says so', () => {
  const asks = message('1', 1, { direction: 'inbound', from: anna, to: [us] })
  const comes = message('2', 2, { direction: 'inbound', from: ivan, to: [us], newcomer: true })
  const away = message('3', 3, { direction: 'inbound', from: anna, to: [us], nature: 'auto_reply' })
  expect([asks, comes, away].findLast(isAnswerable)).toBe(asks)
  expect(replyTo(comes, ours)).toEqual({ to: [ivan], cc: [] })
})

test('answering all is offered where it reaches more people', () => {
  expect(reachesMore({ to: [anna], cc: [] }, { to: [anna], cc: [ivan] })).toBe(true)
  expect(reachesMore({ to: [anna], cc: [] }, { to: [party('Anna@example.org')], cc: [] })).toBe(false)
  expect(reachesMore(undefined, undefined)).toBe(false)
})

test.each([
  ['Re: Order', 'Order'],
  ['RE: Fwd: re[2]: Order', 'Order'],
  ['Отв: Re: Заказ', 'Заказ'],
  ['AW: WG: Bestellung', 'Bestellung'],
  ['Return: a policy', 'Return: a policy'],
  ['', ''],
])('%j is bare %j', (subject, want) => {
  expect(bareSubject(subject)).toBe(want)
})

test('one prefix, whatever stood there', () => {
  expect(subjectFor('reply_all', 'Re: RE: Order')).toBe('Re: Order')
  expect(subjectFor('forward', 'Re: Order')).toBe('Fwd: Order')
  expect(subjectFor('reply', '')).toBe('')
})

test('the head follows the server, or the mail that was chosen', () => {
  const limits = { addresses: ours, reply: { to: [anna], cc: [] }, reply_all: { to: [anna], cc: [ivan] } }
  expect(headFor('reply_all', limits as unknown as Limits, 'Order', undefined)).toMatchObject({
    to: [anna],
    cc: [ivan],
    subject: 'Re: Order',
    from: '',
    about: null,
  })
  const mail = message('7', 7, { from: ivan, to: [alias], subject: 'Fwd: Bill' })
  expect(headFor('reply', limits as unknown as Limits, 'Order', mail)).toMatchObject({
    to: [ivan],
    subject: 'Re: Bill',
    from: 'sales@shop.example',
    about: '7',
  })
  expect(headFor('forward', limits as unknown as Limits, 'Order', mail)).toMatchObject({
    to: [],
    subject: 'Fwd: Bill',
    about: '7',
  })
})
