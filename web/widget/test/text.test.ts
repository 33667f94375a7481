import { describe, expect, it } from 'vitest'
import { clockTime, dayName, fileSize } from '../src/frame/format'
import { chooseLanguage, textsOf } from '../src/frame/text'
import { visitDetails } from '../src/frame/visit'

describe('language', () => {
  it.each([
    [['ru-RU', 'en'], ['ru', 'en'], 'ru'],
    [['de', 'en-GB'], ['ru', 'en'], 'en'],
    [['en'], ['ru'], 'ru'],
    [['ru'], [], 'ru'],
    [['de'], [], 'en'],
    [['de'], ['de'], 'en'],
    [[''], ['ru', 'en'], 'ru'],
    [['ar-EG', 'en'], ['ru', 'en', 'ar'], 'ar'],
    [['ar'], ['ru', 'en'], 'ru'],
  ])('of %j, where the site allows %j, is %s', (wishes, allowed, expected) => {
    expect(chooseLanguage(wishes, allowed)).toBe(expected)
  })

  it.each(['ru', 'ar'])('has every text in %s too', (language) => {
    const texts = textsOf(language)
    for (const [key, text] of Object.entries(textsOf('en')))
      expect(texts, key).not.toHaveProperty([key], text)
  })

  it('writes Arabic with the digits that are typed', () => {
    expect(clockTime(new Date(2026, 2, 1, 18, 5).toISOString(), 'ar')).toBe('18:05')
    expect(fileSize(1500, 'ar')).toMatch(/1\.5/)
  })
})

describe('days', () => {
  const now = new Date(2026, 2, 1, 0, 5)
  it.each([
    [new Date(2026, 2, 1, 0, 1), 'Today'],
    [new Date(2026, 1, 28, 23, 59), 'Yesterday'],
    [new Date(2026, 1, 27, 12), 'February 27'],
    [new Date(2025, 11, 31, 12), 'December 31, 2025'],
  ])('%s is %s', (day, expected) => {
    expect(dayName(day.toISOString(), 'en', textsOf('en'), now)).toBe(expected)
  })
})

describe('the visit', () => {
  it('tells page, referrer and campaign; the first campaign wins', () => {
    expect(
      visitDetails({
        page: 'https://shop.example/tea?utm_source=menu&utm_term=tea&other=1',
        landing: 'https://shop.example/?utm_source=ads',
        referrer: 'https://search.example/',
      }),
    ).toEqual({
      page: 'https://shop.example/tea?utm_source=menu&utm_term=tea&other=1',
      referrer: 'https://search.example/',
      utm: { utm_source: 'ads', utm_term: 'tea' },
    })
  })

  it('is empty when nothing is known', () => {
    expect(visitDetails(null)).toEqual({})
    expect(visitDetails({ page: '', landing: 'nonsense', referrer: '' })).toEqual({})
  })
})
