import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = path.resolve(import.meta.dirname, 'main.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'art32-shield-'))
const inFolder = (name: string) => path.join(folder, name)

/** Runs a line of a shell in the folder, with `npx art32` as this clone's. */
async function shell(line: string): Promise<void> {
  const command = line.replaceAll('npx art32', `"${process.execPath}" "${main}"`)
  await promisify(execFile)('sh', ['-c', command], { cwd: folder })
}

test('ten processes give the bytes of one', async () => {
  const lines = Array.from({ length: 2000 }, (_, n) =>
    JSON.stringify({ mail: `p${n % 97}@example.com`, n, note: `call p${n % 97}@example.com` }),
  )
  writeFileSync(inFolder('all.ndjson'), `${lines.join('\n')}\n`)
  const filter = 'npx art32 shield - - --plan events.yaml --key-file customers.key'
  await shell(
    [
      'npx art32 shield key customers.key',
      'npx art32 shield profile all.ndjson --output events.yaml',
      `${filter} < all.ndjson > whole.ndjson`,
      'split -n l/10 all.ndjson piece.',
      `for piece in piece.a?; do ${filter} < "$piece" > "clean.$piece" 2> /dev/null || exit 1; done`,
      'cat clean.piece.a? > together.ndjson',
    ].join(' && '),
  )
  const content = (name: string) => readFileSync(inFolder(name), 'utf8')
  expect(content('together.ndjson') === content('whole.ndjson')).toBe(true)
  expect(content('whole.ndjson')).not.toContain('example.com')
}, 60_000)
