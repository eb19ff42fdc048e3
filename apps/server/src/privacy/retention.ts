import { randomUUID } from 'node:crypto'
import type { SignOffRecord } from '@art32/press'
import { escapeIdentifier } from 'pg'
import type { Pool } from 'pg'
import { integratePending } from '../evidence/index.ts'
import type { Queryable, TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug } from '../kernel/index.ts'
import { errorClass } from '../platform/index.ts'
import type { Log } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { inControl } from './installation-log.ts'
import { ruleIds, rules } from './rules.ts'
import type { Rule, RuleId } from './rules.ts'

/** The queue of the daily run. */
export const retentionQueue = 'retention.run'

/** Empty of the nightly run, and of one that somebody asks for. */
export interface RetentionJob {
  /** Of a start that finds a run due: nothing is left to do where another one was quicker. */
  readonly catchesUp?: true
}

/** When it is due each day, as cron says it. */
export const retentionTime = '17 3 * * *'

/** Rows that one statement takes: bounds how long anything else waits for it. */
const batchSize = 1_000

/** A run that began longer ago than this without an end, or none at all, is overdue. */
export const overdueHours = 48

/** A run that was stopped is gone on with for so long; after that a new one looks at everything. */
const resumeHours = 12

/** How many rows each rule took. */
export type Counts = Readonly<Partial<Record<RuleId, number>>>

/** A run as it is kept. */
export interface RetentionRun {
  readonly id: string
  readonly started_at: Date
  readonly finished_at: Date | null
  /** When it was found stopped half-way: such a run came to no end, and counts as none. */
  readonly interrupted_at: Date | null
  readonly counts: Counts
  /** Databases that were looked through and that could not be; of the installation's runs only. */
  readonly looked: number
  readonly failed: number
}

/** A run that came to its end in one tenant. */
export type EndedRun = Pick<RetentionRun, 'id' | 'started_at' | 'counts'>

/** What a run signs off in a tenant: the record for the leaf, and what keeps the commitment to it. */
export interface RunSignOff {
  readonly record: SignOffRecord
  readonly keep: (commitment: Buffer) => Promise<void>
}

/** Deletes what ran out. */
export interface Retention {
  /**
   * Runs once; where another process runs already, nothing happens. Killed at any point, the next start finishes the rest
   * of the same run, or a new one begins when that is long ago.
   */
  run(job?: RetentionJob): Promise<void>
  /** Whether the last run that came to its end began more than a day ago. */
  isDue(): Promise<boolean>
  /** The last runs of the installation, newest first. */
  runs(): Promise<RetentionRun[]>
  /** What the installation says of it to the check `self.retention-kept`. */
  facts(): Promise<{ lastEndedAt: string | null; missed: number; overdue: boolean }>
}

