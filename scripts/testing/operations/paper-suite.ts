import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { casesOf } from './cases.ts'
import { cookiesOf, openWorld } from './world.ts'
import type { World } from './world.ts'
import { foundIn, tellTales } from '../paper-words.ts'
import { pathOf } from '../../../apps/server/src/http/index.ts'
import type { AnyOperation } from '../../../apps/server/src/kernel/index.ts'

/*
 * Every paper that an operation hands out, asked for as people ask for it: a new operation with PDF and Word document is here
 * without a line of this file.
 */

interface Taken {
  readonly name: string
  readonly language: 'en' | 'de' | null
  readonly pdf: Buffer
  readonly docx: Uint8Array
}

/** Values of a field that is one of a few. */
function optionsOf(operation: AnyOperation, field: string): readonly string[] {
  let schema: unknown = operation.input.shape[field]
  while (typeof schema === 'object' && schema !== null) {
    if ('options' in schema && Array.isArray(schema.options)) return schema.options.map(String)
    schema =
      'def' in schema && typeof schema.def === 'object' && schema.def !== null && 'innerType' in schema.def
        ? schema.def.innerType
        : undefined
  }
  return []
}

const bodyOf = (docx: Uint8Array) => strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array())
/** A run that says which language it is in: text of others, such as the lines of an edition in an annex of the other language. */
const inOwnLanguage = /<w:r><w:rPr>(?:(?!<\/w:rPr>).)*<w:lang [^>]*\/>.*?<\/w:r>/gs
const textOf = (docx: Uint8Array) =>
  Object.entries(unzipSync(docx))
    .filter(([name]) => /^word\/(?:document|footer\d+)\.xml$/.test(name))
    .map(([, bytes]) =>
      strFromU8(bytes)
        .replaceAll(inOwnLanguage, '')
        .replaceAll(/<\/w:p>/g, '\n')
        .replaceAll(/<[^>]+>/g, ''),
    )
    .join('\n')

/** Some that have to be among the papers, by where their operations stand. */
const known = {
  'a-c': ['audit.export'],
  'd-f': ['duty.export year', 'duty.record', 'edition.annex'],
  'g-p': ['guideline.acceptances'],
  'q-z': ['risk.export'],
}
const isIn = {
  'a-c': (id: string) => id < 'd',
  'd-f': (id: string) => id >= 'd' && id < 'g',
  'g-p': (id: string) => id >= 'g' && id < 'q',
  'q-z': (id: string) => id >= 'q',
}

