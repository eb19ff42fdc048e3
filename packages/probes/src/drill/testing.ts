import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { readPlan } from './plan.ts'
import { runDrill } from './run.ts'

/** The key of repositories of tests, which must be in nothing that a drill sends. */
export const secret = 'swordfish-1871'

/** What came of a drill, in short. */
export type Tried =
  | { readonly why: string }
  | {
      readonly problem: string | undefined
      readonly met: readonly boolean[]
      readonly restored: {
        readonly tables: number
        readonly rows: number
        readonly files: number
        readonly bytes: number
      }
      readonly rpoSeconds: number | null
    }

/** How old what came back was, in seconds. */
export const ageOf = (tried: Tried): number | null => ('why' in tried ? null : tried.rpoSeconds)

/** Runs a plan, and looks that nothing is left of it and that no key is in what it sends. */
export async function tryDrill(backup: object, expected: object, folder: string, limits: object = {}): Promise<Tried> {
  const plan = readPlan(
    stringify({
      format: 'art32.drill-plan/1',
      drill: 'tried',
      backup,
      scratch: { folder },
      expect: expected,
      allowed: { rto: 'PT10M', rpo: 'P1D' },
      limits,
    }),
    {},
  )
  const { push } = await runDrill(plan, {
    now: () => new Date(),
    elapsed: () => performance.now(),
    startServer: () => Promise.reject(new Error('none is needed')),
    environment: {},
    collector: 'test',
    signal: new AbortController().signal,
  })
  expect(readdirSync(folder)).toEqual([])
  expect(JSON.stringify(push)).not.toContain(secret)
  const one = push.groups.drill
  if (one.read === 'no') return { why: one.why }
  const { problems, expectations, restored, rpoSeconds } = one.facts
  return { problem: problems[0]?.code, met: expectations.map(({ isMet }) => isMet), restored, rpoSeconds }
}

/** A folder with something to back up, and drills on backups of it. */
export function openFiles() {
  const home = mkdtempSync(join(tmpdir(), 'art32-drill-test-'))
  const at = (...parts: string[]) => join(home, ...parts)
  for (const name of ['source', 'source/etc', 'scratch']) mkdirSync(at(name))
  const conf = 'x'.repeat(2_000)
  writeFileSync(at('source/etc/app.conf'), conf)
  writeFileSync(at('source/data.bin'), Buffer.alloc(300_000, 7))
  symlinkSync('/etc/passwd', at('source/outside'))
  const sha256 = createHash('sha256').update(conf).digest('hex')
  return {
    at,
    /** What must be there, below a folder that ends in a slash. */
    good: (below: string) => [
      { path: `${below}etc/app.conf`, bytes: 2_000, sha256 },
      { path: `${below}data.bin`, atLeastBytes: 300_000 },
    ],
    drill: (backup: object, files: readonly object[], limits = {}) =>
      tryDrill(backup, { files }, at('scratch'), limits),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}
