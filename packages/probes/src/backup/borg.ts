import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { seen } from '../engine/reading.ts'
import { runBackup } from './program.ts'
import type { Runs } from './program.ts'
import { instant, parsePrinted, tagged } from './snapshot.ts'
import type { Look, Snapshot } from './snapshot.ts'

/** `borg info --json --last N`, and `borg list --json`, which has fewer fields. */
const info = z.object({
  encryption: z.object({ mode: z.string() }),
  archives: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      start: instant,
      hostname: z.string(),
      comment: z.string().default(''),
      stats: z.object({ original_size: z.int().min(0) }).optional(),
    }),
  ),
})

const node = z.object({ path: z.string() })

/** How many archives are looked into: enough for a month of thirty series. */
const newest = '1000'

/** Reads a borg repository, or a report about it, without taking its lock. */
export async function lookAtBorg(runs: Runs, report: string | undefined): Promise<Look> {
  const text = report ?? (await runBackup('borg', ['info', '--json', '--bypass-lock', '--last', newest], runs))
  const { encryption, archives } = parsePrinted(info, text)
  const found = archives.map((one): Snapshot => {
    const words = one.comment.split(/\s+/)
    return {
      id: one.name,
      source: tagged(words, 'source') ?? one.hostname,
      tenant: tagged(words, 'tenant'),
      at: one.start,
      bytes: one.stats?.original_size ?? null,
      host: one.hostname,
      paths: ['/'],
    }
  })
  const mode = encryption.mode
  return {
    snapshots: found,
    // `authenticated` and its kin only sign.
    encryption: seen({ encrypted: !/^(none|authenticated)/.test(mode), mode }),
    appendOnly: report === undefined ? await readAppendOnly(runs) : null,
    jobs: [],
    ...(report === undefined ? { holds: (snapshot, paths) => listed(snapshot, paths, runs) } : {}),
  }
}

/**
 * The setting in the repository itself, where it is a folder here; a server may force it for a key besides, which cannot
 * be seen from outside.
 */
async function readAppendOnly(runs: Runs): Promise<boolean | null> {
  if (runs.folder === undefined) return null
  const config = await readFile(join(runs.folder, 'config'), 'utf8')
  return /^\s*append_only\s*=\s*1\s*$/m.test(config)
}

async function listed(snapshot: Snapshot, paths: readonly string[], runs: Runs): Promise<string[]> {
  const stored = paths.map((path) => path.replace(/^\/+|\/+$/g, ''))
  const text = await runBackup(
    'borg',
    ['list', '--json-lines', '--bypass-lock', `::${snapshot.id}`, ...stored.map((path) => `pf:${path}`)],
    runs,
  )
  const there = new Set(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => node.safeParse(JSON.parse(line)).data?.path),
  )
  return paths.filter((_path, index) => there.has(stored[index]))
}
