import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'
import type { MasterKeySource } from './master-key.ts'

const port = z.coerce.number().int().min(0).max(65_535)

/** Every setting, its environment variable and its meaning. A file `art32.json` in the data folder may hold the same keys. */
const settings = {
  dataFolder: { variable: 'ART32_DATA', schema: z.string().min(1) },
  host: { variable: 'ART32_HOST', schema: z.string().min(1).default('127.0.0.1') },
  port: { variable: 'ART32_PORT', schema: port.default(3232) },
  publicUrl: { variable: 'ART32_URL', schema: z.url({ protocol: /^https?$/ }).optional() },
  databaseUrl: { variable: 'ART32_DATABASE_URL', schema: z.url({ protocol: /^postgres(ql)?$/ }).optional() },
  masterKeyFile: { variable: 'ART32_MASTER_KEY_FILE', schema: z.string().min(1).optional() },
  keyVault: { variable: 'ART32_KEY_VAULT', schema: z.url({ protocol: /^https$/ }).optional() },
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
  readonly masterKey: MasterKeySource
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
    masterKey: masterKeySource(environment, value('keyVault') ?? null),
    logLevel: value('logLevel'),
  }
}

const defaultAuthority = 'https://login.microsoftonline.com'

/** Keys and secrets come from the environment only, never from the settings file beside the data. */
function masterKeySource(
  environment: Readonly<Record<string, string | undefined>>,
  keyUrl: string | null,
): MasterKeySource {
  const of = (variable: string) => environment[variable] || null
  const key = of('ART32_MASTER_KEY')
  if (key !== null && keyUrl !== null)
    throw errors.invalid({ key: 'keyVault', variable: 'ART32_KEY_VAULT', problem: 'ART32_MASTER_KEY is set, too' })
  if (key !== null) return { kind: 'environment', key, earlier: of('ART32_MASTER_KEY_EARLIER') }
  if (keyUrl === null) return { kind: 'file' }
  if (!/^https:\/\/[a-z0-9.-]+\/keys\/[A-Za-z0-9-]{1,127}(?:\/[0-9a-f]{32})?$/.test(keyUrl))
    throw errors.invalid({
      key: 'keyVault',
      variable: 'ART32_KEY_VAULT',
      problem: 'expected https://<vault>.vault.azure.net/keys/<name>[/<version>]',
    })
  const client = ['TENANT', 'CLIENT', 'SECRET'].map((name) => of(`ART32_KEY_VAULT_${name}`))
  const [tenant = null, id = null, secret = null] = client
  const isWhole = tenant !== null && id !== null && secret !== null
  if (!isWhole && client.some((part) => part !== null))
    throw errors.invalid({
      key: 'keyVault',
      variable: 'ART32_KEY_VAULT_TENANT, _CLIENT, _SECRET',
      problem: 'all three are needed, or none for the managed identity',
    })
  return {
    kind: 'vault',
    vault: {
      keyUrl,
      client: isWhole ? { tenant, id, secret } : null,
      authority: (of('ART32_KEY_VAULT_AUTHORITY') ?? defaultAuthority).replace(/\/+$/, ''),
    },
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
