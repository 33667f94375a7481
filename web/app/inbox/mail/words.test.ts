import { expect, test } from 'vitest'
import { fromPlain, inlineFiles, isBlank, plain, quote, start } from './words'

test.each([
  ['', true],
  ['<p></p>', true],
  ['<p>&nbsp; </p><p><br></p>', true],
  [start('<p>Anna</p><p>Shop</p>'), true],
  ['<p>Hi</p>', false],
  ['<p><img src="/api/v1/files/7" data-file="7"></p>', false],
  ['<p></p><div class="parley-signature"><p>Anna</p></div><p>after</p>', false],
])('%j is blank: %s', (html, want) => {
  expect(isBlank(html)).toBe(want)
})

test('the readable text of what was written', () => {
  const html =
    '<p>Hi &amp; welcome,<br>you</p><ul><li><p>one</p></li><li><p>two &lt;b&gt;</p></li></ul><p><strong>Bye</strong></p>'
  expect(plain(html)).toBe('Hi & welcome,\nyou\n• one\n\n• two <b>\n\nBye')
})

test('plain text becomes paragraphs and nothing else', () => {
  expect(fromPlain('a\nb\n\n<script>"x" & y')).toBe('<p>a<br>b</p><p>&lt;script&gt;&quot;x&quot; &amp; y</p>')
  expect(fromPlain('  ')).toBe('')
})

test('a quotation names its author and escapes their words', () => {
  expect(quote('Anna <a@b.c>:', 'one <two>')).toBe(
    '<p>Anna &lt;a@b.c&gt;:</p><blockquote><p>one &lt;two&gt;</p></blockquote><p></p>',
  )
})

test('the pictures of a text', () => {
  expect(
    inlineFiles('<p><img alt="" data-file="7" src="x"> <img src="y"><img src="z" data-file="9"></p>'),
  ).toEqual(['7', '9'])
})
