import { expect, it } from 'vitest'
import { cleanText } from './text.ts'

it('leaves lines, and nothing that no reader could see', () => {
  expect(cleanText('  a\u202E b \t\r\n\n c\u0007  \n')).toBe('a b\n\n c')
})

it('is done at once with a line of blanks that ends otherwise', () => {
  expect(cleanText(`a${' '.repeat(2_000_000)}b`)).toHaveLength(2_000_002)
})
