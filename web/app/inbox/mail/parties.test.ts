import { expect, test } from 'vitest'
import { message } from '#/test/fixtures'
import { fullParty, newSubject, recipientLine, stillNew } from './parties'

const party = (address: string, name = '') => ({ address, name })

test('whom a mail went to, in one line', () => {
  const mail = { to: [party('support@shop.example')], cc: [party('i@example.org', 'Ivan')], bcc: [] }
  expect(recipientLine(mail)).toBe('to support, cc Ivan')
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => party(`${name}@example.org`))
  expect(recipientLine({ to: many, cc: [], bcc: [] })).toBe('to a, b, c and 2 more')
  expect(recipientLine({ to: [], cc: [], bcc: [party('b@example.org')] })).toBe('bcc b')
})

test('a subject is named when it is another one', () => {
  const mail = (subject: string) => message('1', 1, { subject })
  expect(newSubject(mail('Order'), undefined)).toBe('Order')
  expect(newSubject(mail('Re: Order'), 'Order')).toBe('')
  expect(newSubject(mail('Bill'), 'Re: Order')).toBe('Bill')
  expect(newSubject(mail(''), 'Order')).toBe('')
})

test('a party in full', () => {
  expect(fullParty(party('a@b.example', 'Anna'))).toBe('Anna <a@b.example>')
  expect(fullParty(party('a@b.example'))).toBe('a@b.example')
})

test('a newcomer is one until somebody wrote to them', () => {
  const eve = message('2', 2, { direction: 'inbound', from: party('Eve@evil.example'), newcomer: true })
  const ours = (seq: number, to: string, more = {}) =>
    message(String(seq), seq, { direction: 'outbound', to: [party(to)], ...more })
  expect(stillNew(eve, [], [eve])).toBe(true)
  expect(stillNew(eve, [party('ann@x.example')], [ours(1, 'eve@evil.example'), eve])).toBe(true)
  expect(stillNew(eve, [party('eve@evil.example')], [eve])).toBe(false)
  expect(stillNew(eve, [], [eve, ours(3, 'ann@x.example')])).toBe(true)
  expect(stillNew(eve, [], [eve, ours(3, 'eve@evil.example')])).toBe(false)
  expect(stillNew(eve, [], [eve, ours(3, 'eve@evil.example', { state: 'failed' })])).toBe(true)
  expect(stillNew({ ...eve, newcomer: false }, [], [eve])).toBe(false)
})
