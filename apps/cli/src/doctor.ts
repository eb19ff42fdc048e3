import { AppError, examine, readConfig } from '@art32/server'
import type { Diagnosis } from '@art32/server'
import { Refusal } from './refusal.ts'
import { hang } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** Options of `art32 doctor`. */
export interface DoctorOptions {
  readonly json?: boolean
  readonly language: 'en' | 'de'
  /** What is close to its limit, or could not be looked at, makes the exit status 1, too. */
  readonly strict?: boolean
}

type Thing = Diagnosis['id']

const words = {
  en: {
    states: { ok: 'ok', warn: 'warning', fail: 'FAILS', unseen: 'not seen' },
    things: {
      release: 'Release',
      runtime: 'Runtime',
      database: 'Database',
      patches: 'Patches',
      placement: 'Other server',
      server: 'Server',
      queue: 'Queue',
      disk: 'Disk',
      log: 'Database log',
      clock: 'Clock',
      certificate: 'Certificate',
      permissions: 'Permissions',
    } satisfies Record<Thing, string>,
  },
  de: {
    states: { ok: 'in Ordnung', warn: 'Warnung', fail: 'FEHLER', unseen: 'nicht gesehen' },
    things: {
      release: 'Version',
      runtime: 'Laufzeit',
      database: 'Datenbank',
      patches: 'Patches',
      placement: 'Weiterer Server',
      server: 'Server',
      queue: 'Warteschlange',
      disk: 'Speicherplatz',
      log: 'Datenbankjournal',
      clock: 'Uhr',
      certificate: 'Zertifikat',
      permissions: 'Rechte',
    } satisfies Record<Thing, string>,
  },
} as const

/**
 * Looks at the installation of this machine, whether it runs or not, and says what to mend. Nothing is changed.
 *
 * @returns the exit status: 1 where something is to be mended
 */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<0 | 1> {
  const found = await examine(configOf(terminal), new Date())
  terminal.out(
    options.json === true ? asJson(found) : found.map((one) => describe(one, options.language, terminal)).join(''),
  )
  const bad = options.strict === true ? ['fail', 'warn', 'unseen'] : ['fail']
  return found.some(({ state }) => bad.includes(state)) ? 1 : 0
}

function configOf({ environment }: Terminal) {
  try {
    return readConfig(environment)
  } catch (error) {
    if (error instanceof AppError) throw new Refusal(error.message)
    throw error
  }
}

function asJson(things: readonly Diagnosis[]): string {
  return `${JSON.stringify({ schema: 'art32.doctor/1', things }, null, 2)}\n`
}

function describe({ id, state, says, remedy }: Diagnosis, language: 'en' | 'de', { columns }: Terminal): string {
  const { states, things } = words[language]
  const label = `  ${states[state].padEnd(14)}${things[id].padEnd(15)}`
  const indent = ' '.repeat(label.length)
  return hang(label, says[language], columns) + (remedy ? hang(`${indent}→ `, remedy[language], columns) : '')
}
