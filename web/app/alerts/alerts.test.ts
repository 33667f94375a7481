import { expect, test } from 'vitest'
import { browserName } from '#/settings/alerts/browser-name'
import { pageTitle } from './badge'
import { bytesOf } from './push'

test('the title begins with what is new', () => {
  expect(pageTitle('', 0)).toBe('Parley')
  expect(pageTitle('', 12)).toBe('(12) Parley')
  expect(pageTitle('2 new', 1500)).toBe('● 2 new · (999+) Parley')
})

test('keys are read from base64url, with and without padding', () => {
  expect([...bytesOf('-_8')]).toEqual([251, 255])
  expect([...bytesOf('AQID')]).toEqual([1, 2, 3])
  expect([...bytesOf('AQ==')]).toEqual([1])
})

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36',
    'Chrome, Linux',
  ],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox, Windows'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 YaBrowser/24.1 Safari/537.36', 'Yandex Browser, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1', 'Safari, iOS'],
  ['curl/8', 'curl/8'],
  ['', '?'],
])('a browser is named in short: %s', (agent, name) => expect(browserName(agent)).toBe(name))