/** Some of the papers in one language; a file each, so that each takes a few seconds. */
export function describePapers(own: 'en' | 'de', some: keyof typeof known): void {
  let world: World
  // Not beside the function: one process runs several files.
  const taken: Taken[] = []

  beforeAll(async () => {
    world = await openWorld()
    const papers = world.server.operations.filter(
      (operation) =>
        operation.kind === 'download' &&
        operation.scope === 'tenant' &&
        isIn[some](operation.id) &&
        ['pdf', 'docx'].every((form) => optionsOf(operation, 'format').includes(form)) &&
        // An edition is no paper: its forms are kept, and have tests of their own.
        !['edition.file', 'room.file'].includes(operation.id),
    )
    const wishes: (() => Promise<void>)[] = []
    for (const { operation, me, input } of await casesOf(world, papers)) {
      const isAsked = optionsOf(operation, 'language').includes('de')
      // What is in a language of its own is looked at once.
      if (!isAsked && own !== 'en') continue
      const languages = isAsked ? [own] : [null]
      const parts = optionsOf(operation, 'what')
      const fetched = async (more: Record<string, string>) => {
        const query = new URLSearchParams(
          Object.entries({ ...input, ...more }).map(([key, value]) => [key, String(value)]),
        )
        const address = `${world.server.local}${pathOf(operation).replace('{tenant}', me.tenant)}?${query.toString()}`
        const response = await fetch(address, { headers: cookiesOf(me) })
        expect([operation.id, more, response.status]).toEqual([operation.id, more, 200])
        return Buffer.from(await response.arrayBuffer())
      }
      for (const what of parts.length === 0 ? [null] : parts)
        for (const language of languages)
          wishes.push(async () => {
            const asked = { ...(what === null ? {} : { what }), ...(language === null ? {} : { language }) }
            const [pdf, docx] = await Promise.all([
              fetched({ ...asked, format: 'pdf' }),
              fetched({ ...asked, format: 'docx' }),
            ])
            const name = [operation.id, what, language].filter((part) => part !== null).join(' ')
            taken.push({ name, language, pdf, docx: new Uint8Array(docx) })
          })
    }
    // Two are set at a time, and forty may wait; there are more papers than that.
    const rest = wishes.values()
    const work = async () => {
      for (const wish of rest) await wish()
    }
    await Promise.all([work(), work(), work()])
  }, 300_000)
  afterAll(() => world.server.stop())

  describe('every paper', () => {
    it('is one that this test knows of', () => {
      const names = known[some].map((name) => `${name} ${own}`)
      expect(taken.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    })

    it('is an accessible PDF that names its language', () => {
      for (const { name, language, pdf } of taken) {
        const source = pdf.toString('latin1')
        const found = {
          standard: source.includes('<pdfuaid:part>1</pdfuaid:part>'),
          tagged: /\/MarkInfo\s*<<[^>]*\/Marked true/.test(source),
          language: language === null || new RegExp(`/Lang\\s*\\(${language}`).test(source),
        }
        expect([name, found]).toEqual([name, { standard: true, tagged: true, language: true }])
      }
    })

    it('has no heading over nothing, and no section without a word', () => {
      for (const { name, docx } of taken) {
        const body = bodyOf(docx)
        // Paragraphs and tables in their order, each by the level of its heading; 0: text.
        const levels = [...body.matchAll(/<w:tbl>.*?<\/w:tbl>|<w:p>.*?<\/w:p>|<w:p\/>/gs)].flatMap(([piece]) => {
          if (piece.replaceAll(/<[^>]+>/g, '').trim() === '') return []
          return Number(/<w:pStyle w:val="Heading(\d)"\/>/.exec(piece)?.[1] ?? 0)
        })
        const bare = levels.filter((level, at) => {
          const next = levels[at + 1]
          return level > 0 && (next === undefined || (next > 0 && next <= level))
        })
        expect([name, bare]).toEqual([name, []])
        for (const section of body.split('<w:sectPr').slice(0, -1))
          expect([name, section.replaceAll(/<[^>]+>/g, '').trim() === '']).toEqual([name, false])
      }
    })

    it('has no fixed word of the other language', async () => {
      const words = await tellTales()
      expect(words.en.length).toBeGreaterThan(50)
      expect(words.de).toContain('keine Angabe')
      for (const { name, language, docx } of taken) {
        if (language === null) continue
        const other = language === 'en' ? 'de' : 'en'
        expect([name, foundIn(textOf(docx), words[other])]).toEqual([name, []])
      }
      // The test looks: it finds the words of a paper's own language.
      const telling = taken.filter(({ docx }) => foundIn(textOf(docx), words[own]).length > 0)
      expect(telling.length).toBeGreaterThan(1)
    })

    it('writes days as people do', () => {
      for (const { name, docx } of taken)
        expect([name, textOf(docx).match(/\b\d{4}-\d{2}-\d{2}(?:T\S*)?/g) ?? []]).toEqual([name, []])
    })

    // LibreOffice is no part of this project; where it is not installed, nothing is claimed.
    it.skipIf(!existsSync('/usr/bin/soffice'))(
      'is opened by LibreOffice without a complaint',
      async () => {
        const folder = await mkdtemp(join(tmpdir(), 'art32-papers-'))
        try {
          const files = await Promise.all(
            taken.map(async ({ docx }, index) => {
              const file = join(folder, `${index}.docx`)
              await writeFile(file, docx)
              return file
            }),
          )
          const profile = `-env:UserInstallation=file://${folder}/profile`
          const { stderr } = await promisify(execFile)('soffice', [
            profile,
            '--headless',
            '--convert-to',
            'pdf',
            '--outdir',
            folder,
            ...files,
          ])
          expect(stderr).not.toMatch(/error|warning: (?!failed to launch javaldx)/i)
          const made = (await readdir(folder)).filter((file) => file.endsWith('.pdf'))
          expect(made).toHaveLength(taken.length)
          for (const file of made) expect((await readFile(join(folder, file))).length).toBeGreaterThan(5_000)
        } finally {
          await rm(folder, { recursive: true })
        }
      },
      120_000,
    )
  })
}
