import { expect, test } from 'vitest'
import { startTarget } from './target.ts'

const databaseUrl = 'postgresql://nobody@127.0.0.1:1/nothing'
const start = (file: string, from: string) => startTarget({ databaseUrl, weaken: [{ file, from, to: '' }] })

test('a weakening that finds nothing to weaken, or more than one place, starts no server', async () => {
  await expect(start('apps/server/src/http/app.ts', 'what no file holds')).rejects.toThrow('0 times, and not once')
  await expect(start('apps/server/src/http/app.ts', 'const ')).rejects.toThrow(/\d\d times, and not once/)
})
