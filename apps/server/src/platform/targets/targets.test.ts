import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startObjectStore } from '../../../../../scripts/testing/object-store.ts'
import type { TestObjectStore } from '../../../../../scripts/testing/object-store.ts'
import { folderTarget } from './folder.ts'
import { s3Target } from './s3.ts'
import { keepOf, recipientsOf, targetOf } from './setting.ts'
import { slowed } from './slowed.ts'
import type { Target } from './target.ts'
import { within } from './within.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-places-'))
let store: TestObjectStore
const places = new Map<string, () => Target>()
beforeAll(async () => {
  store = await startObjectStore()
  places.set('a folder', () => folderTarget(folder))
  places.set('a bucket', () =>
    s3Target({ kind: 's3', store: store.settings, prefix: 'far/' }, join(folder, 'notes'), { pauseMs: 5, tries: 2 }),
  )
})
afterAll(async () => {
  expect(store.mistakes).toEqual([])
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}
async function* breaking(bytes: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < bytes; sent += 1_048_576) yield await Promise.resolve(Buffer.alloc(1_048_576, sent >>> 20))
  throw new Error('the source broke')
}

describe.each(['a folder', 'a bucket'])('%s', (kind) => {
  const place = () => within(places.get(kind)?.() ?? folderTarget(folder), 'inst')

  it('keeps, lists, reads and removes files', async () => {
    await place().put('sets/1/a', parts('one', 'two'), 6)
    await place().put('sets/1/b', parts(''), 0)
    await place().put('sets/2/a', parts('x'), 1)
    expect((await place().list('sets/1/')).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'sets/1/a', bytes: 6 },
      { name: 'sets/1/b', bytes: 0 },
    ])
    expect((await buffer(place().get('sets/1/a'))).toString()).toBe('onetwo')
    await place().put('sets/1/a', parts('new'), 3)
    expect((await buffer(place().get('sets/1/a'))).toString()).toBe('new')
    for (const name of ['sets/1/a', 'sets/1/b', 'sets/1/b', 'sets/2/a']) await place().remove(name)
    expect(await place().list('')).toEqual([])
  })

  it('says that a file is missing', async () => {
    await expect(buffer(place().get('sets/none'))).rejects.toMatchObject({ code: 'target.missing' })
  })

  it('has nothing under a name when what was sent broke off or was shorter than it said', async () => {
    await expect(place().put('sets/3/a', breaking(9_437_184), 20_000_000)).rejects.toThrow('the source broke')
    await expect(place().put('sets/3/b', parts('short'), 6)).rejects.toMatchObject({ code: 'target.short' })
    expect(await place().list('')).toEqual([])
    await place().remove('sets/3/a')
    expect(store.uploads.size).toBe(0)
  })
})

it('goes on with an upload to a bucket where it broke off', async () => {
  const target = places.get('a bucket')?.()
  const whole = Buffer.alloc(20 * 1_048_576, 7)
  const name = 'inst/sets/4/a'
  store.fail(({ method, query }) =>
    method === 'PUT' && query.get('partNumber') === '2' ? { status: 503, code: 'SlowDown' } : undefined,
  )
  await expect(target?.put(name, parts(whole.toString('latin1')), whole.length)).rejects.toMatchObject({
    code: 'objects.throttled',
  })
  store.fail(null)
  store.asked.length = 0
  await target?.put(name, parts(whole.toString('latin1')), whole.length)
  expect(store.asked.filter((asked) => asked.includes('partNumber=1'))).toEqual([])
  expect(store.objects.get(`far/${name}`)?.bytes.equals(whole)).toBe(true)
  expect(store.uploads.size).toBe(0)
  expect(readdirSync(join(folder, 'notes'))).toEqual([])
})

it('refuses a folder that is not there: an empty mount point is no backup', async () => {
  const away = folderTarget(join(folder, 'not-mounted'))
  await expect(away.put('a', parts('x'), 1)).rejects.toMatchObject({ code: 'target.no_folder' })
  await expect(away.list('')).rejects.toMatchObject({ code: 'target.no_folder' })
})

it('lets bytes pass no faster than it is told', async () => {
  let waited = 0
  const wait = (ms: number) => Promise.resolve(void (waited += ms))
  const passed = await buffer(slowed(parts('x'.repeat(500), 'y'.repeat(500)), 1_000, wait))
  expect([passed.length, Math.round(waited)]).toEqual([1_000, 1_000])
})

describe('what is set', () => {
  const key = { id: 'id', secret: 'secret' }
  it('is a folder or a bucket', () => {
    expect(targetOf('/mnt/backup/', key)).toEqual({ kind: 'folder', folder: '/mnt/backup' })
    expect(targetOf('s3://nightly/art32?endpoint=https://s3.example.com&region=eu-1', key)).toMatchObject({
      kind: 's3',
      prefix: 'art32/',
      store: { bucket: 'nightly', endpoint: 'https://s3.example.com', region: 'eu-1', accessKeyId: 'id' },
    })
  })
  it.each([
    ['backup', key],
    ['s3://bucket', key],
    ['s3://id:secret@bucket?endpoint=https://s3.example.com', key],
    ['s3://bucket?endpoint=https://s3.example.com&secret=1', key],
    ['s3://bucket?endpoint=https://s3.example.com', { id: 'id', secret: null }],
  ])('is refused where it is neither: %s', (text, given) => {
    expect(() => targetOf(text, given)).toThrow('is not understood')
  })
  it('never takes a secret key for a recipient', () => {
    expect(() => recipientsOf('AGE-SECRET-KEY-1QQQQ')).toThrow('must not be on this machine')
    expect(() => recipientsOf('age1nonsense')).toThrow('age1…')
    expect(() => keepOf('0d,1w,1m')).toThrow('at least one day')
  })
})
