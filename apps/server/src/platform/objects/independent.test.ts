import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openObjectStore } from './index.ts'
import type { ObjectStoreSettings } from './index.ts'

/** What the package exports; it brings no types. */
interface Server {
  run(): Promise<{ readonly port: number }>
  close(): Promise<void>
}
type ServerClass = new (options: object) => Server

const folder = mkdtempSync(join(tmpdir(), 'art32-objects-'))
const require = createRequire(import.meta.url)
const S3rver = require('@20minutes/s3rver') as ServerClass
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: folder,
  configureBuckets: [{ name: 'test-bucket', configs: [] }],
})
let settings: ObjectStoreSettings
beforeAll(async () => {
  const { port } = await server.run()
  settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'test-bucket',
    addressing: 'path',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  }
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function* body(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}

it('speaks with a server that somebody else wrote: small and large objects, parts of them, lists, refusals', async () => {
  const store = openObjectStore(settings, { mayBeLocal: true, tries: 1 })
  const small = randomBytes(1_000)
  const large = randomBytes(9 * 1_048_576)
  for (const key of ['a.csv', 'folder/ä ö+=?#.csv', 'folder/(b)!*~', 'folder/large'])
    await store.put(key, body(key.endsWith('large') ? large : small))
  const read = async (key: string, from?: number) => {
    const parts: Uint8Array[] = []
    for await (const part of (await store.get(key, from === undefined ? {} : { from })).body) parts.push(part)
    return Buffer.concat(parts)
  }
  expect((await read('folder/large')).equals(large)).toBe(true)
  expect((await read('folder/ä ö+=?#.csv', 300)).equals(small.subarray(300))).toBe(true)
  const listed = (await store.list('folder/')).objects.map(({ key, bytes }) => [key, bytes])
  expect(listed).toEqual([
    ['folder/(b)!*~', 1_000],
    ['folder/large', large.length],
    ['folder/ä ö+=?#.csv', 1_000],
  ])
  await store.remove('a.csv')
  expect(await store.head('a.csv')).toBeNull()
  store.close()
  for (const [change, code] of [
    [{ secretAccessKey: 'wrong' }, 'objects.wrong_key'],
    [{ accessKeyId: 'NOBODY' }, 'objects.wrong_key'],
    [{ bucket: 'another' }, 'objects.no_bucket'],
  ] as const) {
    const other = openObjectStore({ ...settings, ...change }, { mayBeLocal: true, tries: 1 })
    await expect(other.list('')).rejects.toMatchObject({ code })
    other.close()
  }
})
