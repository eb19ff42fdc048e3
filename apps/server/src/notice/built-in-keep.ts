import { createHash } from 'node:crypto'
import { canonicalJson } from '@art32/press'
import { isConnected } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listAttestations, removeAttestation, replaceAttestation } from '../measure/index.ts'
import { listRetentionRuns } from '../privacy/index.ts'
import type { EndedRun, RunSignOff } from '../privacy/index.ts'
import { endedOf, ownRhythm, ownSince } from './built-in.ts'
import type { OwnRun } from './built-in.ts'
import { gapsOf, measure, standingOf } from './rule.ts'
import type { Gap, Standing } from './rule.ts'

/** One daily deletion a tenant: a fixed id, since an attestation names what it rests on by one. */
const own = { source: 'deletion', source_id: '00000000-0000-4000-8000-000000000039' } as const

const titles = {
  en: 'Daily deletion by art32 of what ran out',
  de: 'Tägliche Löschung durch art32 nach Ablauf der Frist',
}

/** How the daily deletion stands in a tenant: one for all its rules, since each run takes all of them. */
export interface OwnLook {
  /** The newest first. */
  readonly runs: readonly OwnRun[]
  readonly lastDone: Date | null
  readonly standing: Standing
  readonly gaps: readonly Gap[]
  readonly onTime: number
  readonly counted: number
}

/** Looks at the runs on file, in two queries. */
export async function lookAtOwn(tx: TenantContext): Promise<OwnLook> {
  const rhythm = { ...ownRhythm, since: ownSince(tx) }
  const { rows } = await tx.sql.query<{ started_at: Date }>(
    'select started_at from retention_run where finished_at is not null order by started_at',
  )
  const done = rows.map(({ started_at: at }) => at)
  const lastDone = done.at(-1) ?? null
  const gaps = gapsOf(rhythm, done, tx.now)
  const closed = gaps.filter(({ until }) => until !== null).length
  return {
    runs: endedOf(await listRetentionRuns(tx.sql)),
    lastDone,
    standing: standingOf(rhythm, lastDone, tx.now),
    gaps,
    onTime: done.length - closed,
    counted: done.length + gaps.length - closed,
  }
}

/**
 * Signs the measure off by a run of art32's own deletion, in a tenant that promises this installation: only there is what
 * art32 deletes what the document speaks of. In a tenant younger than the rhythm nothing can have run out, and a run shows nothing.
 */
export async function signOffOwn(tx: TenantContext, run: EndedRun): Promise<RunSignOff | null> {
  const isYoung = run.started_at.getTime() - tx.tenant.since.getTime() < ownRhythm.every_hours * 3_600_000
  if (isYoung || !(await isConnected(tx, 'self'))) return null
  const { standing, onTime, counted } = await lookAtOwn(tx)
  return {
    record: {
      format: 'art32.sign-off/1',
      measure,
      at: tx.now.toISOString(),
      freshUntil: standing.over.toISOString(),
      evidence: [createHash('sha256').update(canonicalJson(run.counts)).digest('hex')],
    },
    async keep(commitment) {
      await replaceAttestation(tx, {
        ...own,
        catalogue_id: measure,
        title: titles[tx.tenant.language],
        role: 'art32',
        given_at: tx.now,
        effective_on: run.started_at.toISOString().slice(0, 10),
        fresh_until: standing.over,
        commitment,
        overdue_since: null,
        on_time: onTime,
        counted,
      })
    },
  }
}

/** Fails the measure where the daily deletion is overdue in a tenant that promises it. The check of it tells the owners. */
export async function attendOwn(tx: TenantContext): Promise<void> {
  if (!(await isConnected(tx, 'self'))) {
    await removeAttestation(tx, own)
    return
  }
  const { standing, onTime, counted } = await lookAtOwn(tx)
  if (standing.state !== 'overdue') return
  const said = (await listAttestations(tx)).get(measure)?.find(({ source_id: id }) => id === own.source_id)
  if (said?.overdue_since?.getTime() === standing.over.getTime()) return
  await replaceAttestation(tx, {
    ...own,
    catalogue_id: measure,
    title: titles[tx.tenant.language],
    role: said?.role ?? null,
    given_at: said?.given_at ?? null,
    effective_on: said?.effective_on ?? null,
    fresh_until: said?.fresh_until ?? null,
    commitment: said?.commitment ?? null,
    overdue_since: standing.over,
    on_time: onTime,
    counted,
  })
}
