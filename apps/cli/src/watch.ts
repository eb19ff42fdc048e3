import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeUtf8, formatVkey, parsePolicy, parseVkey } from '@art32/ledger'
import type { EditionDocument } from '@art32/press'
import { z } from 'zod'
import { loadBundle } from './bundle-source.ts'
import { editionOf } from './bundled-edition.ts'
import { keysInDns } from './dns-key.ts'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'
import { clean, hang, type Terminal } from './terminal.ts'
import { verifyFiles } from './verification.ts'
import { brokenAlerts, keyAlerts, lapsed, weakenedIfWhole, type Alert } from './watch-compare.ts'
import { writeWhole } from './whole-file.ts'

/** Options of `art32 watch`. */
export interface WatchOptions {
  /** Folder in which is kept what was seen. */
  readonly state: string
  /** As in `1h`; without it the providers are looked at once. */
  readonly every?: string
  readonly json?: boolean
  /** Whose TXT record has to name the key of the log at each look. */
  readonly domain?: string
  readonly dnsServer?: string
}

/** For tests. */
export interface WatchWorld {
  readonly now?: () => Date
  /** Resolves to false where it ends. */
  readonly pause?: (milliseconds: number) => Promise<boolean>
}

const kept = z.strictObject({
  schema: z.enum(['art32.watch/1', 'art32.watch/2']),
  url: z.string(),
  seenAt: z.string(),
  keys: z.array(z.string()).min(1),
  checkpoint: z.string(),
  /** The whole edition; an earlier release kept some of its lines, with which nothing can be compared. */
  edition: z.looseObject({ number: z.number().nullable(), date: z.string() }),
  /** Lapses that were told. */
  told: z.array(z.string()),
  /** Checkpoints of entries that a restore lost, with which that can be shown to others. */
  lost: z.array(z.string()).default([]),
})
type Kept = z.infer<typeof kept>

/** One look at one provider; a line of `--json`. */
interface Watched {
  readonly schema: 'art32.watch/1'
  readonly url: string
  readonly at: string
  readonly state: 'first' | 'in-order' | 'alert' | 'not-looked'
  readonly edition: { readonly number: number | null; readonly date: string } | null
  readonly size: number | null
  readonly say: string
  readonly alerts: readonly Alert[]
}

/**
 * Looks at what providers publish, and compares it with what was kept of the last look: whether the log goes on, and whether
 * the document says less. What was kept is replaced only by what continues it.
 *
 * @returns of the last look: 1 something to be told, 2 somebody could not be looked at, 0 otherwise
 */
export async function watch(
  urls: readonly string[],
  options: WatchOptions,
  terminal: Terminal,
  { now = () => new Date(), pause = pauseOf }: WatchWorld = {},
): Promise<0 | 1 | 2> {
  const every = options.every === undefined ? null : intervalOf(options.every)
  for (const url of urls)
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
      throw new Refusal('Name the addresses of trust pages, as in https://toms.example.com/trust/example')
  if (options.domain !== undefined && urls.length > 1)
    throw new Refusal('--domain vouches for one provider: watch each with its own domain by itself.')
  await mkdir(options.state, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new Refusal(`--state: the folder cannot be made (${errorCode(error)}).`, 2, { cause: error })
  })
  for (;;) {
    const states: Watched['state'][] = []
    for (const url of new Set(urls)) states.push(await watchOne(url, options, terminal, now()))
    const exit = states.includes('alert') ? 1 : states.includes('not-looked') ? 2 : 0
    if (every === null || !(await pause(every))) return exit
  }
}

