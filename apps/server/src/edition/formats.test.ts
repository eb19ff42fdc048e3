import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { keptFormats, readEdition, renderSchema } from '@art32/press'
import type { EditionDocument, Line } from '@art32/press'
import { makePng } from '../../../../scripts/testing/png.ts'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { keptFiles } from './kept.ts'
import { makeDraft } from './publish.ts'
import { listFiles } from './store.ts'

let { server, owner, draft } = {} as Published
beforeAll(async () => {
  ;({ server, owner, draft } = await publishedEdition())
  await json(await owner.post(at('letterhead.colour'), { colour: '#0a6d5a' }))
  await json(await owner.upload(`${at('letterhead.logo')}?name=logo.png`, makePng()))
  await json(await owner.post(at('edition.sign'), { editionId: await draft() }))
})
afterAll(() => server.stop())

const fetched = async (file: string) =>
  Buffer.from(await (await fetch(`${server.url}/trust/alpha/${file}`)).arrayBuffer())

class NotKept extends Error {}

/** Publishes at a given time, and takes it back. */
async function filesOfState(): Promise<[string, string][]> {
  const files: [string, string][] = []
  const publishing = server.tenants.asSystem(
    'alpha',
    async (tx) => {
      const id = await makeDraft({ ...tx, now: new Date('2027-01-02T03:04:05Z') }, server)
      for (const { name, bytes } of await listFiles(tx, id))
        files.push([name, createHash('sha256').update(bytes).digest('hex')])
      throw new NotKept()
    },
    { settled: true },
  )
  await expect(publishing).rejects.toBeInstanceOf(NotKept)
  return files
}

it('gives the same bytes for the same state, file by file', async () => {
  const first = await filesOfState()
  expect(first.map(([name]) => name)).toEqual(expect.arrayContaining(keptFormats.map(({ file }) => file)))
  expect(await filesOfState()).toEqual(first)
})

it('can be made again from its own JSON, to the byte', async () => {
  const edition = readEdition((await fetched('edition.json')).toString('utf8'))
  expect(edition.letterhead).toMatchObject({ accent: { light: '#0a6d5a' }, logo: { width: 64, height: 32 } })
  for (const { name, bytes } of await keptFiles(edition))
    expect([name, bytes.equals(await fetched(name))]).toEqual([name, true])
})

it('attaches to both PDFs the JSON that is served', async () => {
  const served = (await fetched('edition.json')).toString('utf8')
  for (const file of ['edition.pdf', 'edition-archive.pdf']) {
    const pdf = await fetched(file)
    const raw = pdf.toString('latin1')
    const begin = raw.indexOf('\n', raw.indexOf('stream', raw.indexOf('/Type /EmbeddedFile'))) + 1
    expect([file, inflateSync(pdf.subarray(begin)).toString('utf8') === served]).toEqual([file, true])
  }
})

it('serves the same bundle twice, and the schema of this release', async () => {
  expect((await fetched('edition.schema.json')).toString('utf8')).toBe(renderSchema())
  expect((await fetched('bundle.zip')).equals(await fetched('bundle.zip'))).toBe(true)
})

it('serves a schema by which somebody else takes and refuses what the reader takes and refuses', async () => {
  const schema = z.fromJSONSchema(
    JSON.parse((await fetched('edition.schema.json')).toString('utf8')) as z.core.JSONSchema.JSONSchema,
  )
  const edition = readEdition((await fetched('edition.json')).toString('utf8'))
  const reads = (value: unknown) => {
    try {
      return readEdition(JSON.stringify(value)).format === 'art32.edition/1'
    } catch {
      return false
    }
  }
  const taken = [edition, { ...edition, number: null, review: null, source: null }, withLine(edition, everyOption)]
  for (const value of taken) expect([schema.safeParse(value).success, reads(value)]).toEqual([true, true])
  const refused = [
    { ...edition, format: 'art32.edition/2' },
    { ...edition, certified: true },
    { ...edition, limits: undefined },
    { ...edition, date: 'yesterday' },
    { ...edition, withheld: { customers: -1, auditors: 0 } },
    { ...edition, letterhead: { accent: { light: 'red', dark: '#ffffff' } } },
    { ...edition, letterhead: { logo: { type: 'image/svg+xml', width: 1, height: 1, bytes: 'AAAA' } } },
    { ...edition, sections: [{ ...edition.sections[0], blocks: [{}] }] },
    { ...edition, sections: [{ ...edition.sections[0], blocks: [{ kind: 'text', text: 'x', id: 'y' }] }] },
    withLine(edition, { assurance: 'certified' }),
    withLine(edition, { period: { held: 1, failed: 0 } }),
  ]
  for (const value of refused)
    expect([schema.safeParse(JSON.parse(JSON.stringify(value))).success, reads(value)]).toEqual([false, false])
})

const everyOption: Partial<Line> = {
  period: { held: 1, failed: 0, notLooked: 364 },
  condition: 'where possible',
  exception: { until: '2027-01-31', reason: 'One host moves until then.' },
  owner: 'CTO',
  cadence: 'annually',
  rhythm: 'P1Y',
  parameters: { tls: '1.2', days: 30, offsite: true, places: ['Berlin'] },
  systems: ['www.example.com'],
}

function withLine(edition: EditionDocument, change: object): object {
  const sections = edition.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => (block.kind === 'line' ? { ...block, ...change } : block)),
  }))
  return { ...edition, sections }
}
