import { describe, expect, it } from 'vitest'
import { largestMiB, refuseFile } from './file.ts'

describe('refuseFile', () => {
  it.each([
    [0, 'empty'],
    [1, null],
    [largestMiB * 1_048_576, null],
    [largestMiB * 1_048_576 + 1, 'large'],
  ])('judges a file of %i bytes as %s', (size, refused) => {
    expect(refuseFile({ size })).toBe(refused)
  })
})
