import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { withSigns } from './signs'

const shown = (text: string) => renderToStaticMarkup(withSigns(text))

test('a sign stays before its word', () => {
  expect(shown('يعطيه @BotFather: /newbot أو /token.')).toBe(
    'يعطيه <bdi dir="ltr">@BotFather: /newbot</bdi> أو <bdi dir="ltr">/token</bdi>.',
  )
})

test('an address is no command', () => {
  const text = 'العنوان https://tea.example/hook'
  expect(shown(text)).toBe(text)
})