/** Opens the daily deletion. */
export function openRetention(options: {
  control: Pool
  registry: Registry
  tenants: Tenants
  now: () => Date
  log: Log
  /** Told of each run that came to its end in a tenant, in the same transaction: whether a measure rests on it. */
  signOff?: (tx: TenantContext, run: EndedRun) => Promise<RunSignOff | null>
  /** For tests, which have fewer rows. */
  batch?: number
}): Retention {
  const { control, registry, tenants, now, log, signOff = () => Promise.resolve(null), batch = batchSize } = options

  async function ofInstallation({ id, counts: before }: RetentionRun): Promise<Counts> {
    let counts = before
    for (let full = true; full;) {
      full = await inControl(control, null, async ({ sql }) => {
        const taken = await takeAll(sql, 'control', now(), batch)
        counts = add(counts, taken.counts)
        await sql.query('update retention_run set counts = $2 where id = $1', [id, counts])
        return taken.isFull
      })
    }
    return counts
  }

  /** @returns what the run took in this tenant, also before it was stopped; null where it was found interrupted here */
  async function ofTenant(tenantId: string, id: string): Promise<Counts | null> {
    let counts: Counts | null = {}
    const work = async (tx: TenantContext) => {
      await endInterrupted(tx, id)
      const known = await findRun(tx, id)
      counts = known?.interrupted_at ? null : (known?.counts ?? {})
      if (counts === null || known?.finished_at) return false
      const taken = await takeAll(tx.sql, 'tenant', tx.now, batch)
      counts = add(counts, taken.counts)
      await tx.sql.query(
        `insert into retention_run (id, started_at, finished_at, counts) values ($1, $2, $3, $4)
         on conflict (id) do update set finished_at = excluded.finished_at, counts = excluded.counts`,
        [id, tx.now, taken.isFull ? null : tx.now, counts],
      )
      if (!taken.isFull) await tell(tx, { id, started_at: known?.started_at ?? tx.now, counts })
      return taken.isFull
    }
    while (await tenants.asSystem(tenantId, work, { evenSuspended: true }));
    return counts
  }

  /** Says in the ledger what a run took; nothing where it took nothing and no measure rests on it. */
  async function tell(tx: TenantContext, run: EndedRun): Promise<void> {
    const signed = await signOff(tx, run)
    if (total(run.counts) === 0 && signed === null) return
    const commitments = await tx.append({
      type: 'retention.performed',
      about: { kind: 'retention', id: run.id },
      content: { content: run.counts, ...(signed === null ? {} : { 'sign-off': signed.record }) },
    })
    if (signed === null) return
    const commitment = commitments['sign-off']
    if (!commitment) throw bug('a deletion was appended without its commitment')
    await signed.keep(commitment)
  }

  /** The run that was stopped a short time ago, or a new one. */
  async function begin(): Promise<RetentionRun> {
    return await inControl(control, null, async ({ sql, note }) => {
      const { rows: open } = await sql.query<RetentionRun>(
        'select * from retention_run where finished_at is null and interrupted_at is null order by started_at desc for update',
      )
      const oldest = now().getTime() - resumeHours * 3_600_000
      const own = open.find((run) => run.started_at.getTime() > oldest)
      for (const run of open.filter((one) => one !== own)) {
        await sql.query('update retention_run set interrupted_at = $2 where id = $1', [run.id, now()])
        await note('retention.performed', { kind: 'retention', id: run.id }, { counts: run.counts, interrupted: true })
      }
      if (own) return own
      const { rows } = await sql.query<RetentionRun>(
        'insert into retention_run (id, started_at) values ($1, $2) returning *',
        [randomUUID(), now()],
      )
      if (!rows[0]) throw bug('a run began without a row')
      return rows[0]
    })
  }

  async function runAll(): Promise<void> {
    const run = await begin()
    const { id } = run
    let counts = await ofInstallation(run)
    let looked = 1
    let failed = 0
    for (const tenant of await registry.list()) {
      try {
        const taken = await ofTenant(tenant.id, id)
        if (taken === null) failed++
        else {
          counts = add(counts, taken)
          looked++
        }
      } catch (error) {
        // One that was deleted meanwhile holds nothing; one that cannot be reached must not keep the data of the others.
        if (error instanceof AppError && error.code === 'tenant.not_found') continue
        failed++
        log.error('retention.failed', { tenant: tenant.id, error: errorClass(error) })
        // Where that cannot be written either, the next run shows as missing.
        await tenants
          .asSystem(tenant.id, (tx) => markInterrupted(tx, id), { evenSuspended: true })
          .catch(() => undefined)
      }
    }
    await inControl(control, null, async ({ sql, note }) => {
      await sql.query(
        'update retention_run set finished_at = $2, counts = $3, looked = $4, failed = $5 where id = $1',
        [id, now(), counts, looked, failed],
      )
      await note('retention.performed', { kind: 'retention', id }, { counts, looked, failed })
    })
    await integratePending(control, registry.instance)
  }

  async function isDue(): Promise<boolean> {
    const { rows } = await control.query(
      'select 1 from retention_run where finished_at is not null and started_at > $1',
      [new Date(now().getTime() - 24 * 3_600_000)],
    )
    return rows.length === 0
  }

  return {
    async run({ catchesUp = false } = {}) {
      const client = await control.connect()
      try {
        const { rows } = await client.query<{ mine: boolean }>(
          `select pg_try_advisory_lock(hashtext('art32 retention')) as mine`,
        )
        if (!rows[0]?.mine) return
        try {
          if (!catchesUp || (await isDue())) await runAll()
        } finally {
          await client.query(`select pg_advisory_unlock(hashtext('art32 retention'))`)
        }
      } finally {
        client.release()
      }
    },
    isDue,
    async runs() {
      return await listRuns(control)
    },
    async facts() {
      const { rows } = await control.query<{ since: Date }>('select since from installation')
      const last = lastEnded(await listRuns(control))
      return {
        lastEndedAt: last?.started_at.toISOString() ?? null,
        missed: last?.failed ?? 0,
        overdue: isOverdue(last, rows[0]?.since ?? now(), now()),
      }
    },
  }
}

