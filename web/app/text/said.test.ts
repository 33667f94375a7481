import { expect, test } from 'vitest'
import { inOneLanguage } from './said'

test('what an adapter wrote in two languages is read in one, with what follows', () => {
  expect(inOneLanguage('⛔ Бот остановлен · The bot was stopped')).toBe('⛔ The bot was stopped')
  expect(inOneLanguage('Заказ · Order\n• Tea × 2')).toBe('Order\n• Tea × 2')
  expect(inOneLanguage('Форма · Form: Visit')).toBe('Form: Visit')
})

test('what people wrote is left alone', () => {
  for (const text of ['да · yes', 'Please: Заказ · Order', 'no dot']) expect(inOneLanguage(text)).toBe(text)
})
