import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import { runBackup } from './program.ts'
import type { Runs } from './program.ts'
import { instant, parsePrinted, tagged } from './snapshot.ts'
import type { Job, Look, Snapshot } from './snapshot.ts'

/** `restic snapshots --json`; `summary` since 0.17. */
const snapshots = z.array(
  z.object({
    id: z.string(),
    time: instant,
    hostname: z.string(),
    paths: z.array(z.string()),
    tags: z.array(z.string()).nullish(),
    summary: z.object({ backup_start: instant, backup_end: instant, total_bytes_processed: z.int().min(0) }).optional(),
  }),
)

const node = z.object({ path: z.string() })

/** Reads a restic repository, or a report of its snapshots. Restic always encrypts before anything leaves the machine. */
export async function lookAtRestic(runs: Runs, report: string | undefined): Promise<Look> {
  const text = report ?? (await runBackup('restic', ['snapshots', '--json', ...readOnly], runs))
  const parsed = parsePrinted(snapshots, text)
  const found = parsed.map((one): Snapshot => ({
    id: one.id,
    source: tagged(one.tags ?? [], 'source') ?? one.hostname,
    tenant: tagged(one.tags ?? [], 'tenant'),
    at: one.time,
    bytes: one.summary?.total_bytes_processed ?? null,
    host: one.hostname,
    paths: one.paths,
  }))
  return {
    snapshots: found,
    encryption: seen({ encrypted: true, mode: 'AES-256-CTR, Poly1305-AES' }),
    appendOnly: null,
    // A snapshot does not tell with what status its run ended (3 leaves one, too), so it is no job here.
    jobs: [] satisfies Job[],
    ...(report === undefined ? { holds: (snapshot, paths) => listed(snapshot, paths, runs) } : {}),
  }
}

/** No lock, so that a credential that only reads suffices; no cache, so that nothing is written here. */
const readOnly = ['--no-lock', '--no-cache', '--quiet'] as const

async function listed(snapshot: Snapshot, paths: readonly string[], runs: Runs): Promise<string[]> {
  const text = await runBackup('restic', ['ls', '--json', ...readOnly, snapshot.id, ...paths], runs)
  const there = new Set(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => node.safeParse(JSON.parse(line)).data?.path),
  )
  return paths.filter((path) => there.has(path))
}
