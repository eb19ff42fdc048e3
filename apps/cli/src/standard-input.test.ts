import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const main = path.resolve(import.meta.dirname, 'main.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'art32-stdin-'))

async function shell(line: string): Promise<void> {
  const command = line.replaceAll('art32', `"${process.execPath}" "${main}"`)
  await promisify(execFile)('sh', ['-c', command], { cwd: folder })
}

const shield = 'art32 shield - - --plan plan.yaml --key-file key 2> said'
const content = (name: string) => readFileSync(path.join(folder, name), 'utf8')

describe('a table on standard input', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 40_000 }, (_, n) => `${n},p${n % 999}@example.com,"a note, ${n}"`)
    writeFileSync(path.join(folder, 'all.csv'), `id,mail,note\n${rows.join('\n')}\n`)
    await shell(
      'art32 shield key key 2> said && art32 shield profile all.csv --output plan.yaml && art32 shield all.csv expected --plan plan.yaml --key-file key 2> said',
    )
  })

  it.each([
    ['through a pipe', `cat all.csv | ${shield} > got`],
    ['through a slow pipe', `{ head -c 70001 all.csv; sleep 0.3; tail -c +70002 all.csv; } | ${shield} > got`],
    ['from a file', `${shield} < all.csv > got`],
    ['from a file, from where it was read to', `{ head -c 0; ${shield}; } < all.csv > got`],
    ['to a slow reader', `cat all.csv | ${shield} | { sleep 0.3; cat; } > got`],
  ])('is read whole %s', async (_, line) => {
    await shell(line)
    expect(content('got') === content('expected')).toBe(true)
    expect(content('said')).toContain('40,000 records')
  })

  it('that is empty is refused or empty, and ends', async () => {
    await shell(`${shield} < /dev/null > got; : | ${shield} > piped; true`)
    expect([content('got'), content('piped')]).toEqual(['', ''])
  })
})
