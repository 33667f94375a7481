import { describe, expect, it } from 'vitest'
import { formatted, type Node, typed, wrapped } from './markup'

describe('formatted', () => {
  it.each([
    ['plain', 'plain', ''],
    ['*bold*', 'bold', '<b>bold</b>'],
    [
      'so _soft_, ~gone~ and `x*y*z`',
      'so soft, gone and x*y*z',
      'so <i>soft</i>, <s>gone</s> and <code>x*y*z</code>',
    ],
    ['*bold and _soft_*', 'bold and soft', '<b>bold and <i>soft</i></b>'],
    ['«*Да*»\nи', '«Да»\nи', '«<b>Да</b>»<br>и'],
    [
      '[here](https://x.example/?a=1&b=2)',
      'here (https://x.example/?a=1&b=2)',
      '<a href="https://x.example/?a=1&amp;b=2">here</a>',
    ],
    ['*<b>*', '<b>', '<b>&lt;b&gt;</b>'],
    ['2*3*4, snake_case_name, a ~ b', '2*3*4, snake_case_name, a ~ b', ''],
    ['* one\n* two', '* one\n* two', ''],
    ['*not\nover lines*', '*not\nover lines*', ''],
    ['https://x.example/_a_/*b*', 'https://x.example/_a_/*b*', ''],
    ['[bad](javascript:alert(1))', '[bad](javascript:alert(1))', ''],
    ['**', '**', ''],
    ['', '', ''],
  ])('%j', (given, text, html) => {
    expect(formatted(given)).toEqual({ text, html })
  })
})

const text = (value: string): Node => ({ nodeName: '#text', textContent: value, childNodes: [] })
const node = (nodeName: string, childNodes: Node[], href = ''): Node => ({
  nodeName,
  textContent: null,
  childNodes,
  getAttribute: () => href,
})

describe('typed', () => {
  it('is what formatted reads again', () => {
    const nodes = [
      node('B', [text('bold '), node('EM', [text('soft')])]),
      node('BR', []),
      node('A', [text('here')], 'https://x.example/'),
      node('SPAN', [text('!')]),
    ]
    expect(typed(nodes)).toBe('*bold _soft_*\n[here](https://x.example/)!')
    expect(formatted(typed(nodes)).html).toBe(
      '<b>bold <i>soft</i></b><br><a href="https://x.example/">here</a>!',
    )
  })
})

describe('wrapped', () => {
  it('puts signs around words and takes them away', () => {
    const bold = wrapped('say hello now', 4, 10, '*')
    expect(bold).toEqual({ text: 'say *hello* now', from: 5, to: 10 })
    expect(wrapped(bold.text, bold.from, bold.to, '*')).toEqual({ text: 'say hello now', from: 4, to: 9 })
  })
  it('leaves room where nothing is selected', () => {
    expect(wrapped('a ', 2, 2, '_')).toEqual({ text: 'a __', from: 3, to: 3 })
  })
})
