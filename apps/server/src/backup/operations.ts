import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import type { OwnContext } from '../account/index.ts'
import type { Entrant } from '../evidence/index.ts'
import { bug, operationsFor } from '../kernel/index.ts'
import type { Upload } from '../kernel/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Backups } from './backups.ts'
import { backupErrors } from './errors.ts'
import { kindOfProblem, problemKinds } from './problems.ts'
import type { ProblemOf } from './problems.ts'
import { restoreTenant } from './tenant-restore.ts'
import type { TenantRestoreDependencies } from './tenant-restore.ts'

/** What backups need of the rest of the server. */
export interface BackupDependencies extends TenantRestoreDependencies {
  readonly backups: Pick<Backups, 'isSetUp' | 'state'>
  readonly isOperator: (account: Entrant) => Promise<boolean>
  /** Puts a backup or a drill into the queue. */
  readonly requestBackup: (what: 'backup' | 'drill') => Promise<void>
}

type BackupContext = OwnContext & { readonly upload?: Upload }

const operation = operationsFor<BackupContext>('installation')

/** Largest part of a tenant that is taken back, MiB. */
const restoreLimitMiB = 65_536

const Problem = z.string().nullable()
/** What a problem is said as in words; null: there is none. */
const Kind = z.enum(problemKinds)
const Time = z.iso.datetime()

const Shown = z.object({
  isSetUp: z.boolean(),
  /** Begins the names of its files in each place. */
  installation: z.string(),
  recipients: z.int(),
  places: z.array(z.enum(['folder', 's3', 'sftp'])),
  /** The newest first. */
  runs: z.array(
    z.object({
      set: z.string(),
      startedAt: Time,
      endedAt: Time.nullable(),
      problem: Problem,
      kind: Kind.nullable(),
      bytes: z.int(),
      rows: z.int(),
      databases: z.int(),
      missed: z.int(),
      copies: z.array(
        z.object({
          place: z.int(),
          keptAt: Time.nullable(),
          problem: Problem,
          kind: Kind.nullable(),
          removedAt: Time.nullable(),
        }),
      ),
    }),
  ),
  drills: z.array(
    z.object({
      set: z.string().nullable(),
      place: z.int(),
      startedAt: Time,
      endedAt: Time.nullable(),
      passed: z.boolean().nullable(),
      findings: z.array(z.object({ code: z.string(), kind: Kind, tenant: z.string().nullable() })),
      databases: z.int(),
      rows: z.int(),
      /** Seconds from the first byte fetched to the last database that answers. */
      rtoSeconds: z.number().nullable(),
      /** How old what it gave back was, in seconds. */
      rpoSeconds: z.number().nullable(),
    }),
  ),
  /** The log of the database between the backups, in each place; null: it is not kept. */
  continuous: z
    .array(
      z.object({
        place: z.int(),
        /** The moments between which a restore from there is possible, but for gaps. */
        from: Time.nullable(),
        until: Time.nullable(),
        /** All moments to which a restore from there leads, the oldest first; between two of these is a gap. */
        spans: z.array(z.object({ from: Time, until: Time })),
        problem: Problem,
        kind: Kind.nullable(),
      }),
    )
    .nullable(),
  /** A log that was switched off, in each place where it lies or lay. */
  endedLogs: z.array(
    z.object({
      place: z.int(),
      endedAt: Time,
      /** When the last of it is taken away. */
      dueAt: Time,
      /** When nothing of it was there any more; null: something may be. */
      goneAt: Time.nullable(),
      problem: Problem,
      kind: Kind.nullable(),
    }),
  ),
  alerts: z.array(
    z.object({
      code: z.enum([
        'failed',
        'late',
        'no-part',
        'odd-size',
        'not-sent',
        'drill-late',
        'drill-failed',
        'one-place',
        'log-late',
        'log-gap',
        'log-not-gone',
      ]),
      tenant: z.string().nullable(),
      place: z.int().nullable(),
    }),
  ),
  /** Of which the parts of a backup are. */
  tenants: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), publicId: z.string() })),
})

