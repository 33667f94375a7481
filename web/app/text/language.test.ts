import { describe, expect, it } from 'vitest'
import { languageName } from './language'

describe('languageName', () => {
  it.each([
    ['ru', 'Russian'],
    ['en_US', 'American English'],
    ['what is it?', 'what is it?'],
  ])('says %s as %s', (code, name) => expect(languageName(code)).toBe(name))
})
