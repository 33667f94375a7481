import { expect, test } from 'vitest'
import { originFacts } from './origin'

const none = { page: '', referrer: '', utm: {} }

test('nothing known is nothing shown', () => {
  expect(originFacts(none)).toEqual([])
})

test('a page is a link, shown without what it was asked', () => {
  expect(originFacts({ ...none, page: 'https://shop.example/lamps?utm_source=ads#top' })).toEqual([
    { name: 'Page', text: 'shop.example/lamps', href: 'https://shop.example/lamps?utm_source=ads#top' },
  ])
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  '/cart',
  'https://bank.example@evil.example/',
  'file:///etc',
])('%s is text alone', (page) => {
  expect(originFacts({ ...none, page })).toEqual([{ name: 'Page', text: page }])
})

test('a campaign in the order people know, what is not known last', () => {
  const utm = { yclid: '7', utm_term: 'lamp', utm_campaign: 'autumn', source: 'ads' }
  expect(originFacts({ ...none, utm }).map((fact) => fact.name)).toEqual([
    'Source',
    'Campaign',
    'Keyword',
    'yclid',
  ])
})
