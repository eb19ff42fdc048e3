import fc from 'fast-check'
import { zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { Refusal } from './refusal.ts'
import { readOperations } from './remote-operation.ts'
import type { Remote } from './remote.ts'
import { unpack, UnreadableArchive } from './verify-page/unpack.ts'
import { unzip } from './zip.ts'

const seeded = (numRuns: number) => ({ seed: 32, numRuns })
const changes = fc.array(
  fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255)),
  { minLength: 1, maxLength: 5 },
)

/** A file with some bytes set or left out. */
function changed(good: Uint8Array, list: readonly (readonly [isSet: boolean, where: number, value: number])[]): Buffer {
  let bytes = Buffer.from(good)
  for (const [isSet, where, value] of list) {
    const at = Math.floor(where * bytes.length)
    if (isSet) bytes.fill(value, at, Math.min(at + 1, bytes.length))
    else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)])
  }
  return bytes
}

const files = [
  { name: 'edition.json', content: Buffer.from('{"measures":[]}'.repeat(30)) },
  { name: 'ledger/checkpoint', content: Buffer.from('art32.example/1\n3\n') },
] as const
const good = zipSync(Object.fromEntries(files.map(({ name, content }) => [name, content])))

it('a bundle that is damaged anywhere gives its own files, or is refused', () => {
  const limits = { entries: 10, unpackedBytes: 100_000 }
  expect(unzip(good, limits).size).toBe(2)
  fc.assert(
    fc.property(changes, (list) => {
      try {
        const contents = files.map(({ content }) => content.toString())
        for (const bytes of unzip(changed(good, list), limits).values())
          expect(contents).toContain(Buffer.from(bytes).toString())
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }),
    seeded(1_000),
  )
})

it('a bundle that is damaged anywhere is unpacked or refused in a browser', () => {
  expect(unpack(good).size).toBe(2)
  fc.assert(
    fc.property(changes, (list) => {
      try {
        unpack(changed(good, list))
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableArchive)
      }
    }),
    seeded(1_000),
  )
})

it('any description of a server is its operations, or is refused', async () => {
  const schema = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.record(
      {
        properties: fc.jsonValue({ maxDepth: 2 }),
        required: fc.jsonValue({ maxDepth: 1 }),
        anyOf: fc.array(fc.jsonValue({ maxDepth: 1 })),
        enum: fc.jsonValue({ maxDepth: 1 }),
      },
      { requiredKeys: [] },
    ),
  )
  const body = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.record({ content: fc.record({ 'application/json': fc.record({ schema }) }) }),
  )
  const operation = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.record({ requestBody: body, parameters: fc.oneof(fc.array(schema), schema), responses: body }),
  )
  const node = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.record({ paths: fc.dictionary(fc.string(), fc.record({ get: operation, post: operation })) }),
  )
  await fc.assert(
    fc.asyncProperty(node, async (document) => {
      const remote = {
        origin: 'https://art32.example.com',
        send: () => Promise.resolve(new Response('')),
        json: () => Promise.resolve(document),
      } as unknown as Remote
      await readOperations(remote).catch((error: unknown) => expect(error).toBeInstanceOf(Refusal))
    }),
    seeded(200),
  )
})
