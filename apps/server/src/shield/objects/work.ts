import type { Plan, RootKey } from '@art32/shield'
import type { TenantContext, Tenants } from '../../evidence/index.ts'
import { AppError } from '../../kernel/index.ts'
import { databaseOutage, errorClass, openAlone } from '../../platform/index.ts'
import type { Crew, Log, ObjectStore } from '../../platform/index.ts'
import type { Tenant } from '../../tenant/index.ts'
import { openShieldKey } from '../key.ts'
import { getPlan, parsePlan } from '../shield.ts'
import type { Shield } from '../shield.ts'
import { ReportView } from '../views.ts'
import { find } from './find.ts'
import { enqueue } from './job.ts'
import type { ObjectJob } from './job.ts'
import { openStore } from './places.ts'
import { kindOf, problemOf } from './problem.ts'
import * as store from './store.ts'
import type { JobRow, ObjectRow } from './store.ts'
import { sumOf } from './sum.ts'
import { passObject } from './unit.ts'

/** What work over objects needs of the rest of the server. */
export interface ObjectWorkDependencies {
  readonly tenants: Tenants
  readonly shield: Pick<Shield, 'patientThreads'>
  readonly log: Log
  /** Whether a tenant may reach this machine itself. */
  readonly mayBeLocal: (tenant: Tenant) => boolean
  /** Tells who watches that something of this tenant changed. */
  readonly notify: (tenantId: string) => void
  /** Wakes whenever something of this tenant changed. @returns how to stop that */
  readonly onChange: (tenantId: string, wake: () => void) => () => void
  /** All processes of the installation: whoever works on a job holds its name. */
  readonly crew?: Pick<Crew, 'tryHold'>
}

/** Works on jobs over objects. */
export interface ObjectWork {
  /** Works on a job until it ends, or for some minutes: then it is queued again. A job that is worked on already is left alone. */
  work(job: ObjectJob): Promise<void>
  /** Breaks off what is under way; it goes on with the next start. */
  stop(): void
}

/** A queue holds a job for a quarter of an hour, and others wait for their turn. */
const sliceMs = 600_000
/** How long a store that fails is left alone, each time; then somebody has to look. Minutes. */
const waitMinutes = [1, 2, 5, 15, 30, 60] as const
/** How often it is written down where it is within an object. */
const noteMs = 2_000

/** Nobody's fault: the job ended, or the process does. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff'
}

/** One job, opened. */
interface Opened {
  readonly tenantId: string
  readonly row: JobRow
  readonly objects: ObjectStore
  readonly plan: Plan
  readonly key: RootKey
}

