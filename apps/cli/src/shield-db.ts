import { createNonce, report } from '@art32/shield'
import { addressOf, copyDatabase, nameOf, profileDatabase } from '@art32/shield/database'
import { Refusal } from './refusal.ts'
import { inDomain, planOf, positive, readKey, refusing, type ShieldOptions, summarise } from './shield.ts'
import { sealingOf } from './shield-seal.ts'
import { clean, type Terminal } from './terminal.ts'
import { writeWhole } from './whole-file.ts'

/** Options of `art32 shield db`. */
export interface ShieldDatabaseOptions extends ShieldOptions {
  readonly profile?: boolean
  readonly output?: string
  readonly createTables?: boolean
  readonly replace?: string
  readonly except?: readonly string[]
}

const PROGRESS_MS = 200

/**
 * Copies a database without personal data; with `--profile` prints the plan that fits instead.
 *
 * @throws {Refusal} a database, a plan or a key that cannot be used; then the target is as it was
 */
export async function shieldDatabase(
  from: string,
  to: string | undefined,
  options: ShieldDatabaseOptions,
  terminal: Terminal,
): Promise<0> {
  return await refusing(async () => {
    const source = addressIn('source', from, terminal)
    if (options.profile === true) await suggest(source, options, terminal)
    else await copy(source, to, options, terminal)
  })
}

function addressIn(end: 'source' | 'target', given: string, terminal: Terminal): string {
  const address = addressOf(end, given, terminal.environment)
  if (given !== '-' && new URL(address).password !== '')
    terminal.err(
      `The password of the ${end} stands in the list of processes, where others on this machine read it. Name - and put the address into ART32_SHIELD_${end.toUpperCase()}, or the password into PGPASSFILE.\n`,
    )
  return address
}

async function suggest(source: string, options: ShieldDatabaseOptions, terminal: Terminal): Promise<void> {
  const { writePlan } = await import('@art32/shield')
  const show = terminal.isLive ? (table: string) => terminal.err(`\r\u001B[K${clean(table)}`) : undefined
  const plan = await profileDatabase(source, options.except ?? [], show)
  if (terminal.isLive) terminal.err('\r\u001B[K')
  const text = writePlan(inDomain(plan, options.domain))
  if (options.output === undefined) terminal.out(text)
  else await writeWhole(options.output, [text], '--output')
}

async function copy(
  source: string,
  to: string | undefined,
  options: ShieldDatabaseOptions,
  terminal: Terminal,
): Promise<void> {
  if (to === undefined) throw new Refusal('Name the database that is to be filled, or - for ART32_SHIELD_TARGET.')
  if (options.keyFile === undefined)
    throw new Refusal('Name the file with the key (--key-file <file>). Make one with: art32 shield key <file>')
  const key = readKey(options.keyFile, terminal)
  const target = addressIn('target', to, terminal)
  const given = options.plan === undefined ? undefined : await planOf(options.plan)
  const plan = inDomain(given ?? (await profileDatabase(source, options.except ?? [])), options.domain)
  const document = createNonce()
  const sealing = sealingOf(plan, options)
  const threads = options.threads === '0' ? 0 : positive(options.threads, '--threads')
  try {
    const { outcome, tables, steps } = await copyDatabase({
      source,
      target,
      plan,
      key: { secret: key.secret, tenant: options.tenant, document, sealing },
      threads,
      createTables: options.createTables === true,
      replace: options.replace,
      except: options.except ?? [],
      longestRecord: positive(options.longestRecord, '--longest-record'),
      progress: progressOf(terminal),
    })
    if (terminal.isLive) terminal.err('\r\u001B[K')
    const done = report(outcome, plan, key.id, document, steps)
    if (options.report !== undefined)
      await writeWhole(options.report, [`${JSON.stringify(done, null, 2)}\n`], '--report')
    terminal.err(`${tables} tables of ${nameOf(source)} were copied to ${nameOf(target)}.\n`)
    summarise(done, given === undefined, terminal)
  } finally {
    if (terminal.isLive) terminal.err('\r\u001B[K')
  }
}

/** A line that is written over, where a person watches. */
function progressOf(
  terminal: Terminal,
): ((bytes: number, rows: number, total: number, table: string) => void) | undefined {
  if (!terminal.isLive) return undefined
  let shown = 0
  return (bytes, rows, total, table) => {
    const now = performance.now()
    if (now - shown < PROGRESS_MS) return
    shown = now
    const share = total === 0 ? '' : `about ${Math.min(99, Math.floor((bytes / total) * 100))} % · `
    terminal.err(
      `\r\u001B[K${share}${(bytes / 1e6).toFixed(0)} MB · ${rows.toLocaleString('en')} rows · ${clean(table)}`.slice(
        0,
        terminal.columns,
      ),
    )
  }
}
