import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

/** One line of versions of a product that is maintained together, and how long. */
export const lifecycleSchema = z.object({
  cycle: z.string(),
  /** The day after which there are no more fixes; `false`: not announced; `true`: over, without a known day. */
  endOfLife: z.union([z.iso.date(), z.boolean()]),
  /** Newest version of the cycle, and the day when it appeared. */
  latest: z.string().nullable(),
  latestDate: z.iso.date().nullable(),
})

export type Lifecycle = z.output<typeof lifecycleSchema>

const day = z.iso.date()
const row = z.tuple([z.string(), day.nullable(), z.union([day, z.boolean()]), z.string().nullable(), day.nullable()])
const tableSchema = z.object({
  source: z.string(),
  licence: z.string(),
  date: day,
  products: z.record(z.string(), z.array(row)),
})
type Table = z.output<typeof tableSchema>

/** The answer of `https://endoflife.date/api/v1/products/full`, so far as it is used. */
const upstreamSchema = z.object({
  generated_at: z.string(),
  result: z.array(
    z.object({
      name: z.string(),
      releases: z.array(
        z.object({
          name: z.string(),
          releaseDate: day.nullish(),
          isEol: z.boolean(),
          eolFrom: day.nullish(),
          latest: z.object({ name: z.string(), date: day.nullish() }).nullish(),
        }),
      ),
    }),
  ),
})

let table: Table | undefined

function current(): Table {
  table ??= parse(readFileSync(new URL('./end-of-life.json.gz', import.meta.url)))
  return table
}

/** Where the data on support periods comes from and how old it is. */
export function endOfLifeSource(): { source: string; licence: string; date: string; products: number } {
  const { source, licence, date, products } = current()
  return { source, licence, date, products: Object.keys(products).length }
}

/**
 * Replaces the data for this process: the file that ships with the package, or the answer of the API of
 * endoflife.date (`/api/v1/products/full`), plain or gzipped.
 *
 * @throws {Error} the bytes are neither; the data stays as it was
 */
export function refreshEndOfLife(bytes: Uint8Array): void {
  table = parse(bytes)
}

function parse(bytes: Uint8Array): Table {
  const document = readJson(bytes)
  const own = tableSchema.safeParse(document)
  if (own.success) return own.data
  const upstream = upstreamSchema.safeParse(document)
  if (!upstream.success)
    throw new Error(
      'This is no end-of-life data: expected the file of this package or /api/v1/products/full of endoflife.date.',
    )
  return {
    source: 'https://endoflife.date',
    licence: 'MIT',
    date: upstream.data.generated_at.slice(0, 10),
    products: Object.fromEntries(
      upstream.data.result.map(({ name, releases }) => [
        name,
        releases.map((r) => [
          r.name,
          r.releaseDate ?? null,
          r.eolFrom ?? r.isEol,
          r.latest?.name ?? null,
          r.latest?.date ?? null,
        ]),
      ]),
    ),
  }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    return JSON.parse(Buffer.from(isGzip ? gunzipSync(bytes, { maxOutputLength: 64_000_000 }) : bytes).toString('utf8'))
  } catch (cause) {
    throw new Error('This is no end-of-life data: it is not JSON.', { cause })
  }
}

/** Products whose support periods are known, by the ids of endoflife.date. */
export function knowsProduct(product: string): boolean {
  return Object.hasOwn(current().products, product)
}

/** The cycle to which a version belongs: the longest cycle name that the version begins with, part by part. */
export function lifecycleOf(product: string, version: string): Lifecycle | null {
  const rows = Object.hasOwn(current().products, product) ? (current().products[product] ?? []) : []
  const matching = rows.filter(
    ([cycle]) => version === cycle || version.startsWith(`${cycle}.`) || version.startsWith(`${cycle}-`),
  )
  const [best] = matching.sort((a, b) => b[0].length - a[0].length)
  if (best === undefined) return null
  const [cycle, , endOfLife, latest, latestDate] = best
  return { cycle, endOfLife, latest, latestDate }
}

/** Orders two versions by their numbers, part by part: `9.2` before `9.10`. Letters after the numbers are left out. */
export function compareVersions(a: string, b: string): number {
  const numbers = (version: string) => (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.').map(Number)
  const left = numbers(a)
  const right = numbers(b)
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}
