import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { exportFormats } from '@art32/probes'
import type { Judged } from '@art32/probes'
import { oscalProblems } from '@art32/press/testing'
import type { EditionDocument } from '@art32/press'
import { afterAll, describe, expect, it } from 'vitest'
import { editionOf } from './bundled-edition.ts'
import { sampleBundle } from './testing/bundle.ts'
import { runHere } from './testing/terminal.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-oscal-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const models = ['catalog', 'component-definition', 'assessment-results', 'poam']

function at(name: string, content: string | Uint8Array): string {
  const path = join(home, name)
  writeFileSync(path, content)
  return path
}

const { files } = sampleBundle()
const bundle = at('bundle.zip', zipSync(Object.fromEntries(files)))
const edition = editionOf(files) as EditionDocument
/** The same edition with a line that is only planned. */
const open = at(
  'edition.json',
  JSON.stringify({
    ...edition,
    sections: edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => (block.kind === 'line' ? { ...block, assurance: 'planned' } : block)),
    })),
  }),
)

describe('art32 oscal', () => {
  it.each([
    ['a bundle', bundle],
    ['an edition', open],
  ])('prints a valid file of %s, the same each time', async (_, source) => {
    const { exit, out, err } = await runHere(['oscal', source, '--model', 'assessment-results'])
    expect([exit, err]).toEqual([0, ''])
    expect(oscalProblems(JSON.parse(out))).toEqual([])
    expect((await runHere(['oscal', source, '--model', 'assessment-results'])).out).toBe(out)
  })

  it('keeps all of them in a folder, and says where', async () => {
    const folder = join(home, 'all')
    const { exit, err } = await runHere(['oscal', open, '--folder', folder])
    expect(exit).toBe(0)
    expect(readdirSync(folder).toSorted()).toEqual(models.map((model) => `oscal-${model}.json`).toSorted())
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8')
      expect(oscalProblems(JSON.parse(text))).toEqual([])
      expect(err).toContain(`${join(folder, name)}: ${Buffer.byteLength(text)} bytes`)
    }
  })

  it('writes no plan where nothing is open, says so, and names one of another edition', async () => {
    const folder = join(home, 'again')
    expect((await runHere(['oscal', bundle, '--folder', folder])).err).toContain('Nothing is open in this edition')
    expect(readdirSync(folder)).toHaveLength(3)
    writeFileSync(join(folder, 'oscal-poam.json'), '{}')
    expect((await runHere(['oscal', bundle, '--folder', folder])).err).toContain(
      'oscal-poam.json is of another edition',
    )
    const printed = await runHere(['oscal', bundle, '--model', 'poam'])
    expect(printed).toMatchObject({ exit: 0, out: '' })
  })

  it('keeps one in a file', async () => {
    const path = join(home, 'catalog.json')
    expect((await runHere(['oscal', bundle, '--model', 'catalog', '--output', path])).exit).toBe(0)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('catalog')
  })

  it.each([
    ['no model and no folder', [bundle], /Say which model/],
    ['a model and a folder', [bundle, '--model', 'catalog', '--folder', home], /Say which model/],
    ['an unknown model', [bundle, '--model', 'ssp'], /Allowed choices/],
    ['a file that is not there', [join(home, 'none.json'), '--model', 'catalog'], /no such file/],
    ['a document', [at('tom.md', '# Measures'), '--model', 'catalog'], /is no edition/],
    ['JSON that is no edition', [at('other.json', '{}'), '--model', 'catalog'], /is no edition of art32/],
    [
      'a date that OSCAL cannot write',
      [at('late.json', JSON.stringify({ ...edition, date: '9999-01-01T00:00:00Z' })), '--model', 'catalog'],
      /from the year 1900 to 2999/,
    ],
    ['a folder that is a file', [bundle, '--folder', at('file', '')], /is no folder/],
    ['a place that takes no file', [bundle, '--model', 'catalog', '--output', join(home, 'x', 'y')], /no such folder/],
  ])('refuses %s with status 2', async (_, args, sentence) => {
    const { exit, out, err } = await runHere(['oscal', ...args])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(sentence)
  })

  it('refuses a bundle of which a byte was changed', async () => {
    const changed = new Map(files)
    const [name = ''] = [...files.keys()].filter((one) => one.startsWith('openings/'))
    const bytes = Uint8Array.from(files.get(name) ?? [])
    bytes[5] = (bytes[5] ?? 0) ^ 1
    changed.set(name, bytes)
    const broken = at('broken.zip', zipSync(Object.fromEntries(changed)))
    expect(await runHere(['oscal', broken, '--model', 'catalog'])).toMatchObject({ exit: 1, out: '' })
  })

  it('reads a bundle that lies unpacked in a folder', async () => {
    const folder = join(home, 'unpacked')
    for (const [name, bytes] of files) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), bytes)
    }
    expect((await runHere(['oscal', folder, '--model', 'catalog'])).out).toBe(
      (await runHere(['oscal', bundle, '--model', 'catalog'])).out,
    )
  })
})

describe('art32 prove --format oscal', () => {
  it('keeps the same rules as the files of an edition', async () => {
    const { exit, out } = await runHere(['prove', '--target', 'versions:nodejs@16.0.0', '--format', 'oscal'])
    expect(exit).toBe(1)
    expect(oscalProblems(JSON.parse(out))).toEqual([])
  })

  it('also with exceptions, what could not be seen, hostile text, and nothing at all', () => {
    const judged = (state: Judged['state'], more: Partial<Judged> = {}): Judged => ({
      check: 'tls.protocols',
      version: 1,
      severity: 'high',
      system: 'tls:www.example.com:443',
      systemName: 'www.example.com:443',
      subject: state,
      key: `tls.protocols/${state}`,
      state,
      say: { en: '[press](javascript:x)\n<b> \u0000', de: ' ' },
      parameters: { minVersion: '1.2' },
      at: '2026-03-01T08:00:00.000Z',
      freshUntil: '2026-03-03T08:00:00.000Z',
      ...more,
    })
    const looks = [
      [],
      (['pass', 'fail', 'info', 'not-applicable', 'stale'] as const).map((state) => judged(state)),
      [judged('not-evaluated', { reason: 'unreachable' }), judged('fail', { check: 'no such check', system: '' })],
      [judged('fail', { exception: { reason: 'old printers\n', expires: '2026-06-30' }, factsHash: 'ab'.repeat(32) })],
    ]
    for (const all of looks) {
      const look = {
        title: '',
        release: '0.1.0',
        language: 'en',
        madeAt: '2026-03-01T09:00:00.000Z',
        judged: all,
      } as const
      expect(oscalProblems(JSON.parse([...exportFormats.oscal.write(look)].join('')))).toEqual([])
    }
  })
})
