import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeTokens, tokenise } from '../text/tokens.ts'
import { hashPair, hashWord } from './fold.ts'

const encoder = new TextEncoder()

function hash(word: string): number {
  const bytes = encoder.encode(word)
  return hashWord(bytes, 0, bytes.length)
}

it.each([
  ['Müller', 'MUELLER'],
  ['Müller', 'Muller'],
  ['Strauß', 'STRAUSS'],
  ['Lefèvre', 'lefevre'],
  ['Øystein', 'Oystein'],
  ['Þorsteinn', 'Torsteinn'],
  ['Thorsten', 'Torsten'],
  ['Łukasz', 'lukasz'],
  ['Nguyễn', 'NGUYEN'],
  ['Zoë', 'zoe'],
  ['Jose\u0301', 'José'],
  ['ИВАНОВА', 'Иванова'],
])('takes %s for %s', (one, other) => expect(hash(one)).toBe(hash(other)))

it.each([
  ['Meier', 'Meyer'],
  ['Anna', 'Ana'],
  ['Koch', 'Kuch'],
])('keeps %s and %s apart', (one, other) => expect(hash(one)).not.toBe(hash(other)))

it('hashes two ranges as one word', () => {
  const bytes = encoder.encode('anna weber')
  expect(hashPair(bytes, 0, 1, 5, 10)).toBe(hash('aweber'))
  expect(hashPair(bytes, 0, 4, 5, 10)).toBe(hash('annaweber'))
})

it('hashes as the tokeniser does', () => {
  const tokens = makeTokens()
  const letters = fc.constantFrom(...'aeoushtnßäöüÄÖÜéèçñøþłśĐđŞabcHTSEAOUxyz019'.split(''), 'я', 'Ж', 'ễ', '\u0301')
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 24 }), (list) => {
      const bytes = encoder.encode(list.join(''))
      tokenise(bytes, 0, bytes.length, tokens)
      expect(tokens.count).toBe(1)
      expect(tokens.hash[0]).toBe(hashWord(bytes, 0, bytes.length))
    }),
  )
})
