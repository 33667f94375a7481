import { expect, test } from 'vitest'
import { isLocal } from './local-address'

test.each([
  ['<script src="http://127.0.0.1:8080/widget.js?account=1" async></script>', true],
  ['http://localhost/join#x', true],
  ['https://LOCALHOST:8443', true],
  ['http://[::1]:8080/', true],
  ['https://parley.example.org/join#x', false],
  ['https://localhost.example.org/', false],
  ['https://127.example.org/', false],
  ['a key without an address', false],
])('%j is local: %s', (text, want) => {
  expect(isLocal(text)).toBe(want)
})