/** Opens work on jobs. */
export function openObjectWork(dependencies: ObjectWorkDependencies): ObjectWork {
  const { tenants, log, notify, onChange, mayBeLocal, crew = openAlone() } = dependencies
  const busy = new Map<string, AbortController>()
  let isStopping = false

  async function prepare(tx: TenantContext, jobId: string, signal: AbortSignal): Promise<Opened | null> {
    const row = await store.findJob(tx, jobId)
    const place = row && (await store.findStore(tx, row.store_id))
    if (!row || !place) return null
    if (!isUnderWay(row.state) && row.state !== 'cancelled') return null
    const plan = parsePlan((await getPlan(tx, row.plan_id)).plan)
    // What is cleared up was cancelled: its signal must not be.
    const reach = { mayBeLocal: mayBeLocal(tx.tenant), ...(isUnderWay(row.state) ? { signal } : {}) }
    return { tenantId: tx.tenant.id, row, plan, key: await openShieldKey(tx), objects: openStore(tx, place, reach) }
  }

  const renewed = (jobId: string): AbortController => {
    const stop = new AbortController()
    busy.set(jobId, stop)
    return stop
  }

  async function attend(job: ObjectJob, stop: AbortController): Promise<void> {
    const { tenantId, jobId } = job
    const within = async <T>(one: (tx: TenantContext) => Promise<T>) => await tenants.asSystem(tenantId, one)
    let opened: Opened | null = null
    try {
      opened = await within(async (tx) => await prepare(tx, jobId, stop.signal))
      if (opened === null) return
      if (opened.row.state === 'cancelled') return await clearUp(opened, within)
      if (opened.row.state === 'listing') await list(opened, within)
      if (await goThrough(opened, stop.signal, within)) await finish(opened.row, tenantId)
      else await within(async (tx) => await enqueue(tx, jobId))
    } catch (error) {
      if (isStopping) throw error
      if (databaseOutage(error) !== null) throw error
      // Whoever cancelled it queued the clearing up, which found the job at work: it is done at once, and nothing where it goes on.
      if (stop.signal.aborted) return await attend(job, renewed(jobId))
      if (!(error instanceof AppError)) log.error('shield.job_failed', { error: errorClass(error) })
      await within(async (tx) => await ended(tx, jobId, error))
    } finally {
      opened?.objects.close()
      notify(tenantId)
    }
  }

  async function list({ row, objects, tenantId }: Opened, within: Within): Promise<void> {
    await within(async (tx) => await store.clearObjects(tx, row.id))
    for await (const found of find(objects.listAll(row.input), row))
      await within(async (tx) => await store.addObjects(tx, row.id, found))
    await within(async (tx) => await store.beginJob(tx, row.id))
    notify(tenantId)
  }

  /** @returns false where its time is over before its objects are */
  async function goThrough(opened: Opened, signal: AbortSignal, within: Within): Promise<boolean> {
    const { row } = opened
    const until = Date.now() + sliceMs
    while (Date.now() < until) {
      const next = await within(async (tx) => await store.nextObject(tx, row.id))
      if (next === undefined) return true
      if (signal.aborted) throw new BrokenOff()
      await one(opened, next, signal, within)
      notify(opened.tenantId)
    }
    return false
  }

  async function one(opened: Opened, object: ObjectRow, signal: AbortSignal, within: Within): Promise<void> {
    const { row, objects, plan, key } = opened
    let noted = Date.now()
    try {
      const { report, sha256 } = await passObject({
        objects,
        row: object,
        plan,
        key,
        threads: object.bytes < 65_536 ? 0 : dependencies.shield.patientThreads,
        began: async (upload) =>
          await within(async (tx) => await store.setUpload(tx, row.id, object.output_key, upload)),
        async at(bytes) {
          if (signal.aborted) throw new BrokenOff()
          if (Date.now() - noted < noteMs) return
          noted = Date.now()
          await within(async (tx) => await store.setAt(tx, row.id, object.key, bytes))
          notify(opened.tenantId)
        },
      })
      const view = ReportView.parse(JSON.parse(JSON.stringify(report)))
      await within(async (tx) => await store.doneObject(tx, row.id, object.key, { report: view, sha256 }))
    } catch (error) {
      if (signal.aborted || databaseOutage(error) !== null || kindOf(error) !== 'object') throw error
      if (!(error instanceof AppError)) log.error('shield.object_failed', { error: errorClass(error) })
      await within(async (tx) => await store.failObject(tx, row.id, object.key, problemOf(error)))
      // What was sent of it is of no use to anybody.
      await clearUp(opened, within)
    }
  }

  async function finish({ id, started_by: by }: JobRow, tenantId: string): Promise<void> {
    const done = async (tx: TenantContext) => {
      const sum = await sumOf(tx, id)
      const { failed = 0 } = (await store.findJob(tx, id)) ?? {}
      if (!(await store.endJob(tx, id, { state: 'done', report: sum }))) return
      await tx.append({
        type: 'shield.reported',
        about: { kind: 'shield-job', id },
        code: 'job',
        content: {
          after: {
            failed,
            objects: sum?.objects ?? 0,
            records: sum?.records ?? 0,
            ...(sum === null
              ? {}
              : {
                  plan: sum.plan,
                  keyId: sum.keyId,
                  counts: countsOf(sum),
                  warnings: sum.warnings,
                  outputs: sum.outputs,
                }),
          },
        },
      })
    }
    await tenants.asSystem(tenantId, done, by === null ? {} : { inNameOf: by })
  }

  return {
    async work(job) {
      if (busy.has(job.jobId)) return
      const release = await crew.tryHold(`object job ${job.jobId}`)
      // Another process is at it, and goes on until it ends.
      if (release === null) return
      renewed(job.jobId)
      const look = async () => {
        const state = await tenants.asSystem(job.tenantId, async (tx) => await store.stateOf(tx, job.jobId))
        if (state === undefined || !isUnderWay(state)) busy.get(job.jobId)?.abort(new BrokenOff())
      }
      // A cancellation is a change of the tenant: a store that is silent need not answer first.
      const unwatch = onChange(job.tenantId, () => void look().catch(() => undefined))
      try {
        await attend(job, busy.get(job.jobId) ?? renewed(job.jobId))
      } finally {
        unwatch()
        busy.delete(job.jobId)
        await release()
      }
    },
    stop() {
      isStopping = true
      for (const stop of busy.values()) stop.abort(new BrokenOff())
    },
  }
}

type Within = <T>(one: (tx: TenantContext) => Promise<T>) => Promise<T>

const isUnderWay = (state: JobRow['state']): boolean => state === 'listing' || state === 'running'

/** What keeps a job from going on: it waits, or stops until somebody did something. */
async function ended(tx: TenantContext, jobId: string, error: unknown): Promise<void> {
  const { code } = problemOf(error)
  const wait = kindOf(error) === 'passing' ? waitMinutes[(await store.waitJob(tx, jobId, code)) - 1] : undefined
  if (wait !== undefined) {
    await enqueue(tx, jobId, new Date(tx.now.getTime() + wait * 60_000))
    return
  }
  if (await store.endJob(tx, jobId, { state: 'stopped', problem: code }))
    await tx.append({ type: 'shield.job', about: { kind: 'shield-job', id: jobId }, code: 'stopped' })
}

/** Lets go of uploads that are not gone on with; a store that does not answer keeps them until its own rule deletes them. */
async function clearUp({ row, objects }: Opened, within: Within): Promise<void> {
  for (const { output_key: key, upload } of await within(async (tx) => await store.listUploads(tx, row.id))) {
    await objects.abandon(key, upload)
    await within(async (tx) => await store.setUpload(tx, row.id, key, null))
  }
}

function countsOf({
  columns,
}: {
  readonly columns: readonly {
    found: Readonly<Record<string, number>>
    changed: number
    did: string
    type: string | null
  }[]
}): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { found, changed, did, type } of columns) {
    for (const [one, count] of Object.entries(found)) counts[one] = (counts[one] ?? 0) + count
    if (did !== 'keep' && did !== 'text' && type !== null && changed > 0) counts[type] = (counts[type] ?? 0) + changed
  }
  return counts
}
