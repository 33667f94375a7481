import { expect, test } from 'vitest'
import { fromPlain, inlineFiles, isBlank, plain, quote, start } from './words'

test.each([
  ['', true],
  ['<p></p>', true],
  ['<p>&nbsp; </p><p><br></p>', true],
  [start('<p>Anna</p><p>Shop</p>'), true],
  ['<p>Hi</p>', false],
  ['<p><img src="/api/v1/files/7" data-file="7"></p>', false],
  ['<div></div><section class="parley-signature"><div>Anna</div></section><div>after</div>', false],
])('%j is blank: %s', (html, want) => {
  expect(isBlank(html)).toBe(want)
})

test('the readable text of what was written', () => {
  const html =
    '<div>Hi &amp; welcome,<br>you</div><div></div><ul><li><div>one</div></li><li><div>two &lt;b&gt;</div></li></ul><div><strong>Bye</strong></div>'
  expect(plain(html)).toBe('Hi & welcome,\nyou\n\n• one\n• two <b>\nBye')
})

test('plain text becomes lines and nothing else', () => {
  expect(fromPlain('a\n\n<script>"x" & y')).toBe(
    '<div>a</div><div></div><div>&lt;script&gt;&quot;x&quot; &amp; y</div>',
  )
})

test('a quotation names its author and escapes their words', () => {
  expect(quote('Anna <a@b.c>:', 'one <two>')).toBe(
    '<div>Anna &lt;a@b.c&gt;:</div><blockquote><div>one &lt;two&gt;</div></blockquote><div></div>',
  )
})

test('the pictures of a text', () => {
  expect(
    inlineFiles('<p><img alt="" data-file="7" src="x"> <img src="y"><img src="z" data-file="9"></p>'),
  ).toEqual(['7', '9'])
  expect(
    inlineFiles('<img src="/api/v1/files/7" data-file="7"><img src="/api/v1/files/12"><img src="/files/1">'),
  ).toEqual(['7', '12'])
})
