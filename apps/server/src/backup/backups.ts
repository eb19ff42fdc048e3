import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { errorClass, open, within } from '../platform/index.ts'
import type { BackupSetting, Databases, KeyRing, Log, Staging, Target } from '../platform/index.ts'
import { inControl } from '../privacy/index.ts'
import type { Registry } from '../tenant/index.ts'
import type { Continuous } from './continuous/continuous.ts'
import { openEndedLog } from './continuous/ended.ts'
import { drill as drillTarget } from './drill.ts'
import type { DrillResult } from './drill.ts'
import { codeOf, drillKeyPlace, inSet, makeSet, newDrillKey } from './making.ts'
import { manifestName, setNameOf, timeOfSet } from './manifest.ts'
import { sendSet, takeBack, tidy, unstage } from './sending.ts'
import * as store from './store.ts'
import { factsOf, stateOf } from './state.ts'
import type { BackupState } from './state.ts'

/** The queue of the nightly backup; also of one that somebody asks for. */
export const backupQueue = 'backup.make'
/** When it is due each day, as cron says it (UTC): after midnight in Europe, before the daily deletion. */
export const backupTime = '41 0 * * *'
/** The queue that sends what a place did not take at once. */
export const sendQueue = 'backup.send'
/** Every hour, as cron says it. */
export const sendTime = '11 * * * *'
/** The queue of the drill. */
export const drillQueue = 'backup.drill'
/** Sundays, after the backup. */
export const drillTime = '41 2 * * 0'

/** How long the key of one backup's drills is kept: until the drill of the week after. Days. */
export const drillKeyDays = 9

/** Backups of the installation. */
export interface Backups {
  readonly isSetUp: boolean
  /** The log of the database between the backups; null: it is not kept. */
  readonly continuous: Continuous | null
  /** Makes a backup, sends it, and takes away what is over. Where another process does, nothing happens. */
  make(): Promise<void>
  /** Sends what is made and not everywhere, and takes away what is over of a log that was switched off. */
  send(): Promise<void>
  /** Restores the newest backup of each place into a scratch database. @throws {backup.not_set_up} */
  drill(): Promise<DrillResult[]>
  /** After a start: what a crash left is ended and removed. */
  recover(): Promise<void>
  state(): Promise<BackupState>
  /** What the installation says of its backups to the checks `self.backup-…`. */
  facts(): Promise<ReturnType<typeof factsOf>>
}

/** What backups need of the rest of the server. */
export interface BackupsOptions {
  readonly control: Pool
  readonly databases: Pick<Databases, 'copyOut' | 'on' | 'scratches'>
  readonly registry: Pick<
    Registry,
    'backupKeyOf' | 'listBackupKeys' | 'instance' | 'installationId' | 'list' | 'placeOf'
  >
  readonly ring: KeyRing
  readonly setting: BackupSetting
  readonly staging: Staging
  /** Gives every waiting leaf of a tenant its place. */
  readonly settle: (tenantId: string) => Promise<unknown>
  /** The places, the first one first. */
  readonly targets: readonly Target[]
  /** The log of the database between the backups; null: it is not kept. */
  readonly continuous?: Continuous | null
  readonly version: string
  readonly now: () => Date
  readonly log: Log
}

/** Names are told apart and in order by their time, also where the clock was put back a little. */
export function nameAfter(now: Date, last: string | undefined): string {
  const before = last === undefined ? 0 : timeOfSet(last).getTime()
  const isAhead = before >= now.getTime() && before - now.getTime() < 86_400_000
  return setNameOf(isAhead ? new Date(before + 1) : now)
}

