import { setTimeout as sleep } from 'node:timers/promises'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { nextSegment, slowed } from '../../platform/index.ts'
import type { BackupSetting, ClusterArchive, KeyRing, Log, Staging, Target } from '../../platform/index.ts'
import { AppError } from '../../kernel/index.ts'
import { codeOf, one } from '../making.ts'
import { setNameOf, timeOfSet } from '../manifest.ts'
import { makeBase, readBase, unless } from './file-copy.ts'
import { namesToRemove } from './keeping.ts'
import { archiveFileOf, archiveFolder, linesOf, partFile, spansOf } from './names.ts'
import type { KnownBase, Span } from './names.ts'
import { sealPart } from './part.ts'
import { vouchingKeys } from './signed.ts'
import type { VouchingKey } from './signed.ts'

/** How often a part of the log is ended, so that all until then can be kept elsewhere. Milliseconds. */
export const momentMs = 4 * 60_000

/** How often is looked whether there is something to keep. Milliseconds. */
const roundMs = 10_000

/** A place whose newest moment is older than this is late. Milliseconds. */
export const lateMs = 15 * 60_000

/** What waits for a place that is away, at most, before the line is given up. Bytes. */
const usualLimit = 4 * 1_073_741_824

/** Less free room than this, and the line is given up as well: the database comes first. Bytes. */
const leastFree = 512 * 1_048_576

/** After a base that failed. Milliseconds. */
const baseAgainMs = 15 * 60_000

/** A place that did not answer is asked again after so long, and does not keep the others waiting meanwhile. Milliseconds. */
const askAgainMs = 60_000

/** A place that does not answer at the end is not waited for. Milliseconds. */
const farewellMs = 10_000

/** How often is looked for what is over. Milliseconds. */
const tidyMs = 3_600_000

/** When a new base is due each day, in minutes after midnight (UTC): after the nightly backup. */
const baseMinute = 71

/** Where the line that is written is remembered, and what the doctor reads. */
export const lineFile = `${archiveFolder}line`
export const stateFile = `${archiveFolder}state`

const LineNote = z.object({ line: z.string(), key: z.string(), begun: z.iso.datetime(), isAfterGap: z.boolean() })
type LineNote = z.output<typeof LineNote>

/** How the continuous archive stands. */
export interface ContinuousState {
  readonly places: readonly {
    readonly kind: Target['kind']
    /** The last moment to which a restore from there is possible; null: none yet. */
    readonly until: Date | null
    /** The first one. */
    readonly from: Date | null
    /** All of them, the oldest first; between two of them is a gap. */
    readonly spans: readonly Span[]
    readonly problem: string | null
  }[]
  /** Bytes that wait here for a place. */
  readonly waiting: number
  /** When it began, in this process. */
  readonly startedAt: Date
  /** When the log had a gap; null: not in this line. */
  readonly gapAt: Date | null
}

/** Keeps the log of the database elsewhere. */
export interface Continuous {
  /** Ends the part of the log that is being written, and keeps all that is there. One after the other. */
  keepNow(): Promise<void>
  /** Makes a base now, and keeps it. */
  makeBase(): Promise<void>
  state(): Promise<ContinuousState>
  /** Begins to keep by itself. */
  start(): void
  stop(): Promise<void>
}

/** What it needs. */
export interface ContinuousOptions {
  readonly archive: ClusterArchive
  /** Of the administrator of the cluster. */
  readonly url: string
  readonly setting: BackupSetting
  readonly ring: KeyRing
  readonly installation: string
  readonly staging: Staging
  /** Within the folder of the installation. */
  readonly targets: readonly Target[]
  readonly version: string
  readonly now: () => Date
  readonly log: Log
  /** Bytes that may wait. For tests. */
  readonly limit?: number
}

