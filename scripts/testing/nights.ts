import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Server } from '../../apps/server/src/main.ts'

/** A failure that was brought about on purpose, and whether art32 told of it. */
export interface Injected {
  readonly night: number
  readonly what: string
  readonly told: boolean
}

/** What the nights are simulated on. */
export interface Nights {
  readonly server: Server
  /** The folders of the first place and the second. */
  readonly places: readonly [string, string]
  /** Where the server makes backups before it sends them. */
  readonly staging: string
  /** Sets the clock of the server. */
  readonly setTime: (at: Date) => void
  /** Runs a statement as the administrator of PostgreSQL. */
  readonly administer: (statement: string) => Promise<unknown>
  /** Runs a statement in the database of a tenant. */
  readonly inTenant: (statement: string) => Promise<unknown>
  readonly database: string
  readonly count: number
  /** A failure comes each so many nights. */
  readonly each: number
  /** Whether drills are held each week, and what lies in a place is harmed, which they find. */
  readonly drills: boolean
}

/** What came of them. */
export interface NightsResult {
  readonly injected: readonly Injected[]
  /** Whole backups at the end in each place. */
  readonly kept: readonly number[]
  /** Nights on which something was wrong that nobody brought about. */
  readonly unasked: readonly { readonly night: number; readonly alerts: readonly string[] }[]
  readonly drills: number
}

const hour = 3_600_000

/** Lives through nights of backups, with a failure now and then, and looks each morning whether it was told. */
export async function liveThrough(nights: Nights): Promise<NightsResult> {
  const { server, count, each } = nights
  const injected: Injected[] = []
  const unasked: { night: number; alerts: readonly string[] }[] = []
  const begin = Date.UTC(2026, 0, 1)
  let drills = 0
  let isDrillDue = false
  const failures = failuresOf(nights).filter(({ isFoundByDrill }) => nights.drills || isFoundByDrill !== true)
  for (let night = 1; night <= count; night++) {
    const at = new Date(begin + night * 24 * hour + 41 * 60_000)
    nights.setTime(at)
    isDrillDue ||= nights.drills && night % 7 === 0
    const failure = night > 3 && night % each === 0 ? failures[(night / each) % failures.length] : undefined
    if (failure) {
      injected.push({ night, what: failure.what, told: await failure.happen(at) })
      continue
    }
    await server.backups.make()
    // Also of the week whose Sunday had the failure: a drill that is missed is told, as it should be.
    if (isDrillDue) {
      await server.backups.drill()
      drills++
      isDrillDue = false
    }
    nights.setTime(new Date(at.getTime() + 8 * hour))
    const alerts = (await server.backups.state()).alerts.filter(({ code }) => nights.drills || code !== 'drill-late')
    if (alerts.length > 0) unasked.push({ night, alerts: alerts.map(({ code }) => code) })
  }
  await server.backups.make()
  return { injected, kept: nights.places.map((place) => setsIn(server, place).length), unasked, drills }
}

const root = (server: Server, place: string) => join(place, server.registry.installationId, 'sets')
const setsIn = (server: Server, place: string) => readdirSync(root(server, place)).toSorted()
const newestIn = (server: Server, place: string) => join(root(server, place), setsIn(server, place).at(-1) ?? '')

interface Failure {
  readonly what: string
  readonly isFoundByDrill?: true
  /** @returns whether it was told */
  happen(at: Date): Promise<boolean>
}

function failuresOf({ server, places, staging, setTime, administer, inTenant, database }: Nights): Failure[] {
  const [first, second] = places
  const alerts = async () => (await server.backups.state()).alerts
  const says = async (code: string, place?: number) =>
    (await alerts()).some((alert) => alert.code === code && (place === undefined || alert.place === place))

  const away = (place: string, number: number): Failure => ({
    what: `place ${number} is not there`,
    async happen() {
      renameSync(place, `${place}-away`)
      await server.backups.make()
      const told = await says('not-sent', number)
      renameSync(`${place}-away`, place)
      await server.backups.send()
      return told && !(await says('not-sent', number))
    },
  })
  /** Something happens to what lies in a place; the drill finds it, and it is undone. */
  const harm = (
    what: string,
    place: string,
    number: number,
    file: RegExp,
    change: (bytes: Buffer) => Buffer,
  ): Failure => ({
    what,
    isFoundByDrill: true,
    async happen(at) {
      await server.backups.make()
      const folder = newestIn(server, place)
      const path = join(folder, readdirSync(folder).find((name) => file.test(name)) ?? '')
      const whole = readFileSync(path)
      writeFileSync(path, change(Buffer.from(whole)))
      await server.backups.drill()
      const told = await says('drill-failed', number)
      writeFileSync(path, whole)
      // The newest drill counts, and of two in the same moment neither is.
      setTime(new Date(at.getTime() + hour))
      await server.backups.drill()
      return told && !(await says('drill-failed', number))
    },
  })
  return [
    away(first, 1),
    away(second, 2),
    {
      what: 'nothing ran at night',
      async happen(at) {
        setTime(new Date(at.getTime() + 8 * hour))
        const told = (await says('late', 1)) && (await says('late', 2))
        await server.backups.make()
        return told && !(await says('late'))
      },
    },
    harm('a file was cut off', first, 1, /^tenant-/, (bytes) => bytes.subarray(0, -60)),
    harm('a byte changed', second, 2, /^control/, (bytes) => Buffer.from(bytes.fill((bytes[500] ?? 0) ^ 1, 500, 501))),
    harm('a file has no bytes', second, 2, /^tenant-/, () => Buffer.alloc(0)),
    {
      what: 'the newest backup was deleted by somebody',
      isFoundByDrill: true,
      async happen(at) {
        await server.backups.make()
        const folder = newestIn(server, first)
        renameSync(folder, `${first}-taken`)
        await server.backups.drill()
        const told = await says('drill-failed', 1)
        renameSync(`${first}-taken`, folder)
        setTime(new Date(at.getTime() + hour))
        await server.backups.drill()
        return told && !(await says('drill-failed', 1))
      },
    },
    {
      what: 'the database of a tenant could not be read',
      async happen() {
        await administer(`alter database ${database} allow_connections false`)
        await server.backups.make()
        await administer(`alter database ${database} allow_connections true`)
        return await says('no-part')
      },
    },
    {
      what: 'a tenant lost most of its rows',
      async happen() {
        await inTenant('delete from fact_content')
        await server.backups.make()
        const told = await says('odd-size')
        await inTenant(fillFacts)
        return told
      },
    },
    {
      what: 'the disk of the machine took nothing',
      async happen() {
        rmSync(join(staging, 'sets'), { recursive: true, force: true })
        writeFileSync(join(staging, 'sets'), '')
        await server.backups.make().catch(() => undefined)
        const told = await says('failed')
        rmSync(join(staging, 'sets'))
        await server.backups.make()
        return told && !(await says('failed'))
      },
    },
  ]
}

/** Rows that a tenant has. */
export const fillFacts = `insert into fact_content (hash, facts, seen_at)
  select encode(sha256(n::text::bytea), 'hex'), sha256(n::text::bytea), now() from generate_series(1, 2000) n on conflict do nothing`