async function watchOne(url: string, options: WatchOptions, terminal: Terminal, at: Date): Promise<Watched['state']> {
  const path = join(options.state, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.json`)
  const before = await readKept(path)
  const { watched, next } = await look(url, before, at, options)
  // Told first: an alert may come twice, never not at all.
  terminal.out(options.json === true ? `${JSON.stringify(watched)}\n` : print(watched, terminal.columns))
  if (next !== null) await writeWhole(path, [`${JSON.stringify(next, null, 2)}\n`], '--state')
  return watched.state
}

async function look(
  url: string,
  before: Kept | null,
  at: Date,
  { domain, dnsServer }: WatchOptions,
): Promise<{ watched: Watched; next: Kept | null }> {
  const base = { schema: 'art32.watch/1', url, at: at.toISOString() } as const
  const nothing = { edition: null, size: null, alerts: [] }
  try {
    const { files, from } = await loadBundle(url)
    const told = domain === undefined ? (before?.keys ?? []) : await keysInDns(domain, dnsServer)
    const keys = told.map((key) => parseVkey(nodeCrypto, key))
    const trust = { keys: keys.length === 0 ? undefined : keys }
    const held = verifyFiles(nodeCrypto, files, from, { ...trust, held: before === null ? [] : [before.checkpoint] })
    const broken = held.holds ? [] : brokenAlerts(held)
    // A publisher that says itself what a restore lost is told of once; from there on the log that goes on counts.
    const restored = broken.length > 0 && broken.every(({ kind }) => kind === 'restored') ? broken : []
    const found = restored.length === 0 ? held : verifyFiles(nodeCrypto, files, from, trust)
    const { size } = found.log
    const edition = found.holds ? editionOf(files) : null
    if (edition === null) {
      const say = before === null ? 'It does not hold.' : `It does not continue what was kept on ${before.seenAt}.`
      return { watched: { ...base, state: 'alert', edition: null, size, say, alerts: brokenAlerts(found) }, next: null }
    }
    const { number, date } = edition
    const over = lapsed(edition, at)
    const earlier = before?.schema === 'art32.watch/2' ? (before.edition as unknown as EditionDocument) : null
    const less = earlier === null ? [] : weakenedIfWhole(earlier, edition)
    if (less === null) {
      const say = 'It cannot be compared: its edition does not have the shape of art32.edition/1.'
      const alerts: Alert[] = [{ kind: 'does-not-hold', line: null, say }]
      return { watched: { ...base, state: 'alert', edition: { number, date }, size, say, alerts }, next: null }
    }
    const logs = parsePolicy(nodeCrypto, decodeUtf8(files.get('policy.txt') ?? new Uint8Array())).logs
    const own = logs.map(({ key }) => key).find(({ name }) => name === found.log.origin)
    const changed = before === null || own === undefined ? [] : keyAlerts(before.keys, formatVkey(own), found)
    const alerts = [
      ...restored,
      ...changed,
      ...less,
      ...over
        .filter(({ name }) => before?.told.includes(name) !== true)
        .map(({ kind, line, say }) => ({ kind, line, say })),
    ]
    const rotatedAway = new Set(found.rotations.map(({ from }) => parseVkey(nodeCrypto, from).name))
    const next: Kept = {
      schema: 'art32.watch/2',
      url,
      seenAt: at.toISOString(),
      // Whoever had the key before is not believed any more.
      keys:
        before === null || changed.length > 0
          ? logs
              .map(({ key }) => key)
              .filter(({ name }) => !rotatedAway.has(name))
              .map(formatVkey)
          : before.keys,
      checkpoint: decodeUtf8(files.get('checkpoint') ?? new Uint8Array()),
      edition: { ...edition },
      told: over.map(({ name }) => name),
      lost: [...(before?.lost ?? []), ...(before !== null && restored.length > 0 ? [before.checkpoint] : [])],
    }
    const state = alerts.length > 0 ? 'alert' : before === null ? 'first' : 'in-order'
    return {
      watched: {
        ...base,
        state,
        edition: { number, date },
        size,
        say: restored.length > 0 ? restoredSay : sayOf(before, number),
        alerts,
      },
      next,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { watched: { ...base, ...nothing, state: 'not-looked', say: error.message }, next: null }
  }
}

const restoredSay = 'The log was restored from a copy and goes on without what is named below.'

function sayOf(before: Kept | null, number: number | null): string {
  if (before === null)
    return 'Seen for the first time: its key is trusted from now on. Compare it with one that you got another way.'
  if (before.schema === 'art32.watch/1')
    return 'The log continues what was kept. An earlier release kept it: the lines are compared from now on.'
  if (before.edition.number !== number) return `A new edition; before it was number ${before.edition.number}.`
  return 'The log continues what was kept.'
}

function print({ url, at, state, edition, size, say, alerts }: Watched, columns: number): string {
  const glyph = { first: '✓', 'in-order': '✓', alert: '✗', 'not-looked': '–' }[state]
  const about = edition === null ? '' : ` Edition ${edition.number} of ${clean(edition.date)}, ${size} entries.`
  return [
    hang(`${glyph} `, `${at} ${url}: ${say}${about}`, columns),
    ...alerts.map((alert) =>
      hang('    ', `${alert.kind}${alert.line === null ? '' : ` ${alert.line}`}: ${alert.say}`, columns),
    ),
  ].join('')
}

/** What was kept; a damaged file is refused, since beginning anew would forget what must be continued. */
async function readKept(path: string): Promise<Kept | null> {
  try {
    return kept.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw new Refusal(`--state: ${path} cannot be read. Mend it; to begin anew with this provider, delete it.`, 2, {
      cause: error,
    })
  }
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

function intervalOf(text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? []
  const milliseconds = Number(count) * (units[unit] ?? 0)
  // A timer of Node.js takes no more.
  if (milliseconds === 0 || milliseconds > 2_147_483_647)
    throw new Refusal('--every takes minutes, hours or days up to 24d, as in 30m, 1h or 1d.')
  return milliseconds
}

async function pauseOf(milliseconds: number): Promise<true> {
  await sleep(milliseconds)
  return true
}