/** The last runs in one database, newest first. */
export async function listRuns(sql: Queryable): Promise<RetentionRun[]> {
  return (await sql.query<RetentionRun>('select * from retention_run order by started_at desc limit 30')).rows
}

/** The last run that came to its end. @param runs newest first */
export function lastEnded(runs: readonly RetentionRun[]): RetentionRun | undefined {
  return runs.find((run) => run.finished_at !== null)
}

/** Whether no run came to its end lately. @param since what is younger than the rhythm itself cannot be late */
export function isOverdue(last: RetentionRun | undefined, since: Date, now: Date): boolean {
  return (now.getTime() - (last?.started_at ?? since).getTime()) / 3_600_000 > overdueHours
}

async function findRun({ sql }: TenantContext, id: string): Promise<RetentionRun | undefined> {
  return (await sql.query<RetentionRun>('select * from retention_run where id = $1', [id])).rows[0]
}

/** What an earlier run had done in this tenant when it was stopped, is said in the ledger by the next one. */
async function endInterrupted(tx: TenantContext, id: string): Promise<void> {
  const { rows } = await tx.sql.query<RetentionRun>(
    `update retention_run set interrupted_at = $1
     where finished_at is null and interrupted_at is null and id <> $2 returning *`,
    [tx.now, id],
  )
  for (const run of rows) await tellInterrupted(tx, run)
}

/** Keeps that this run could not come to its end here, also where it never began. */
async function markInterrupted(tx: TenantContext, id: string): Promise<void> {
  const { rows } = await tx.sql.query<RetentionRun>(
    `insert into retention_run (id, started_at, interrupted_at) values ($1, $2, $2)
     on conflict (id) do update set interrupted_at = excluded.interrupted_at
       where retention_run.finished_at is null and retention_run.interrupted_at is null
     returning *`,
    [id, tx.now],
  )
  for (const run of rows) if (total(run.counts) > 0) await tellInterrupted(tx, run)
}

async function tellInterrupted({ append }: TenantContext, { id, counts }: RetentionRun): Promise<void> {
  await append({
    type: 'retention.performed',
    about: { kind: 'retention', id },
    code: 'interrupted',
    content: { content: counts },
  })
}

/** Takes one batch by every rule of a database. */
async function takeAll(
  sql: Queryable,
  where: Rule['in'],
  now: Date,
  batch: number,
): Promise<{ counts: Counts; isFull: boolean }> {
  const counts: Partial<Record<RuleId, number>> = {}
  for (const id of ruleIds) {
    if (rules[id].in !== where) continue
    const taken = await take(sql, rules[id], now, batch)
    if (taken > 0) counts[id] = taken
  }
  return { counts, isFull: Object.values(counts).some((count) => count >= batch) }
}

/** Takes the rows that ran out, at most a batch; rows that somebody is working on are left for the next time. */
async function take(sql: Queryable, rule: Rule, now: Date, batch: number): Promise<number> {
  const table = escapeIdentifier(rule.table)
  const found = `select ctid from ${table} where ${escapeIdentifier(rule.from)} < $1::timestamptz - $2::interval
    ${rule.where === undefined ? '' : `and (${rule.where})`} limit $3 for update skip locked`
  const set = Object.entries(rule.leaves ?? {}).map(([column, value]) => `${escapeIdentifier(column)} = ${value}`)
  const change = rule.leaves ? `update ${table} set ${set.join(', ')}` : `delete from ${table}`
  const { rows } = await sql.query<{ n: number }>(
    `with taken as (${change} where ctid = any (array(${found})) returning 1) select count(*)::int as n from taken`,
    [now, rule.after, batch],
  )
  return rows[0]?.n ?? 0
}

function add(a: Counts, b: Counts): Counts {
  const sum: Partial<Record<RuleId, number>> = { ...a }
  for (const id of ruleIds) if (b[id] !== undefined) sum[id] = (sum[id] ?? 0) + b[id]
  return sum
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
