import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadResult } from '@art32/reader'
import { afterAll, describe, expect, it } from 'vitest'
import { runChild } from './testing/child.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-read-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const file = (name: string, content: string | Uint8Array) => {
  const path = join(home, name)
  writeFileSync(path, content)
  return path
}

const document = file(
  'measures.md',
  `# Technical and organisational measures

## Confidentiality

- All connections to the application are encrypted with TLS 1.2 or newer.
- Backups are encrypted with AES-256.
- Visitors are accompanied by an employee at all times.

## Availability

- Backups are made every day and kept for 30 days.

## Review

In progress!
`,
)

describe('art32 read', () => {
  it('prints statements with measures and status, faults with remedies, and what is missing', async () => {
    const { exit, out, err } = await runHere(['read', document])
    expect([exit, err]).toEqual([0, ''])
    expect(out).toMatch(/^measures\.md: Technical and organisational measures\nmd · English · \d+ words · undated\n/)
    expect(out).toMatch(/ {4}5 {2}● in place +All connections to the application/)
    expect(out).toMatch(/→ .+ \d+ %/)
    expect(out).toMatch(/○ planned +In progress!/)
    expect(out).toMatch(/Faults of the document\n/)
    expect(out).toMatch(/\n +why {3}.+\n(?: +.+\n)*? +do {4}/)
    expect(out).toMatch(/Coverage\n {2}[●○] (?:not )?spoken of +Art\. 32\(1\)\(a\)/)
    expect(out).toContain('missing: ')
  })

  it('speaks German when it is asked to', async () => {
    const { exit, out } = await runHere(['read', document, '--language', 'de'])
    expect(exit).toBe(0)
    expect(out).toContain('● umgesetzt')
    expect(out).toContain('Mängel des Dokuments')
    expect(out).toContain('Vertraulichkeit')
  })

  it('prints an array of documents as JSON, also for one', async () => {
    const { out } = await runHere(['read', document, '--json'])
    const [result, ...more] = JSON.parse(out) as ReadResult[]
    expect(more).toEqual([])
    expect(result).toMatchObject({
      schema: 'art32.read/1',
      document: { name: 'measures.md', format: 'md', language: 'en' },
    })
    expect(result?.statements.some(({ status }) => status === 'planned')).toBe(true)
  })

  it('prints the documents that can be read and says of each other what to do', async () => {
    const huge = file('huge.txt', '')
    truncateSync(huge, 200 * 1_048_576)
    const bad = [
      file('empty.txt', ''),
      huge,
      file(
        'binary.txt',
        Uint8Array.from({ length: 4000 }, (_, i) => i % 7),
      ),
      home,
      join(home, 'none'),
    ]
    const began = performance.now()
    const { exit, out, err } = await runHere(['read', ...bad, document, '--json'])
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(exit).toBe(2)
    expect(JSON.parse(out)).toHaveLength(1)
    const lines = err.trimEnd().split('\n')
    expect(lines.map((line) => line.slice(home.length))).toEqual([
      expect.stringMatching(/^\/empty\.txt: The file contains no text\. Check/),
      expect.stringMatching(/^\/huge\.txt: The file has 200 MB; at most 25 MB are read\./),
      expect.stringMatching(/^\/binary\.txt: The file is not a text document/),
      ': This is a folder or a device, not a file. Name the documents in it.',
      '/none: There is no file of this name. Check the path.',
    ])
  })

  it('says so in German', async () => {
    const { exit, err } = await runHere(['read', join(home, 'none'), '--language', 'de'])
    expect([exit, err]).toEqual([2, `${home}/none: Es gibt keine Datei dieses Namens. Bitte den Pfad prüfen.\n`])
  })

  it('prints an empty array where no document could be read', async () => {
    expect(await runHere(['read', join(home, 'none'), '--json'])).toMatchObject({ exit: 2, out: '[]\n' })
  })

  it('cannot be made to repaint the terminal by a document', async () => {
    const path = file('trick.txt', 'Measures\n\nAll data is encrypted \u001B[2Jwith TLS 1.2 \u202Eand newer.\n')
    const { out } = await runHere(['read', path])
    expect(out).toContain('encrypted')
    expect(out).not.toMatch(/[\u001B\u202E]/)
  })

  it('ends as a process with the status of the worst file', async () => {
    const ran = await runChild(['read', document, join(home, 'none')])
    expect(ran.exit).toBe(2)
    expect(ran.out).toContain('measures.md')
  })
})

it('prints what its guide shows of the document that the guide shows', async () => {
  const guide = readFileSync(new URL('../../../docs/guides/read-a-document.md', import.meta.url), 'utf8')
  const [, shown = ''] = /```markdown\n([\s\S]*?)```/.exec(guide) ?? []
  const [, printed = ''] = /```\n(my-tom\.md: [\s\S]*?)```/.exec(guide) ?? []
  const { out } = await runHere(['read', file('my-tom.md', shown)])
  expect(printed).not.toBe('')
  expect(out.slice(0, printed.length)).toBe(printed)
})
