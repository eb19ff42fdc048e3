import { hasCluster, isSegment, recoverPostgres, withClient, within } from '../../platform/index.ts'
import type { CopyOut, KeyRing, PostgresServer, Target } from '../../platform/index.ts'
import { AppError } from '../../kernel/index.ts'
import { storedTenants } from '../../tenant/index.ts'
import type { StoredTenant } from '../../tenant/index.ts'
import { damaged, ledgerOf } from '../archive.ts'
import { lookAtLedger } from '../drill.ts'
import { backupErrors } from '../errors.ts'
import { timeOfSet } from '../manifest.ts'
import { readKeys, signerOf } from '../opening.ts'
import type { BaseManifest } from './file-copy.ts'
import { openBase, readBase } from './file-copy.ts'
import { archiveFolder, chainOf, linesOf } from './names.ts'
import type { Chain, Line } from './names.ts'
import { openPart } from './part.ts'
import { vouchingKeys } from './signed.ts'
import type { VouchingKey } from './signed.ts'

/** What a restore to a moment needs. */
export interface PointOptions {
  /** The place with the archive, of which that of one installation is chosen. */
  readonly target: Target
  /** Secret keys, `AGE-SECRET-KEY-1…`. */
  readonly identities: readonly string[]
  readonly ring: KeyRing
  /** Where the embedded server is to lie. */
  readonly folder: string
  readonly installation?: string | undefined
  /** The moment; `latest`: the last one that is there. */
  readonly to: Date | 'latest'
  /** The major version of PostgreSQL that is here. */
  readonly postgres: number
  /** Begins the names of databases, for tests. */
  readonly prefix?: string | undefined
  readonly now: () => Date
  /** Told of each part of the log that is there. */
  readonly say?: ((done: number, of: number) => void) | undefined
}

/** What was restored. */
export interface RestoredPoint {
  readonly installation: string
  /** The moment. */
  readonly at: Date
  readonly databases: number
  /** Tenants that were deleted after the moment, and stay so. */
  readonly missed: readonly string[]
  /** Bases that are not what was kept; an earlier one was used in their stead. */
  readonly passedOver: readonly string[]
}

/** A base, and the parts of the log that bring it to a moment. */
interface Plan {
  readonly line: Line
  readonly base: BaseManifest
  readonly parts: readonly string[]
  readonly to: Date
}

/**
 * Puts a whole installation back as it was at a moment, where there is none. What is fetched is vouched for under the master key
 * before PostgreSQL sees it; every ledger is computed anew and compared with its signed head before it counts.
 *
 * @throws {backup.not_empty | backup.none | backup.point_* | backup.damaged | backup.wrong_key | backup.wrong_master_key}
 */
export async function restorePoint(options: PointOptions): Promise<RestoredPoint> {
  if (hasCluster(options.folder)) throw backupErrors.not_empty()
  const archive = await chosenArchive(options)
  const passedOver = new Set<string>()
  let first: unknown
  for (;;)
    try {
      const done = await tryPoint(archive, passedOver, options)
      return { installation: archive.installation, ...done, passedOver: [...passedOver] }
    } catch (error) {
      if (!(error instanceof DamagedBase)) throw first ?? error
      // The log since an earlier base leads to the same moment; of what is wrong the first is told.
      first ??= error.cause
      passedOver.add(error.base)
    }
}

/** A base that is not what was kept. */
class DamagedBase extends Error {
  readonly base: string

  constructor(base: string, cause: unknown) {
    super('a base that is not what was kept', { cause })
    this.base = base
  }
}

