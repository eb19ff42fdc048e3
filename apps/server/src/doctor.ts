import { X509Certificate, createPrivateKey } from 'node:crypto'
import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { lagOf, lifecycleOf, supportOf } from '@art32/probes'
import { z } from 'zod'
import {
  judgeCertificate,
  judgeClock,
  judgeDisk,
  judgeLog,
  judgeOrder,
  judgeOtherServer,
  judgePatches,
  judgePermissions,
  judgeQueue,
  judgeServer,
  judgeSupport,
  told,
  unseen,
} from './diagnosis.ts'
import type { Diagnosis, Running, StampedClock, Versioned } from './diagnosis.ts'
import {
  acmeFailures,
  connectExternal,
  errorClass,
  findPostgres,
  isMakeshift,
  readAcmeState,
  withClient,
} from './platform/index.ts'
import { AppError } from './kernel/index.ts'
import type { Config } from './platform/index.ts'
import { version } from './server.ts'

const patience = 3_000

/**
 * Looks at an installation from beside it, whether it runs or not. Nothing is started and nothing is changed; of what
 * cannot be looked at it says so.
 *
 * @param now for ends of life and certificates
 */
export async function examine(config: Config, now: Date): Promise<readonly Diagnosis[]> {
  const database = await lookAtDatabase(config)
  const versioned = 'why' in database ? null : versionOf('postgresql', database.version, now)
  const isEmbedded = config.databaseUrl === null
  const start = {
    en: isEmbedded
      ? 'Start art32, and run it as the user of art32.'
      : 'Check ART32_DATABASE_URL and whether PostgreSQL runs there.',
    de: isEmbedded
      ? 'art32 starten und den Befehl als Benutzer von art32 ausführen.'
      : 'ART32_DATABASE_URL prüfen und ob PostgreSQL dort läuft.',
  }
  const running = await askReadiness(config)
  return [
    told('release', `art32 ${version}`, `art32 ${version}`),
    judgeSupport('runtime', 'Node.js', versionOf('nodejs', process.versions.node, now)),
    ...(versioned === null
      ? (['database', 'patches'] as const).map((id) => unseen(id, 'why' in database ? database.why : '', start))
      : [judgeSupport('database', 'PostgreSQL', versioned), judgePatches(versioned, isEmbedded)]),
    ...(await Promise.all(config.databaseServers.map((one) => lookAtServer(one, now)))),
    judgeServer(running, config.port),
    'why' in database || database.queue === null
      ? unseen('queue', 'why' in database ? database.why : 'down', start)
      : judgeQueue(database.queue),
    await lookAtDisk(config),
    ...(config.backup.continuous ? [lookAtLog(config, now)] : []),
    await lookAtClock('why' in database ? { skewMs: null, stamp: null } : database),
    lookAtCertificate(config, now),
    lookAtPermissions(config),
  ]
}

function versionOf(product: string, found: string, now: Date): Versioned {
  const lifecycle = lifecycleOf(product, found)
  return {
    version: found,
    support: lifecycle && supportOf(lifecycle, now),
    lag: lifecycle && lagOf(found, lifecycle, now),
  }
}

/** What the database says of itself; of one that is down, what is known without it. */
type Database =
  | {
      readonly version: string
      readonly queue: Parameters<typeof judgeQueue>[0] | null
      /** Of a database on another machine. */
      readonly skewMs: number | null
      /** The newest time stamp; null: there is none, or it came before clocks were compared. */
      readonly stamp: StampedClock | null
    }
  | { readonly why: string }

async function lookAtDatabase(config: Config): Promise<Database> {
  try {
    if (config.databaseUrl !== null) {
      const url = new URL(config.databaseUrl)
      url.pathname = '/art32_control'
      return await askDatabase(url.href)
    }
    const found = findPostgres(join(config.dataFolder, 'postgres'))
    const url = found.url('art32_control')
    if (url === null) return { version: found.version, queue: null, skewMs: null, stamp: null }
    return { ...(await askDatabase(url)), skewMs: null }
  } catch (error) {
    return { why: errorClass(error) }
  }
}

/** A server beside the first one. */
async function lookAtServer({ name, url }: Config['databaseServers'][number], now: Date): Promise<Diagnosis> {
  try {
    const { version: found } = await connectExternal(url, patience)
    return judgeOtherServer(name, { found: versionOf('postgresql', found, now) })
  } catch (error) {
    return judgeOtherServer(name, { why: error instanceof AppError ? error.code : errorClass(error) })
  }
}

const queueQuestion = `
  select count(*) filter (where state in ('created', 'retry') and start_after <= now())::int as waiting,
    coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and start_after <= now())), 0)::int as "oldestSeconds",
    count(*) filter (where state = 'failed' and completed_on > now() - interval '1 day')::int as failed
  from pgboss.job`

async function askDatabase(url: string): Promise<Exclude<Database, { why: string }>> {
  return await withClient(url, async (client) => {
    await client.query(`set statement_timeout = ${patience}`)
    const asked = Date.now()
    const { rows } = await client.query<{ version: string; at: Date }>(
      `select split_part(current_setting('server_version'), ' ', 1) as version, clock_timestamp() as at`,
    )
    const halfWay = (asked + Date.now()) / 2
    const queue = await client.query<Parameters<typeof judgeQueue>[0]>(queueQuestion)
    return {
      version: rows[0]?.version ?? '',
      queue: queue.rows[0] ?? null,
      skewMs: rows[0] ? rows[0].at.getTime() - halfWay : null,
      stamp: await askStamp(client),
    }
  })
}

