import { describe, expect, it } from 'vitest'
import { blocksOf, spansOf } from './markdown'

const one = (text: string, ...under: string[]) => ({ text, under })

describe('a guide', () => {
  it('is divided into blocks', () => {
    const page = [
      '# Telegram',
      '',
      'Two lines',
      'of one paragraph.',
      '- a token',
      '  from BotFather',
      '- a name',
      '',
      '1. Open it:',
      '   - with a key,',
      '     or two;',
      '   - by force.',
      '2. Close it.',
      '',
      '| You see | Do |',
      '|---|---|',
      '| "no" | wait |',
      '```',
      '# no heading',
      '```',
    ].join('\n')
    expect(blocksOf(page)).toEqual([
      { kind: 'heading', level: 1, text: 'Telegram' },
      { kind: 'paragraph', text: 'Two lines of one paragraph.' },
      { kind: 'list', ordered: false, items: [one('a token from BotFather'), one('a name')] },
      {
        kind: 'list',
        ordered: true,
        items: [one('Open it:', 'with a key, or two;', 'by force.'), one('Close it.')],
      },
      { kind: 'table', head: ['You see', 'Do'], rows: [['"no"', 'wait']] },
      { kind: 'code', text: '# no heading' },
    ])
  })

  it('ends in the middle of a block without harm', () => {
    expect(blocksOf('```\nopen')).toEqual([{ kind: 'code', text: 'open' }])
    expect(blocksOf('| a |')).toEqual([{ kind: 'table', head: ['a'], rows: [] }])
    expect(blocksOf('')).toEqual([])
  })
})

describe('a text', () => {
  it.each([
    ['plain', [['text', 'plain', '']]],
    [
      'a `b` **c** *d*',
      [
        ['text', 'a ', ''],
        ['code', 'b', ''],
        ['text', ' ', ''],
        ['strong', 'c', ''],
        ['text', ' ', ''],
        ['em', 'd', ''],
      ],
    ],
    ['[x](https://vk.com/y)', [['link', 'x', 'https://vk.com/y']]],
    [
      '[x](javascript:alert(1))',
      [
        ['text', 'x', ''],
        ['text', ')', ''],
      ],
    ],
    ['[x](sms.md)', [['text', 'x', '']]],
  ])('%s', (text, want) => {
    expect(spansOf(text).map(({ kind, text: words, href }) => [kind, words, href])).toEqual(want)
  })
})