async function tryPoint(
  { target, files }: Awaited<ReturnType<typeof chosenArchive>>,
  passedOver: ReadonlySet<string>,
  options: PointOptions,
): Promise<Omit<RestoredPoint, 'installation' | 'passedOver'>> {
  const { identities, ring, folder, now, say, prefix = 'art32' } = options
  const keys = vouchingKeys(ring)
  const { line, base, parts, to } = await planOf(linesOf(files), target, options.to, keys, passedOver)
  if (base.postgres !== options.postgres)
    throw backupErrors.point_other_version({ found: base.postgres, wanted: options.postgres })
  async function* segments() {
    let done = 0
    for (const part of parts) {
      const bytes = await partOf(target, line, part, identities, keys)
      yield { name: part, bytes }
      say?.(++done, parts.length)
    }
  }
  const copy = ofBase(base.base, openBase(target, base, identities))
  const done = await recoverPostgres({ folder, base: copy, segments: segments(), to }, async (server) => {
    const tenants = await lookAtControl(server, `${prefix}_control`, ring, now())
    const deleted = await deletedSince(target, to, tenants, options)
    for (const tenant of tenants) {
      if (deleted.includes(tenant.id)) await dropTenant(server, tenant)
      else await lookAtTenant(server, tenant)
    }
    return { databases: tenants.length - deleted.length + 1, missed: deleted }
  })
  return { at: to, ...done }
}

/** Files of a base, whose damage is told as that of this base. */
async function* ofBase<T>(base: string, files: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* files
  } catch (error) {
    throw asDamagedBase(base, error)
  }
}

function asDamagedBase(base: string, error: unknown): unknown {
  const codes = ['backup.damaged', 'target.missing', 'target.no_file']
  return error instanceof AppError && codes.includes(error.code) ? new DamagedBase(base, error) : error
}

/** @throws {backup.none | backup.several} */
async function chosenArchive({ target, installation: wish }: Pick<PointOptions, 'target' | 'installation'>) {
  const form = /^([a-z2-7]{12})\/archive\//
  const all = (await target.list(wish === undefined ? '' : `${wish}/${archiveFolder}`)).map(({ name }) => name)
  const [only, another] = new Set(all.flatMap((name) => form.exec(name)?.[1] ?? []))
  if (only === undefined) throw backupErrors.point_none()
  if (another !== undefined) throw backupErrors.several()
  const own = within(target, only)
  return { installation: only, target: own, files: all.map((name) => name.slice(only.length + 1)) }
}

/** Chooses the newest base before the moment, and follows its log. @throws {backup.point_*} naming what is possible */
async function planOf(
  lines: readonly Line[],
  target: Target,
  wish: Date | 'latest',
  keys: readonly VouchingKey[],
  passedOver: ReadonlySet<string>,
): Promise<Plan> {
  const newestFirst = lines
    .flatMap((line) => line.bases.map((base) => ({ line, base })))
    .filter(({ base }) => !passedOver.has(base))
    .toSorted((a, b) => (a.base < b.base ? 1 : -1))
  let after: { readonly line: string; readonly base: string } | null = null
  for (const { line, base: name } of newestFirst) {
    if (wish !== 'latest' && timeOfSet(name) > wish) {
      after = { line: line.name, base: name }
      continue
    }
    const base = await readBase(target, { line: line.name, base: name }, keys).catch((error: unknown) => {
      throw asDamagedBase(name, error)
    })
    if (wish !== 'latest' && new Date(base.at) > wish) {
      after = base
      continue
    }
    const whole = chainOf(line, base.from, null)
    const last = isWhole(base, whole) ? whole.last : null
    if (last === null && wish === 'latest' && whole.missing === null) continue
    const to = wish === 'latest' ? last : wish
    const chain = chainOf(line, base.from, to)
    // What is asked for may lie before a gap; the last moment of all may not.
    if (whole.missing !== null && (wish === 'latest' || !chain.reaches))
      throw backupErrors.point_part_missing({ part: whole.missing, latest: saidOf(last) })
    if (to !== null && last !== null && chain.reaches) return { line, base, parts: chain.parts, to }
    throw after === null
      ? backupErrors.point_after({ latest: saidOf(last) })
      : backupErrors.point_between({ before: saidOf(last), after: await firstOf(target, after, keys) })
  }
  throw after === null
    ? backupErrors.point_none()
    : backupErrors.point_before({ earliest: await firstOf(target, after, keys) })
}

/** The first moment of a base that is only named; one that is not what was kept, or another key's, was begun then at least. */
async function firstOf(
  target: Target,
  named: { readonly line: string; readonly base: string },
  keys: readonly VouchingKey[],
): Promise<string> {
  const base = await readBase(target, named, keys).catch(() => null)
  return base?.at ?? timeOfSet(named.base).toISOString()
}