/** Opens the backups of this installation. */
export function openBackups(options: BackupsOptions): Backups {
  const { control, databases, registry, ring, setting, staging, version, now, log, settle } = options
  const targets = options.targets.map((target) => within(target, registry.installationId))
  const isSetUp = targets.length > 0 && setting.recipients.length > 0

  /** One process at a time: a lock that ends with the connection. */
  async function alone(work: () => Promise<void>): Promise<void> {
    const client = await control.connect()
    let isBroken = true
    try {
      const { rows } = await client.query<{ locked: boolean }>(
        `select pg_try_advisory_lock(hashtextextended('art32 backup', 0)) as locked`,
      )
      try {
        if (rows[0]?.locked === true) await work()
      } finally {
        // Also after a failure: the end of a connection releases it only some time later, and the next one would do nothing.
        if (rows[0]?.locked === true)
          await client.query(`select pg_advisory_unlock(hashtextextended('art32 backup', 0))`)
      }
      isBroken = false
    } finally {
      client.release(isBroken)
    }
  }

  const about = { kind: 'installation', id: `${registry.installationId}-backup` }
  const note = (
    type: 'backup.made' | 'backup.failed' | 'backup.deleted' | 'restore.proven' | 'restore.failed',
    content: object,
  ) => inControl(control, null, (tx) => tx.note(type, about, content))
  // Where it is kept, it keeps itself in order.
  const endedLog = options.continuous
    ? null
    : openEndedLog({ control, targets, setting, ring, staging, about, now, log })

  async function makeOne(): Promise<void> {
    const id = randomUUID()
    const set = nameAfter(now(), (await store.listRuns(control, 1))[0]?.set_name)
    const { recipient, sealed } = await newDrillKey(id, ring)
    await store.startRun(control, { id, set, at: now(), drillKey: sealed })
    const { recipients } = setting
    try {
      await makeSet(set, recipient, { databases, registry, recipients, staging, version, now, settle }, (part) =>
        store.addPart(control, id, part),
      )
      await store.setMade(control, id, now())
    } catch (error) {
      await fail(id, set, codeOf(error))
      throw error
    }
  }

  /** What cannot be removed here now is removed later: a disk that takes nothing must not keep it from being told. */
  const orLeft = (removal: Promise<void>) =>
    removal.catch((error: unknown) => log.warn('backup.staging-left', { error: errorClass(error) }))

  async function fail(id: string, set: string, problem: string): Promise<void> {
    await orLeft(unstage(set, staging))
    await store.endRun(control, id, now(), problem)
    await note('backup.failed', { problem, set })
    log.error('backup.failed', { code: problem })
  }

  /** Whether it was made on this disk: what another process made on its own, only that one can send. */
  const isHere = async (set: string): Promise<boolean> => (await staging.list(inSet(set, manifestName))).length > 0

  /** Sends every backup that is made and not everywhere; one that a newer one has overtaken is given up. */
  async function sendAll(): Promise<void> {
    const waiting = (await store.listOpenRuns(control)).filter((run) => run.made_at !== null)
    for (const [at, run] of waiting.entries()) {
      const isNewest = at === waiting.length - 1
      const canSend = await isHere(run.set_name)
      if (!canSend && isNewest) continue
      const copies = await store.listCopies(control, [run.id])
      let isEverywhere = true
      for (const [index, target] of targets.entries()) {
        const place = index + 1
        if (copies.some((copy) => copy.place === place && copy.kept_at !== null)) continue
        isEverywhere = canSend && (await sendTo(run, place, target)) && isEverywhere
      }
      if (!isEverywhere && isNewest) continue
      if (isEverywhere) {
        await store.endRun(control, run.id, now(), null)
        await note('backup.made', { set: run.set_name })
        await orLeft(unstage(run.set_name, staging))
      } else {
        const kept = (await store.listCopies(control, [run.id])).filter((copy) => copy.kept_at !== null)
        for (const [index, target] of targets.entries())
          if (!kept.some(({ place }) => place === index + 1))
            await takeBack(run.set_name, staging, target).catch((error: unknown) =>
              log.warn('backup.not-taken-back', { code: codeOf(error) }),
            )
        await fail(run.id, run.set_name, 'not-sent')
      }
    }
  }

  async function sendTo(run: store.Run, place: number, target: Target): Promise<boolean> {
    try {
      await sendSet(run.set_name, staging, target, setting.bytesPerSecond)
      await store.setCopy(control, { runId: run.id, place, keptAt: now(), problem: null })
      return true
    } catch (error) {
      const problem = codeOf(error)
      await store.setCopy(control, { runId: run.id, place, keptAt: null, problem })
      log.error('backup.not-sent', { code: problem })
      return false
    }
  }

  async function tidyAll(): Promise<void> {
    for (const [index, target] of targets.entries()) {
      const place = index + 1
      try {
        const removed = await tidy(target, setting.keep, await store.listProven(control, place), now())
        for (const set of removed) await store.setRemoved(control, set, place, now())
        if (removed.length > 0) await note('backup.deleted', { count: removed.length, place })
      } catch (error) {
        // Too much is kept rather than too little; the next night tries again.
        log.warn('backup.not-tidied', { code: codeOf(error) })
      }
    }
    await store.forgetDrillKeys(control, new Date(now().getTime() - drillKeyDays * 86_400_000))
  }

  async function endInterrupted(): Promise<void> {
    for (const run of await store.listOpenRuns(control))
      if (run.made_at === null) await fail(run.id, run.set_name, 'interrupted')
    await store.endInterruptedDrills(control, now())
    // What stands here without its manifest and belongs to nobody.
    const waiting = new Set((await store.listOpenRuns(control)).map((run) => run.set_name))
    for (const below of ['sets', 'keys'])
      await orLeft(staging.keepOnly(below, (name) => [...waiting].some((set) => name === set || name === `${set}.age`)))
  }

  async function drillOne(target: Target, place: number): Promise<DrillResult> {
    const id = randomUUID()
    await store.startDrill(control, { id, place, at: now() })
    const result = await drillTarget(target, {
      ring,
      scratches: databases.scratches,
      now,
      elapsed: () => performance.now(),
      newestKept: await store.findNewestKept(control, place),
      async identitiesOf(set) {
        const kept = await store.findDrillKey(control, set)
        return kept ? [open(ring, drillKeyPlace(kept.id), kept.drill_key).toString('utf8')] : []
      },
      tenantKey: (tenant) => registry.backupKeyOf(tenant),
      async noted(set) {
        const run = (await store.listRuns(control, 1_000)).find((one) => one.set_name === set)
        const parts = run ? await store.listParts(control, [run.id]) : []
        return new Map(parts.map((part) => [part.tenant_id, part]))
      },
    })
    const passed = result.findings.length === 0
    await store.endDrill(control, {
      id,
      set_name: result.set,
      ended_at: now(),
      passed,
      findings: result.findings,
      databases: result.databases,
      rows: result.rows,
      rto_ms: result.rtoMs === null ? null : Math.round(result.rtoMs),
      rpo_ms: result.rpoMs === null ? null : Math.round(result.rpoMs),
    })
    await note(passed ? 'restore.proven' : 'restore.failed', {
      databases: result.databases,
      findings: [...new Set(result.findings.map(({ code }) => code))],
      place,
      rows: result.rows,
      rpo: result.rpoMs === null ? null : Math.round(result.rpoMs / 1_000),
      rto: result.rtoMs === null ? null : Math.round(result.rtoMs / 1_000),
      set: result.set,
    })
    if (!passed) log.error('backup.drill-failed', { count: result.findings.length })
    return result
  }

  const state = async () => {
    const continuous = (await options.continuous?.state()) ?? null
    const logEnds = (await endedLog?.list()) ?? []
    return await stateOf({ control, setting, targets, tenants: () => registry.list(), continuous, logEnds, now })
  }

  return {
    isSetUp,
    continuous: options.continuous ?? null,
    async make() {
      if (!isSetUp) return
      await alone(async () => {
        await endInterrupted()
        await makeOne()
        await sendAll()
        await tidyAll()
        await endedLog?.tidy()
      })
    },
    async send() {
      if (!isSetUp) return
      const waits = (await store.listOpenRuns(control)).some((run) => run.made_at !== null)
      const isLogLeft = (await endedLog?.isLeft()) ?? false
      if (!waits && !isLogLeft) return
      await alone(async () => {
        if (waits) {
          await sendAll()
          await tidyAll()
        }
        await endedLog?.tidy()
      })
    },
    async drill() {
      const results: DrillResult[] = []
      await alone(async () => {
        for (const [index, target] of targets.entries()) results.push(await drillOne(target, index + 1))
      })
      return results
    },
    async recover() {
      // Where another process works on a backup, what it makes is none that a crash left.
      await alone(async () => {
        await databases.scratches.sweep()
        await orLeft(staging.keepOnly('beside', () => false))
        if (isSetUp) await endInterrupted()
      })
    },
    state,
    facts: async () => factsOf(await state(), (await registry.list()).length),
  }
}
