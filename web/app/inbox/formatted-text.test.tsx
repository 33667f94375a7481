import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { type Reading, renderNodes } from './formatted-text'

const words = (text: string): Reading => ({ nodeName: '#text', textContent: text, childNodes: [] })
const element = (name: string, inside: Reading[], attributes: Record<string, string> = {}): Reading => ({
  nodeName: name.toUpperCase(),
  textContent: null,
  childNodes: inside,
  getAttribute: (key) => attributes[key] ?? null,
})
const shown = (...nodes: Reading[]) => renderToStaticMarkup(renderNodes(nodes))

test('a bold word is bold, inside others too', () => {
  expect(shown(words('Is '), element('b', [element('i', [words('tea')])]), words(' there?'))).toBe(
    'Is <strong><em>tea</em></strong> there?',
  )
})

test('what is not known keeps its words and nothing else', () => {
  expect(shown(element('form', [words('a')], { action: 'https://example.org' }))).toBe('<span>a</span>')
  expect(shown(element('script', [words('alert(1)')]))).toBe('')
  expect(shown(words('<img src=x>'))).toBe('&lt;img src=x&gt;')
})

test('a link leads to the web, to a mailbox or to a phone, and nowhere else', () => {
  expect(shown(element('a', [words('us')], { href: 'https://example.org/' }))).toContain(
    'href="https://example.org/"',
  )
  for (const href of ['javascript:alert(1)', 'data:text/html,x', '/settings', ''])
    expect(shown(element('a', [words('us')], { href }))).toBe('<span>us</span>')
})