/** Whether the log goes at least to the end of the copy: before it the files do not fit each other. */
function isWhole({ at, until }: BaseManifest, { parts, last }: Chain): boolean {
  return parts.includes(until) && last !== null && last >= new Date(at)
}

const saidOf = (at: Date | null) => at?.toISOString() ?? '–'

/** A part of the log, which names itself where it is not what was kept. */
async function partOf(
  target: Target,
  line: Line,
  part: string,
  identities: readonly string[],
  keys: readonly VouchingKey[],
): Promise<Buffer> {
  const kept = line.parts.get(part)
  if (kept === undefined || !isSegment(part)) throw damaged('file-not-listed')
  const { file, until } = kept
  try {
    return await openPart(target.get(file), { line: line.name, part, until }, identities, keys)
  } catch (cause) {
    const isOfPart =
      cause instanceof AppError && ['backup.damaged', 'target.missing', 'target.no_file'].includes(cause.code)
    if (!isOfPart) throw cause
    const before = [...line.parts].filter(([name]) => name < part).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const latest = before.findLast(([, one]) => one.until !== null)?.[1].until ?? null
    throw backupErrors.point_part_damaged({ part, latest: saidOf(latest) }, { cause })
  }
}

interface TenantOfPoint extends StoredTenant {
  readonly vkey: string
  readonly anchored: string
}

const onDatabase = <T>(server: PostgresServer, database: string, work: (db: Pick<CopyOut, 'query'>) => Promise<T>) =>
  withClient(server.url(database), (client) =>
    work({
      query: async <R extends object>(text: string, values: unknown[] = []) =>
        (await client.query<R>(text, values)).rows,
    }),
  )

/** Looks at the ledger of the installation, and notes that it was put back. */
async function lookAtControl(
  server: PostgresServer,
  control: string,
  ring: KeyRing,
  now: Date,
): Promise<readonly TenantOfPoint[]> {
  return await onDatabase(server, control, async (db) => {
    await signerOf(db, ring)
    const [problem] = await lookAtLedger(db, null)
    if (problem !== undefined) throw damaged(problem)
    // The next start lets every ledger go on under a new name: nobody knows what was signed after the moment.
    await db.query('update installation set restored_at = $1', [now])
    // As after any restore: what waited then was done since, and is not done again.
    await db.query('drop schema if exists pgboss cascade')
    return await db.query<TenantOfPoint>(
      `select stored.*, t.ledger_vkey as vkey, t.anchored_size as anchored from (${storedTenants}) stored join tenant t using (id)`,
    )
  })
}

async function lookAtTenant(server: PostgresServer, { database_name: name, ...tenant }: TenantOfPoint): Promise<void> {
  await onDatabase(server, name, async (db) => {
    const leaves = (await ledgerOf(db))?.size ?? 0
    if (leaves < Number(tenant.anchored)) throw damaged('ledger-shorter')
    if (leaves === 0) return
    const [problem] = await lookAtLedger(db, tenant.vkey)
    if (problem !== undefined) throw damaged(problem)
  })
}

/**
 * A tenant that was deleted after the moment stays deleted where that is known: the nightly backup keeps the keys of those that
 * there are, and the newest such file is of a time after the moment.
 */
async function deletedSince(
  target: Target,
  to: Date,
  tenants: readonly StoredTenant[],
  { identities, ring }: Pick<PointOptions, 'identities' | 'ring'>,
): Promise<string[]> {
  const newest = (await target.list('keys/'))
    .flatMap(({ name }) => /^keys\/(\d{8}T\d{9}Z)\.age$/.exec(name)?.[1] ?? [])
    .toSorted()
    .at(-1)
  if (newest === undefined || timeOfSet(newest) <= to) return []
  const living = await readKeys(target, { identities, ring })
  return tenants.map(({ id }) => id).filter((id) => !living.has(id))
}

async function dropTenant(server: PostgresServer, { database_name: name }: StoredTenant): Promise<void> {
  if (!/^tenant_[a-z0-9]{8,40}$/.test(name)) throw damaged('another-database')
  await onDatabase(server, server.maintenance, async (db) => {
    await db.query(`drop database if exists ${name} with (force)`)
    await db.query(`drop role if exists ${name}`)
  })
}