/** Opens the continuous archive of the embedded cluster. */
export function openContinuous(options: ContinuousOptions): Continuous {
  const { archive, url, setting, ring, installation, staging, targets, version, now, log } = options
  const limit = options.limit ?? usualLimit
  const startedAt = now()
  const moments = new Map<string, Date>()
  const places = targets.map((target) => ({
    target,
    /** Names that it has; null: it was not asked yet, or did not answer the last time. */
    files: null as Set<string> | null,
    problem: null as string | null,
    /** Whether it has ever answered this process. */
    isKnown: false,
    /** When it is asked again. */
    askAfter: 0,
    /** What its bases say of themselves, by line and base; null: nothing that is believed. */
    bases: new Map<string, KnownBase | null>(),
  }))
  let note: LineNote | null = null
  /** The last part of the line that is sealed. */
  let last: string | null = null
  let lastMoment = 0
  let lastTry = 0
  let lastTidy = 0
  let running: Promise<void> = Promise.resolve()
  let basing: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()

  const alone = (work: () => Promise<void>): Promise<void> => {
    const next = running.then(work, work)
    running = next.catch(() => undefined)
    return next
  }

  const beginLine = async (isAfterGap: boolean): Promise<LineNote> => {
    await staging.keepOnly(archiveFolder.slice(0, -1), () => false)
    // What waits is of no use to it: it begins with a base that is still to be made.
    for (const { name } of await archive.spooled()) await archive.removeSpooled(name)
    const before = note === null ? 0 : timeOfSet(note.line).getTime()
    const begun = new Date(Math.max(now().getTime(), before + 1))
    note = { line: setNameOf(begun), key: keyNow().id, begun: begun.toISOString(), isAfterGap }
    await staging.put(lineFile, one(Buffer.from(JSON.stringify(note))))
    last = null
    lastTry = 0
    moments.clear()
    return note
  }

  const keyNow = (): VouchingKey => vouchingKeys(ring)[0]

  /** The line that is written: the one that was, unless its log has gone another way since. */
  async function currentLine(): Promise<LineNote> {
    if (note === null) {
      const kept = await readNote()
      if (kept === null) return await beginLine(false)
      note = kept
      // What a kill left half made.
      const manifests = new Set((await staged()).filter((name) => name.endsWith('.manifest')))
      await staging.keepOnly(archiveFolder.slice(0, -1), (name) => name === kept.line || name === 'line')
      await staging.keepOnly(`${archiveFolder}${kept.line}/log`, (name) => !name.endsWith('.part'))
      await staging.keepOnly(`${archiveFolder}${kept.line}/base`, (name) =>
        manifests.has(`${archiveFolder}${kept.line}/base/${name.replace(/\.age$/, '.manifest')}`),
      )
      last = lastPartOf(await staged(), kept.line)
    }
    // Whoever restores has one master key.
    if (note.key !== keyNow().id) return await beginLine(false)
    return note
  }

  async function readNote(): Promise<LineNote | null> {
    try {
      return LineNote.parse(JSON.parse((await buffer(staging.get(lineFile))).toString('utf8')))
    } catch {
      return null
    }
  }

  const staged = async () => (await staging.list(archiveFolder)).map(({ name }) => name).filter(archiveFileOf)

  /** Asks the places that were not asked yet what they have. */
  async function look(isForced: boolean): Promise<void> {
    for (const place of places) {
      if (place.files !== null || (!isForced && now().getTime() < place.askAfter)) continue
      try {
        place.files = new Set((await place.target.list(archiveFolder)).map(({ name }) => name))
        place.bases.clear()
        place.problem = null
      } catch (error) {
        told(place, error)
        continue
      }
      const { line } = await currentLine()
      const there = lastPartOf(place.files, line)
      const isNew = !place.isKnown
      place.isKnown = true
      if (there === null || !isNew) continue
      // The data folder was put back as it was some time ago: two logs would have parts of one name.
      if (there >= (await archive.current(url))) await beginLine(true)
      else if (last === null || there > last) last = there
    }
  }

  function told(place: (typeof places)[number], error: unknown): void {
    const problem = codeOf(error)
    if (place.problem !== problem) log.error('backup.log-not-kept', { code: problem })
    place.problem = problem
    place.files = null
    place.askAfter = now().getTime() + askAgainMs
  }

  /** Seals what PostgreSQL has copied. */
  async function take(): Promise<void> {
    for (const { name } of await archive.spooled()) {
      const { line } = await currentLine()
      if (last !== null && name > nextSegment(last)) {
        log.error('backup.log-gap', { code: 'part-missing' })
        await beginLine(true)
        return
      }
      if (last === null || name > last) {
        const until = moments.get(name) ?? null
        const bytes = await archive.readSpooled(name)
        const sealed = await sealPart({ line, part: name, until }, bytes, setting.recipients, keyNow())
        await staging.put(partFile(line, name, until), sealed)
        last = name
      }
      moments.delete(name)
      await archive.removeSpooled(name)
    }
  }

  /** Brings what is sealed to each place. */
  async function send(kinds: readonly ('part' | 'base')[]): Promise<void> {
    for (const place of places) {
      if (place.files === null) continue
      try {
        for (const { name, bytes } of await toSend(kinds)) {
          if (place.files.has(name)) continue
          const sent = slowed(staging.get(name), setting.bytesPerSecond)
          // At the end what is small is still sent; a base goes on with the next start.
          await place.target.put(name, kinds.includes('base') ? unless(stopping.signal, sent) : sent, bytes)
          place.files.add(name)
        }
      } catch (error) {
        told(place, error)
      }
    }
    for (const { name } of await toSend(kinds))
      if (places.every(({ files }) => files?.has(name) === true)) await staging.remove(name)
  }

  /** A manifest comes after its base. */
  async function toSend(kinds: readonly ('part' | 'base')[]) {
    const files = (await staging.list(archiveFolder)).filter(({ name }) => {
      const kind = archiveFileOf(name)?.kind
      return kind !== undefined && kinds.includes(kind === 'part' ? 'part' : 'base')
    })
    const rank = (name: string) => `${name.endsWith('.manifest') ? 1 : 0}${name}`
    const sorted = files.toSorted((a, b) => (rank(a.name) < rank(b.name) ? -1 : 1))
    // A copy whose manifest is not there is still being made.
    const whole = new Set(files.map(({ name }) => name).filter((name) => name.endsWith('.manifest')))
    return sorted.filter(
      ({ name }) => archiveFileOf(name)?.kind !== 'base' || whole.has(name.replace(/\.age$/, '.manifest')),
    )
  }

  async function waiting(): Promise<number> {
    const parts = (await staging.list(archiveFolder)).filter(({ name }) => archiveFileOf(name)?.kind === 'part')
    return [...parts, ...(await archive.spooled())].reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** The database is not to stop for a place that is away: what waits is let go, and a new line begins. */
  async function keepWithin(): Promise<void> {
    const bytes = await waiting()
    if (bytes === 0 || (bytes <= limit && (await staging.free()) >= leastFree)) return
    log.error('backup.log-gap', { code: 'too-much-waits' })
    await beginLine(true)
  }

  async function round(isForced: boolean): Promise<void> {
    await currentLine()
    await look(isForced)
    if (isForced || now().getTime() - lastMoment >= momentMs) {
      lastMoment = now().getTime()
      const { at, segment } = await archive.endSegment(url)
      moments.set(segment, at)
      await copied(segment)
    }
    await take()
    await send(['part'])
    await keepWithin()
    await writeState()
  }

  /** PostgreSQL copies a part a moment after its end. */
  async function copied(segment: string): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if ((await archive.spooled()).some(({ name }) => name >= segment)) return
      await sleep(50)
    }
  }

  function isBaseDue(line: string, files: readonly string[]): boolean {
    const newest = linesOf(files)
      .find(({ name }) => name === line)
      ?.bases.at(-1)
    if (newest === undefined) return true
    const due = new Date(now())
    due.setUTCHours(0, baseMinute, 0, 0)
    if (due > now()) due.setUTCDate(due.getUTCDate() - 1)
    return timeOfSet(newest) < due
  }

  async function attendBase(): Promise<void> {
    const { line } = await currentLine()
    const reached = places.filter(({ files }) => files !== null)
    const known = [...(await staged()), ...reached.flatMap(({ files }) => [...(files ?? [])])]
    if (reached.length > 0 && now().getTime() - lastTry >= baseAgainMs && isBaseDue(line, known)) {
      lastTry = now().getTime()
      await newBase(line)
      lastTidy = 0
    }
    await send(['base'])
    if (now().getTime() - lastTidy < tidyMs) return
    lastTidy = now().getTime()
    await tidy(line)
  }

  async function newBase(line: string): Promise<void> {
    const base = setNameOf(now())
    const key = keyNow()
    const { recipients } = setting
    const { signal } = stopping
    await makeBase({ line, base }, { archive, url, recipients, key, staging, version, installation, signal })
    // Meanwhile another line may have begun, whose staging this is not.
    if ((await currentLine()).line !== line) await staging.keepOnly(`${archiveFolder}${line}`, () => false)
  }

  async function tidy(line: string): Promise<void> {
    for (const place of places) {
      if (place.files === null) continue
      try {
        const removed = await namesToRemove([...place.files], {
          days: setting.keep.days,
          now: now(),
          current: line,
          fromOf: async (of, base) =>
            (await readBase(place.target, { line: of, base }, vouchingKeys(ring)).catch(() => undefined))?.from,
        })
        for (const name of removed) {
          await place.target.remove(name)
          place.files.delete(name)
        }
      } catch (error) {
        log.warn('backup.not-tidied', { code: codeOf(error) })
      }
    }
  }

  /** Reads what the bases of a place say of themselves: each once. */
  async function readBases(place: (typeof places)[number], lines: ReturnType<typeof linesOf>): Promise<void> {
    const there = new Set(lines.flatMap(({ name, bases }) => bases.map((base) => `${name}/${base}`)))
    for (const known of place.bases.keys()) if (!there.has(known)) place.bases.delete(known)
    for (const { name: line, bases } of lines)
      for (const base of bases) {
        if (place.bases.has(`${line}/${base}`)) continue
        try {
          place.bases.set(`${line}/${base}`, await readBase(place.target, { line, base }, vouchingKeys(ring)))
        } catch (error) {
          // A place that did not answer is asked again; what is not what was kept stays so.
          if (error instanceof AppError && error.code.startsWith('backup.')) place.bases.set(`${line}/${base}`, null)
        }
      }
  }

  async function state(): Promise<ContinuousState> {
    const line = note?.line
    const seen = []
    for (const place of places) {
      const lines = linesOf(place.files ?? [])
      const own = lines.find(({ name }) => name === line)
      const moments = [...(own?.parts.values() ?? [])].flatMap(({ until }) => until ?? [])
      const isBegun = own !== undefined && own.bases.length > 0 && moments.length > 0
      await readBases(place, lines)
      const spans = spansOf(lines, (of, base) => place.bases.get(`${of}/${base}`) ?? null)
      seen.push({
        kind: place.target.kind,
        until: isBegun ? new Date(Math.max(...moments.map((one) => one.getTime()))) : null,
        from: spans[0]?.from ?? null,
        spans,
        problem: place.problem,
      })
    }
    return {
      places: seen,
      waiting: await waiting(),
      startedAt,
      gapAt: note?.isAfterGap === true ? new Date(note.begun) : null,
    }
  }

  /** For who looks from beside. */
  async function writeState(): Promise<void> {
    await staging.put(stateFile, one(Buffer.from(JSON.stringify({ at: now().toISOString(), ...(await state()) }))))
  }

  const failed = (error: unknown) => {
    if (!stopping.signal.aborted) log.error('backup.log-not-kept', { code: codeOf(error) })
  }

  const bases = (work: () => Promise<void>): Promise<void> => {
    basing = (basing ?? Promise.resolve()).then(work)
    const own = basing
    const over = () => {
      if (basing === own) basing = null
    }
    own.then(over, over)
    return own
  }

  return {
    keepNow: () => alone(() => round(true)),
    makeBase: async () => {
      await alone(() => round(true))
      await bases(async () => {
        await newBase((await currentLine()).line)
        await send(['base'])
        await tidy((await currentLine()).line)
      })
      await alone(() => round(true))
    },
    state,
    start() {
      const next = () => {
        if (stopping.signal.aborted) return
        timer = setTimeout(() => {
          alone(() => round(false))
            .then(() => {
              // A base takes longer than the log may wait.
              if (basing === null && !stopping.signal.aborted) bases(attendBase).catch(failed)
            })
            .catch(failed)
            .finally(next)
        }, roundMs).unref()
      }
      alone(() => round(true))
        .then(() => bases(attendBase))
        .catch(failed)
        .finally(next)
    },
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await basing?.catch(() => undefined)
      // What was written last is kept, too; a place that is away is not waited for.
      const over = alone(() => round(true)).catch(failed)
      await Promise.race([over, sleep(farewellMs, undefined, { ref: false })])
    },
  }
}

function lastPartOf(names: Iterable<string>, line: string): string | null {
  let last: string | null = null
  for (const name of names) {
    const found = archiveFileOf(name)
    if (found?.kind === 'part' && found.line === line && (last === null || found.part > last)) last = found.part
  }
  return last
}
