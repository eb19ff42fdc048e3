import type { IncomingMessage } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { changed, changes, seeded } from '../../../../scripts/testing/fuzz.ts'
import { zipOf } from '../file/testing/samples.ts'
import { AppError } from '../kernel/index.ts'
import { openArchive } from './archive.ts'
import { documentOf, refusalOf, required } from './objects/answer.ts'
import { packTar, TarError, unpackTar } from './tar.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-damaged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = [
  { name: 'manifest.json', content: Buffer.from('{"format":"art32.tenant/1"}') },
  { name: 'tables/measure.ndjson', content: Buffer.from('{"id":1}\n'.repeat(40)) },
  { name: 'files/a', content: Buffer.from('stored'), stored: true },
] as const
const known = new Map<string, Buffer>(files.map(({ name, content }) => [name, content]))

it('an archive of a tenant that is damaged anywhere gives its own bytes, or is refused', async () => {
  const good = zipOf(files)
  const path = join(folder, 'export.zip')
  const read = async (bytes: Uint8Array) => {
    writeFileSync(path, bytes)
    const archive = await openArchive(path, { mayBeNamed: (name) => known.has(name), mostBytes: 1_000_000 })
    try {
      for (const name of archive.files.keys()) {
        const parts: Buffer[] = []
        for await (const part of archive.read(name)) parts.push(part)
        expect(Buffer.concat(parts)).toEqual(known.get(name))
      }
    } finally {
      await archive.close()
    }
  }
  await read(good)
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      await read(changed(good, list)).catch((error: unknown) => expect(error).toBeInstanceOf(AppError))
    }),
    seeded(500),
  )
})

it('an archive of a backup that is damaged anywhere is read or refused', async () => {
  const packed: Uint8Array[] = []
  const both = Readable.from(files.slice(0, 2).map(({ name, content }) => ({ name, bytes: content })))
  for await (const piece of packTar(both as AsyncIterable<{ name: string; bytes: Uint8Array }>)) packed.push(piece)
  const good = Buffer.concat(packed)
  const read = async (bytes: Uint8Array, size: number) => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, n * size + size),
    )
    let total = 0
    for await (const file of unpackTar(Readable.from(pieces) as AsyncIterable<Uint8Array>)) total += file.bytes.length
    expect(total).toBeLessThanOrEqual(bytes.length)
  }
  await read(good, 100)
  await fc.assert(
    fc.asyncProperty(changes, fc.integer({ min: 50, max: 2_000 }), async (list, size) => {
      await read(changed(good, list), size).catch((error: unknown) => expect(error).toBeInstanceOf(TarError))
    }),
    seeded(500),
  )
})

describe('an answer of an object store', () => {
  const good = Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>a &amp; b</Message><Region>eu</Region></Error>',
  )
  const answer = (bytes: Uint8Array, statusCode: number) =>
    Object.assign(Readable.from([bytes]), {
      statusCode,
      headers: { 'retry-after': '1e999' },
    }) as unknown as IncomingMessage

  it('damaged anywhere is a document or refused, and every refusal has a code of ours', async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.integer({ min: 100, max: 999 }), async (list, status) => {
        const bytes = changed(good, list)
        const document = await documentOf(answer(bytes, 200), 'Error', 1_000).catch((error: unknown) => {
          expect(error).toBeInstanceOf(AppError)
          return null
        })
        if (document !== null)
          try {
            expect(required(document, 'Code').length).toBeLessThan(1_000)
          } catch (error) {
            expect(error).toMatchObject({ code: 'objects.unreadable' })
          }
        const refusal = await refusalOf(answer(bytes, status), 1_000)
        expect(refusal.code).toMatch(/^objects\.\w+$/)
      }),
      seeded(1_000),
    )
  })
})
