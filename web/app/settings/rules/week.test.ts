import { expect, test } from 'vitest'
import { nextInterval, weekWords } from './week'

const on = (day: string, from = '09:00', to = '18:00') => ({ day, from, to })

test('days in a row with the same hours stand together', () => {
  const week = [
    on('mon'),
    on('tue'),
    on('wed'),
    on('thu', '10:00', '12:00'),
    on('thu', '13:00', '20:00'),
    on('sat'),
    on('sun'),
  ]
  expect(weekWords(week)).toBe('Mon–Wed 09:00–18:00; Thu 10:00–12:00, 13:00–20:00; Sat–Sun 09:00–18:00')
  expect(weekWords([])).toBe('')
})

test('a day begins with the usual hours and goes on after its last', () => {
  expect(nextInterval('mon', [])).toEqual(on('mon'))
  expect(nextInterval('mon', [on('mon', '09:00', '13:00'), on('tue')])).toEqual(on('mon', '14:00', '17:00'))
  expect(nextInterval('mon', [on('mon', '09:00', '23:30')])).toEqual(on('mon', '23:00', '24:00'))
})