/** Backups, for whoever runs the installation. */
export function backupOperations(dependencies: BackupDependencies) {
  const { backups, registry, isOperator, requestBackup } = dependencies

  async function operator({ account }: BackupContext): Promise<NonNullable<BackupContext['account']>> {
    if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
    return account
  }

  const request = async (what: 'backup' | 'drill', context: BackupContext) => {
    await operator(context)
    if (!backups.isSetUp) throw backupErrors.not_set_up()
    await requestBackup(what)
    return {}
  }

  return [
    operation({
      id: 'backup.show',
      summary: 'Shows when backups were made, where they lie, what drills found and what somebody has to look at',
      needs: null,
      input: z.object({}),
      output: Shown,
      refuses: [accessErrors.not_operator],
      async run(_, context) {
        await operator(context)
        return { ...shown(await backups.state()), installation: registry.installationId, tenants: await named() }
      },
    }),
    operation({
      id: 'backup.make',
      summary: 'Makes a backup of the whole installation now; the page of the installation shows how far it is',
      needs: null,
      changes: true,
      input: z.object({}),
      output: z.object({}),
      refuses: [accessErrors.not_operator, backupErrors.not_set_up],
      run: (_, context) => request('backup', context),
    }),
    operation({
      id: 'backup.drill',
      summary: 'Restores the newest backup of each place into scratch databases now, and compares',
      needs: null,
      changes: true,
      input: z.object({}),
      output: z.object({}),
      refuses: [accessErrors.not_operator, backupErrors.not_set_up],
      run: (_, context) => request('drill', context),
    }),
    operation({
      id: 'backup.restore_tenant',
      summary:
        'Puts one tenant back as it was in a backup while the others work, in its place or beside it under another short name',
      kind: 'upload',
      needs: null,
      changes: true,
      stepUp: true,
      spools: { limitMiB: restoreLimitMiB, admits: async (context) => void (await operator(context)) },
      input: z.object({
        /** The tenant that the part is of. */
        slug: z.string().max(64),
        /** Beside it, under this short name: a copy whose connections rest. Left out: in its place. */
        as: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
          .optional(),
      }),
      output: z.object({ slug: z.string(), rows: z.int(), at: Time }),
      refuses: [
        tenantErrors.not_found,
        tenantErrors.slug_taken,
        accessErrors.not_operator,
        backupErrors.damaged,
        backupErrors.wrong_key,
        backupErrors.not_in_it,
        backupErrors.key_changed,
      ],
      async run({ slug, as }, context) {
        const { id, email } = await operator(context)
        const path = context.upload?.path
        if (path === undefined) throw bug('a restore without a file')
        const done = await restoreTenant(path, { slug, as, by: { id, email } }, dependencies)
        return { slug: done.slug, rows: done.rows, at: done.at.toISOString() }
      },
    }),
  ]

  async function named() {
    return (await registry.list()).map(({ id, slug, name, publicId }) => ({ id, slug, name, publicId }))
  }
}

const iso = (at: Date | null) => at?.toISOString() ?? null
const seconds = (ms: number | null) => (ms === null ? null : ms / 1_000)

const kindOf = (code: string | null, of: ProblemOf) => (code === null ? null : kindOfProblem(code, of))

function shown({
  isSetUp,
  recipients,
  places,
  runs,
  drills,
  continuous,
  logEnds,
  alerts,
}: Awaited<ReturnType<Backups['state']>>) {
  return {
    isSetUp,
    recipients,
    places: [...places],
    runs: runs.map(({ set_name: set, problem, bytes, rows, databases, missed, ...run }) => ({
      set,
      startedAt: run.started_at.toISOString(),
      endedAt: iso(run.ended_at),
      problem,
      kind: kindOf(problem, 'making'),
      bytes,
      rows,
      databases,
      missed,
      copies: run.copies.map((copy) => ({
        place: copy.place,
        keptAt: iso(copy.kept_at),
        problem: copy.problem,
        kind: kindOf(copy.problem, 'place'),
        removedAt: iso(copy.removed_at),
      })),
    })),
    drills: drills.map(({ set_name: set, place, passed, findings, databases, rows, ...drill }) => ({
      set,
      place,
      startedAt: drill.started_at.toISOString(),
      endedAt: iso(drill.ended_at),
      passed,
      findings: findings.map(({ code, tenant }) => ({ code, kind: kindOfProblem(code, 'place'), tenant })),
      databases,
      rows,
      rtoSeconds: seconds(drill.rto_ms),
      rpoSeconds: seconds(drill.rpo_ms),
    })),
    continuous:
      continuous?.places.map(({ from, until, spans, problem }, index) => ({
        place: index + 1,
        from: iso(from),
        until: iso(until),
        spans: spans.map((one) => ({ from: one.from.toISOString(), until: one.until.toISOString() })),
        problem,
        kind: kindOf(problem, 'place'),
      })) ?? null,
    endedLogs: logEnds.map(({ place, ended_at: endedAt, due_at: dueAt, gone_at: goneAt, problem }) => ({
      place,
      endedAt: endedAt.toISOString(),
      dueAt: dueAt.toISOString(),
      goneAt: iso(goneAt),
      problem,
      kind: kindOf(problem, 'place'),
    })),
    alerts: [...alerts],
  }
}
