import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'

const port = z.coerce.number().int().min(0).max(65_535)

/** Every setting, its environment variable and its meaning. A file `art32.json` in the data folder may hold the same keys. */
const settings = {
  dataFolder: { variable: 'ART32_DATA', schema: z.string().min(1) },
  host: { variable: 'ART32_HOST', schema: z.string().min(1).default('127.0.0.1') },
  port: { variable: 'ART32_PORT', schema: port.default(3232) },
  publicUrl: { variable: 'ART32_URL', schema: z.url({ protocol: /^https?$/ }).optional() },
  databaseUrl: { variable: 'ART32_DATABASE_URL', schema: z.url({ protocol: /^postgres(ql)?$/ }).optional() },
  masterKeyFile: { variable: 'ART32_MASTER_KEY_FILE', schema: z.string().min(1).optional() },
  controller: { variable: 'ART32_CONTROLLER', schema: z.string().min(1).max(1_000).optional() },
  dataProtectionOfficer: { variable: 'ART32_DPO', schema: z.string().min(1).max(1_000).optional() },
  logLevel: { variable: 'ART32_LOG', schema: z.enum(['debug', 'info', 'warn', 'error']).default('warn') },
} as const

/** The validated configuration of one installation. */
export interface Config {
  /** Absolute path; holds the embedded database, keys, editions. */
  readonly dataFolder: string
  readonly host: string
  /** 0 lets the system choose a free one. */
  readonly port: number
  /** The address under which people reach this installation, without a trailing slash; null: http://localhost:PORT. */
  readonly publicUrl: string | null
  /** An external PostgreSQL 15 or newer instead of the embedded one. */
  readonly databaseUrl: string | null
  readonly masterKeyFile: string
  /** Who is responsible for this installation, as the privacy notice names them: name, address and contact, by semicolons. */
  readonly controller: string | null
  /** The contact of their data protection officer, in the same form. */
  readonly dataProtectionOfficer: string | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

const errors = defineErrors('config', {
  invalid: {
    status: 500,
    family: 'refusal',
    en: 'The setting {key} ({variable}) is not valid: {problem}.',
    de: 'Die Einstellung {key} ({variable}) ist ungültig: {problem}.',
  },
  unreadable: {
    status: 500,
    family: 'refusal',
    en: 'The settings file art32.json in the data folder is not valid JSON. Correct it or remove it.',
    de: 'Die Datei art32.json im Datenordner ist kein gültiges JSON. Bitte berichtigen oder entfernen.',
  },
  unknown_key: {
    status: 500,
    family: 'refusal',
    en: 'The settings file art32.json has the unknown key {key}. Known keys: {known}.',
    de: 'Die Datei art32.json hat den unbekannten Schlüssel {key}. Bekannt sind: {known}.',
  },
})

/**
 * Reads and validates the configuration: the environment wins over `art32.json` in the data folder, which wins over defaults.
 *
 * @throws {config.invalid} naming the key, its variable and what is wrong
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const dataFolder = resolve(environment[settings.dataFolder.variable] || defaultDataFolder())
  const file = readFile(join(dataFolder, 'art32.json'))
  const value = <K extends keyof typeof settings>(key: K): z.output<(typeof settings)[K]['schema']> => {
    const { variable, schema } = settings[key]
    const parsed = schema.safeParse(environment[variable] || file[key])
    if (!parsed.success)
      throw errors.invalid({ key, variable, problem: parsed.error.issues[0]?.message ?? 'not valid' })
    return parsed.data as z.output<(typeof settings)[K]['schema']>
  }
  return {
    dataFolder,
    host: value('host'),
    port: value('port'),
    publicUrl: value('publicUrl')?.replace(/\/+$/, '') ?? null,
    databaseUrl: value('databaseUrl') ?? null,
    masterKeyFile: resolve(value('masterKeyFile') ?? join(dataFolder, 'keys', 'master.key')),
    controller: value('controller') ?? null,
    dataProtectionOfficer: value('dataProtectionOfficer') ?? null,
    logLevel: value('logLevel'),
  }
}

function readFile(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {}
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw errors.unreadable({}, { cause })
  }
  const parsed = z.record(z.string(), z.unknown()).safeParse(content)
  if (!parsed.success) throw errors.unreadable()
  const known = Object.keys(settings)
  const unknown = Object.keys(parsed.data).find((key) => !known.includes(key))
  if (unknown !== undefined) throw errors.unknown_key({ key: unknown, known: known.join(', ') })
  return parsed.data
}

/**
 * Beside the clone for an ordinary user. Root's clone may lie where no other account can enter, and PostgreSQL refuses
 * to run as root: so root's data lie below /var/lib, in a folder of this clone's own.
 */
function defaultDataFolder(): string {
  const clone = fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, '')
  if (process.getuid?.() !== 0) return join(clone, '.art32')
  return join('/var/lib/art32', createHash('sha256').update(clone).digest('hex').slice(0, 12))
}
