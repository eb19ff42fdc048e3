import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildKernel, kernelFile } from '../../kernel/build.ts'

it('builds the committed kernel from its source, byte for byte', async () => {
  const built = await buildKernel()
  expect(Buffer.from(built).equals(readFileSync(kernelFile))).toBe(true)
})
