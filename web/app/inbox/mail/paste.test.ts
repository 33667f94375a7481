import { expect, test } from 'vitest'
import { emphasis, fileAt, tamed } from './paste'

test.each([
  ['<p style="color:red" onclick="x()">a</p>', '<p data-style="color:red">a</p>'],
  ["<b onmouseover='x(1)' id=b>a</b>", '<b id=b>a</b>'],
  ['<style>p{}</style><script>x()</script><p>a</p>', '<p>a</p>'],
  ['a <style>p{}', 'a '],
  ['<img src=x onerror=alert(1)>', '<img src=x>'],
  ['my style="x" is text', 'my style="x" is text'],
])('%j becomes %j', (html, want) => {
  expect(tamed(html)).toBe(want)
})

test('emphasis that is said by style', () => {
  expect(emphasis.bold('color:red;font-weight: 700')).toBe(true)
  expect(emphasis.bold('font-weight:400')).toBe(false)
  expect(emphasis.thin('font-weight:normal')).toBe(true)
  expect(emphasis.slanted('font-style:italic')).toBe(true)
  expect(emphasis.slanted(null)).toBe(false)
})

test.each([
  ['/api/v1/files/12', '12'],
  ['https://desk.example/api/v1/files/12?download=1', '12'],
  ['https://desk.example.evil/api/v1/files/12', null],
  ['https://evil.example/api/v1/files/12', null],
  ['//evil.example/api/v1/files/12', null],
  ['/api/v1/files/12/x', null],
  ['data:image/png;base64,AAAA', null],
  ['', null],
])('the picture at %j is the file %j', (address, want) => {
  expect(fileAt(address, 'https://desk.example')).toBe(want)
})