/** Of a database that an older art32 left there, none. */
async function askStamp(client: Parameters<Parameters<typeof withClient>[1]>[0]): Promise<StampedClock | null> {
  const { rows } = await client
    .query<{ ahead: string | null; at: Date }>(
      'select ahead_ms as ahead, stamped_at as at from time_stamp order by size desc limit 1',
    )
    .catch(() => ({ rows: [] }))
  const [newest] = rows
  return newest == null || newest.ahead === null ? null : { aheadMs: Number(newest.ahead), at: newest.at }
}

/** What the running server lacks; null where none answers. It may speak TLS to others: this machine asks without. */
async function askReadiness({ port }: Config): Promise<Running | null> {
  try {
    const answer = await fetch(`http://localhost:${port}/readyz`, { signal: AbortSignal.timeout(patience) })
    const said: unknown = await answer.json()
    if (typeof said !== 'object' || said === null) return null
    const role = 'role' in said ? String(said.role) : 'all'
    if (answer.ok) return { missing: [], role }
    const missing = 'missing' in said ? said.missing : null
    return Array.isArray(missing) ? { missing: missing.map(String), role } : null
  } catch {
    return null
  }
}

async function lookAtDisk({ dataFolder }: Config): Promise<Diagnosis> {
  try {
    const { bsize, blocks, bavail } = await statfs(dataFolder)
    return judgeDisk({ total: bsize * blocks, free: bsize * bavail })
  } catch (error) {
    return unseen('disk', errorClass(error), startedOnce)
  }
}

/** What the server noted last of the log of the database. */
function lookAtLog({ dataFolder }: Config, now: Date): Diagnosis {
  try {
    const noted = LogNote.parse(JSON.parse(readFileSync(join(dataFolder, 'backup', 'archive', 'state'), 'utf8')))
    return judgeLog(
      noted.places.map(({ until, problem }) => ({ until: until === null ? null : new Date(until), problem })),
      now,
    )
  } catch (error) {
    return unseen('log', errorClass(error), startedOnce)
  }
}

const LogNote = z.object({
  places: z.array(z.object({ until: z.iso.datetime().nullable(), problem: z.string().nullable() })),
})

const startedOnce = {
  en: 'Start art32 once, or set ART32_DATA to its data folder.',
  de: 'art32 einmal starten oder ART32_DATA auf den Datenordner setzen.',
}

/** systemd knows whether the clock is kept, by whatever program. */
async function lookAtClock({
  skewMs,
  stamp,
}: Pick<Exclude<Database, { why: string }>, 'skewMs' | 'stamp'>): Promise<Diagnosis> {
  const asked = promisify(execFile)('timedatectl', ['show', '--property=NTPSynchronized', '--value'], {
    timeout: patience,
  })
  const said = await asked.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
  return judgeClock({ synchronised: said === '' ? null : said === 'yes', skewMs, stamp })
}

function lookAtCertificate({ tls, publicUrl, acme }: Config, now: Date): Diagnosis {
  if (tls === null) return judgeCertificate(null, publicUrl !== null, now)
  try {
    const certificate = new X509Certificate(readFileSync(tls.certificateFile))
    const fits = certificate.checkPrivateKey(createPrivateKey(readFileSync(tls.keyFile)))
    const judged = judgeCertificate({ validUntil: certificate.validToDate, fits }, true, now)
    if (acme === null) return judged
    const { failure, wait } = readAcmeState(acme.folder)
    const told = failure === null ? null : { ...acmeFailures[failure.code], until: wait ? new Date(wait.until) : null }
    return judgeOrder(judged, { isMakeshift: isMakeshift(certificate), failure: told })
  } catch (error) {
    if (acme !== null) return unseen('certificate', errorClass(error), startedOnce)
    return unseen('certificate', errorClass(error), {
      en: 'Check the files of ART32_TLS_CERTIFICATE and ART32_TLS_KEY and who may read them.',
      de: 'Die Dateien von ART32_TLS_CERTIFICATE und ART32_TLS_KEY prüfen und wer sie lesen darf.',
    })
  }
}

/** Everything that must be closed to other accounts of the machine; what is not there is not looked at. */
function lookAtPermissions({ dataFolder, masterKeyFile, tls, acme }: Config): Diagnosis {
  const secret = [
    masterKeyFile,
    ...['postgres/data', 'postgres/password', 'spool', 'art32.json'].map((name) => join(dataFolder, name)),
    ...(tls ? [tls.keyFile] : []),
    ...(acme ? [acme.folder] : []),
  ]
  try {
    if (!statSync(dataFolder, { throwIfNoEntry: false })) return unseen('permissions', 'ENOENT', startedOnce)
    const found = secret.flatMap((path) => {
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat ? [{ path, name: nameOf(path, dataFolder), mode: stat.mode, uid: stat.uid }] : []
    })
    const own = process.getuid?.()
    return judgePermissions({
      open: found.filter(({ mode }) => (mode & 0o077) !== 0).map(({ name }) => name),
      // Where root starts art32, PostgreSQL has an account of its own.
      foreign: own === 0 ? [] : found.filter(({ uid }) => uid !== own).map(({ name }) => name),
    })
  } catch (error) {
    return unseen('permissions', errorClass(error), {
      en: 'Run it as the user of art32.',
      de: 'Den Befehl als Benutzer von art32 ausführen.',
    })
  }
}

function nameOf(path: string, dataFolder: string): string {
  const below = relative(dataFolder, path)
  return below.startsWith('..') ? path : below
}
