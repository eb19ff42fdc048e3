import { availableParallelism } from 'node:os'
import { createHash } from 'node:crypto'
import { openInput, type Plan, profile, profileApart, readPlan, type ShieldReport, writePlan } from '@art32/shield'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import type { InspectedFile } from '../file/index.ts'
import type { Inspecting, Upload } from '../kernel/index.ts'
import { shieldErrors } from './errors.ts'
import { openShieldKey } from './key.ts'
import { countsByType, pass, refusalOf } from './pass.ts'
import * as store from './store.ts'
import type { PlanRow } from './store.ts'
import { openTurns } from './turns.ts'

/** Of a file that is kept here, as it is sent and as it is unpacked: it is sealed whole, and an export has a line for it. */
export const importLimitMiB = 40

/** How much of a file decides what it is. Bytes. */
const sampleSize = 1_048_576

/** A file of so many bytes is done with before a thread would have begun. */
const little = 65_536

/** At a time in this process, and of one tenant: each has threads of its own. */
const mostAtOnce = 4
const mostOfOne = 2

/** What went through the shield, ready to be kept. */
export class ShieldedUpload implements Upload {
  readonly name: string
  readonly bytes: Uint8Array
  readonly plan: PlanRow
  readonly report: ShieldReport
  readonly files: readonly InspectedFile[]

  constructor(plan: PlanRow, report: ShieldReport, clean: InspectedFile, more: readonly InspectedFile[]) {
    this.name = clean.name
    this.bytes = clean.bytes
    this.plan = plan
    this.report = report
    this.files = [clean, ...more]
  }
}

/** An upload without its personal data. */
export interface Cleaned {
  readonly bytes: Uint8Array
  /** What was changed or found, by type. */
  readonly removed: Readonly<Record<string, number>>
}

/** Sends bytes through the shield, outside of any transaction and off the thread that answers. */
export interface Shield {
  /** The plan that fits a file, by its first megabyte; of a workbook or a Parquet file by all of it. @throws {shield.unreadable | shield.empty} */
  profile(bytes: Uint8Array): Promise<Plan>
  /**
   * All of an upload, by a plan of the tenant.
   *
   * @throws {shield.plan_not_found | shield.busy | shield.not_kept} and what `pass` throws
   */
  pass(
    body: AsyncIterable<Uint8Array>,
    planId: string,
    by: Pick<Inspecting, 'tenantId'>,
  ): Promise<{ readonly plan: PlanRow; readonly report: ShieldReport; readonly clean: Buffer }>
  /** When it is a tenant's turn. @throws {shield.busy} */
  inTurn<T>(tenantId: string, work: (threads: number) => Promise<T>): Promise<T>
  /** How many threads one of those may have who work for hours and can wait. */
  readonly patientThreads: number
  /** A small file by the plan that its profile gives, as evidence passes. @throws as `profile` and `pass` */
  clean(bytes: Uint8Array, by: Pick<Inspecting, 'tenantId'>): Promise<Cleaned>
}

/** @param tenants to read a tenant's plan and key */
export function openShield({ tenants }: { readonly tenants: Pick<Tenants, 'asSystem'> }): Shield {
  const streams = openTurns(mostAtOnce, mostOfOne)
  const small = openTurns(mostAtOnce, mostAtOnce)
  const threads = Math.max(1, Math.min(mostAtOnce, availableParallelism() - 1))
  const look = async (bytes: Uint8Array) => await small.wait(() => profileOf(bytes))
  const inTurn = async <T>(tenantId: string, work: (many: number) => Promise<T>) => {
    const turn = streams.take(tenantId, () => work(threads))
    if (turn === null) throw shieldErrors.busy({ seconds: 20 })
    return await turn
  }
  return {
    profile: look,
    inTurn,
    patientThreads: Math.max(1, Math.floor(threads / 2)),
    async pass(body, planId, { tenantId }) {
      return await inTurn(tenantId, async () => {
        const { row, key } = await tenants.asSystem(tenantId, async (tx) => ({
          row: await getPlan(tx, planId),
          key: await openShieldKey(tx),
        }))
        const out = collector()
        const plan = parsePlan(row.plan)
        if (plan.format.kind === 'parquet') throw shieldErrors.not_kept()
        const report = await pass({ body, plan, key, sink: out.sink, limitMiB: importLimitMiB, threads })
        return { plan: row, report, clean: out.bytes() }
      })
    },
    async clean(bytes, { tenantId }) {
      const isLittle = bytes.length <= little && !isRows(bytes)
      const plan = isLittle ? await profileHere(bytes) : await look(bytes)
      const key = await tenants.asSystem(tenantId, openShieldKey)
      return await small.wait(async () => {
        const out = collector()
        const report = await pass({
          body: once(bytes),
          plan,
          key,
          sink: out.sink,
          limitMiB: importLimitMiB,
          threads: isLittle ? 0 : 1,
        })
        return { bytes: out.bytes(), removed: countsByType(report) }
      })
    },
  }
}

/** @throws {shield.plan_not_found} */
export async function getPlan(tx: TenantContext, planId: string): Promise<PlanRow> {
  const row = await store.findPlan(tx, planId)
  if (!row) throw shieldErrors.plan_not_found()
  return row
}

/** A plan as somebody sends it: YAML, or JSON, which is YAML. @throws {shield.bad_plan} */
export function parsePlan(text: string): Plan {
  try {
    return readPlan(text, 'plan')
  } catch (error) {
    const refusal = refusalOf(error)
    throw refusal === null
      ? error
      : shieldErrors.bad_plan({ problem: refusal.params['problem'] ?? '' }, { cause: error })
  }
}

/** As the report of a run names its plan. */
export function hashOfPlan(plan: Plan): string {
  return createHash('sha256').update(writePlan(plan)).digest('hex')
}

/** As `profileOf`, of what is little, and without another thread. */
async function profileHere(bytes: Uint8Array): Promise<Plan> {
  try {
    return await profile(await openInput(once(bytes)), undefined)
  } catch (error) {
    throw refusalOf(error) ?? error
  }
}

async function profileOf(bytes: Uint8Array): Promise<Plan> {
  if (bytes.length === 0) throw shieldErrors.empty()
  try {
    return await profileApart(isRows(bytes) ? bytes : bytes.subarray(0, sampleSize))
  } catch (error) {
    throw refusalOf(error) ?? error
  }
}

/** Whether this is a workbook or a Parquet file, which a library reads from its end. */
function isRows(bytes: Uint8Array): boolean {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString('latin1')
  return begin === 'PK\u0003\u0004' || begin === 'PAR1'
}

/** The shield uses its buffers again: what is kept is a copy. */
function collector(): { readonly sink: (bytes: Uint8Array) => Promise<void>; readonly bytes: () => Buffer } {
  const parts: Buffer[] = []
  return {
    sink(bytes) {
      parts.push(Buffer.from(bytes))
      return Promise.resolve()
    },
    bytes: () => Buffer.concat(parts),
  }
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
