import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readApart } from './reading.ts'

const now = new Date('2026-11-22T00:00:00Z')
const bytes = (text: string) => new TextEncoder().encode(text)

it('reads a document in a process apart and keeps its name', async () => {
  const text =
    '# Technical and organisational measures\n\n- All passwords are stored as argon2id hashes.\n- Visitors are escorted.\n'
  const { document, statements } = await readApart(bytes(text), 'Measures of Example.md', now)
  expect(document.name).toBe('Measures of Example.md')
  expect(statements.map((one) => one.text)).toContain('Visitors are escorted.')
})

it('hands on the sentence of a refusal in both languages', async () => {
  const refusal = await readApart(bytes(''), 'empty.txt', now).catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'document.unreadable', definition: { status: 422 } })
  expect((refusal as { say(language: string): string }).say('de')).toMatch(/enthält keinen Text/)
})

it('is not harmed by a name that looks like an option or a path', async () => {
  const text = 'Technische und organisatorische Maßnahmen\n\n- Besucher werden stets begleitet und eingetragen.\n'
  for (const name of ['--inspect', '../../../etc/passwd', '-e process.exit()', '.txt'])
    expect((await readApart(bytes(text), name, now)).document.name).toBe(name)
})

it('does not blame the document where no helper can be started on the machine', async () => {
  const execPath = process.execPath
  try {
    // What the loader does where a library is missing: 127, and nothing is read.
    for (const instead of ['/nothing/node', await programThat('exit 127')]) {
      process.execPath = instead
      await expect(readApart(bytes('A document.'), 'document.txt', now)).rejects.toMatchObject({
        code: 'apart.not_started',
      })
    }
  } finally {
    process.execPath = execPath
  }
})

async function programThat(does: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'art32-program-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'program')
  await writeFile(path, `#!/bin/sh\n${does}\n`, { mode: 0o755 })
  return path
}
