import { describe, expect, it } from 'vitest'
import { linked } from '../src/frame/links'

const links = (text: string): (string | undefined)[] =>
  linked(text).flatMap(({ href }) => (href ? [href] : []))

describe('links', () => {
  it.each([
    ['see https://tea.example/a?b=1#c.', ['https://tea.example/a?b=1#c']],
    ['(https://tea.example/wiki/Tea_(plant)), yes', ['https://tea.example/wiki/Tea_(plant)']],
    ['[https://tea.example/x]', ['https://tea.example/x']],
    ['смотрите https://чай.рф/улун!', ['https://xn--80as4b.xn--p1ai/%D1%83%D0%BB%D1%83%D0%BD']],
    ['HTTP://TEA.EXAMPLE/Up', ['http://tea.example/Up']],
    ['two http://a.example, http://b.example', ['http://a.example/', 'http://b.example/']],
  ])('finds them in %j', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'xhttps://tea.example',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:secret@tea.example/',
    'mailto:tea@tea.example',
  ])('makes none of %j', (text) => {
    expect(links(text)).toEqual([])
  })

  it('stops at quotes and brackets, so that no attribute can be broken out of', () => {
    expect(links('<a href="https://tea.example/x" onclick="y">')).toEqual(['https://tea.example/x'])
  })

  it('loses no character of the text', () => {
    for (const text of [
      '',
      'a',
      ' https://a.example\n\nb https://b.example).',
      'https://a@b https://c.example…',
    ])
      expect(
        linked(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text)
  })

  it('is quick about a wall of brackets', () => {
    const started = performance.now()
    linked(`https://a.example/${')'.repeat(100_000)}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
