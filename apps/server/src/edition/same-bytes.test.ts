import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keptFormats, readEdition, renderSchema } from '@art32/press'
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
      const id = await makeDraft({ ...tx, now: new Date('2027-01-02T03:04:05Z') })
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

it('serves the schema, and the same bundle twice', async () => {
  expect((await fetched('edition.schema.json')).toString('utf8')).toBe(renderSchema())
  expect((await fetched('bundle.zip')).equals(await fetched('bundle.zip'))).toBe(true)
})
