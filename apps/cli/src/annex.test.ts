import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { sampleBundle } from './testing/bundle.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-annex-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const { files } = sampleBundle()
const bundle = join(home, 'bundle.zip')
writeFileSync(bundle, zipSync(Object.fromEntries(files)))
const annex = (output: string, ...more: string[]) =>
  runHere(['annex', bundle, '--as', 'clauses-annex-iii', '--output', join(home, output), ...more])

describe('art32 annex', () => {
  it.each([
    ['annex.pdf', '%PDF-'],
    ['annex.docx', 'PK'],
    ['annex.html', '<!doctype html>'],
  ])('makes %s from a bundle that holds', async (output, begins) => {
    const { exit, out, err } = await annex(output, '--language', 'de')
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain('Anhang III, Fassung')
    expect(readFileSync(join(home, output), 'latin1').startsWith(begins)).toBe(true)
  })

  it('refuses a bundle that does not hold', async () => {
    const [name, bytes] =
      [...files].find(([path]) => path.endsWith('content.content') || path.endsWith('.content')) ?? []
    if (name === undefined || bytes === undefined) throw new Error('the sample has no content')
    const changed = join(home, 'changed.zip')
    writeFileSync(
      changed,
      zipSync(
        Object.fromEntries(
          new Map(files).set(
            name,
            bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
          ),
        ),
      ),
    )
    const { exit, err } = await runHere(['annex', changed, '--as', 'dpa-annex', '--output', join(home, 'no.pdf')])
    expect(exit).toBe(1)
    expect(err).toContain('does not hold')
  })

  it('refuses a name that says no form, and an annex that is none', async () => {
    expect((await annex('annex.txt')).err).toContain('--output annex.pdf, annex.docx or annex.html')
    expect((await runHere(['annex', bundle, '--as', 'annex-v', '--output', 'x.pdf'])).exit).toBe(2)
  })
})
