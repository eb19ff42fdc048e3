import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { VerifierKey } from '@art32/ledger'
import { z } from 'zod'
import { AppError, defineErrors } from '../kernel/index.ts'
import { nameOf, servedFile, usualDirectory } from './acme/setting.ts'
import type { AcmeSetting } from './acme/setting.ts'
import { writerOf } from './mail.ts'
import type { MailSettings } from './mail.ts'
import type { MasterKeySource } from './master-key.ts'
import { processRole } from './role.ts'
import type { ProcessRole } from './role.ts'
import { firstServer, layouts } from './postgres/index.ts'
import type { Layout, ServerSetting } from './postgres/index.ts'
import { roomOf, serversOf } from './database-servers.ts'
import { scannerOf } from './scanner.ts'
import type { ScannerSetting } from './scanner.ts'
import { authorityOf } from './stamping-authority.ts'
import type { AuthoritySetting } from './stamping-authority.ts'
import type { TelemetryConfig } from './telemetry.ts'
import { keepOf, recipientsOf, targetOf } from './targets/setting.ts'
import type { BackupSetting, StoreKey } from './targets/setting.ts'
import { witnessedLogsOf, witnessesOf } from './witnesses.ts'
import type { WitnessSetting } from './witnesses.ts'

const port = z.coerce.number().int().min(0).max(65_535)

/** Addresses and CIDR ranges, as a list in the file or with commas in the environment. */
const networks = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value.split(',') : value).map((one) => one.trim()))
  .transform((list) => list.filter((one) => one !== ''))
  .refine((list) => list.every(isNetwork), 'takes IP addresses and ranges such as 10.0.0.0/8, with commas between')

/** Where proxies put the client's certificate: nginx, Traefik, RFC 9440. */
const certificateHeader = z.enum(['X-SSL-Client-Cert', 'X-Forwarded-Tls-Client-Cert', 'Client-Cert'])
const file = z.string().min(1).optional()
/** A database on another machine is reached by TLS with its certificate verified, which is what the driver makes of these modes. */
const databaseAddress = z
  .url({ protocol: /^postgres(ql)?$/ })
  .refine(isGuarded, 'leads to another machine without TLS; add ?sslmode=verify-full')

/** Every setting, its environment variable and its meaning. A file `art32.json` in the data folder may hold the same keys. */
const settings = {
  dataFolder: { variable: 'ART32_DATA', schema: z.string().min(1) },
  role: { variable: 'ART32_ROLE', schema: processRole.default('all') },
  host: { variable: 'ART32_HOST', schema: z.string().min(1).default('127.0.0.1') },
  port: { variable: 'ART32_PORT', schema: port.default(3232) },
  publicUrl: { variable: 'ART32_URL', schema: z.url({ protocol: /^https?$/ }).optional() },
  portalUrl: { variable: 'ART32_PORTAL_URL', schema: z.url({ protocol: /^https?$/ }).optional() },
  publishedFolder: { variable: 'ART32_PUBLISHED', schema: file },
  intakeFolder: { variable: 'ART32_INTAKE', schema: file },
  databaseUrl: { variable: 'ART32_DATABASE_URL', schema: databaseAddress.optional() },
  databaseServers: { variable: 'ART32_DATABASE_SERVERS', schema: z.string().max(20_000).default('') },
  layout: { variable: 'ART32_LAYOUT', schema: z.enum(layouts).default('database') },
  databaseRoom: { variable: 'ART32_DATABASE_ROOM', schema: z.string().max(2_000).default('') },
  masterKeyFile: { variable: 'ART32_MASTER_KEY_FILE', schema: z.string().min(1).optional() },
  trustedProxies: { variable: 'ART32_TRUSTED_PROXIES', schema: networks.default([]) },
  tlsCertificateFile: { variable: 'ART32_TLS_CERTIFICATE', schema: file },
  tlsKeyFile: { variable: 'ART32_TLS_KEY', schema: file },
  tlsPort: { variable: 'ART32_TLS_PORT', schema: port.default(3443) },
  tlsMinVersion: { variable: 'ART32_TLS_MIN_VERSION', schema: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2') },
  redirectPort: { variable: 'ART32_REDIRECT_PORT', schema: port.optional() },
  acme: {
    variable: 'ART32_ACME',
    schema: z
      .literal('agreed', {
        error: 'takes the word agreed, once you have read the terms of the authority and accept them',
      })
      .optional(),
  },
  acmeDirectory: { variable: 'ART32_ACME_DIRECTORY', schema: z.url({ protocol: /^https$/ }).optional() },
  acmeContact: { variable: 'ART32_ACME_CONTACT', schema: z.email().max(254).optional() },
  acmeAuthorityFile: { variable: 'ART32_ACME_CA', schema: file },
  clientCertificatePort: { variable: 'ART32_CLIENT_CERTIFICATE_PORT', schema: port.optional() },
  clientAuthorityFile: { variable: 'ART32_CLIENT_CA', schema: file },
  clientCertificateHeader: { variable: 'ART32_CLIENT_CERTIFICATE_HEADER', schema: certificateHeader.optional() },
  smtpUrl: {
    variable: 'ART32_SMTP_URL',
    schema: z
      .url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:587 or smtps://user:password@host:465' })
      .refine(isMailServer, 'must be an address with a host, and without a path or a half of a sign-in')
      .optional(),
  },
  mailFrom: {
    variable: 'ART32_MAIL_FROM',
    schema: z
      .string()
      .refine(
        (from) => writerOf(from) !== null,
        'must be one address, as art32@example.com or art32 <art32@example.com>',
      )
      .optional(),
  },
  controller: { variable: 'ART32_CONTROLLER', schema: z.string().min(1).max(1_000).optional() },
  dataProtectionOfficer: { variable: 'ART32_DPO', schema: z.string().min(1).max(1_000).optional() },
  witnesses: { variable: 'ART32_WITNESSES', schema: z.string().max(20_000).default('') },
  timeStamps: { variable: 'ART32_TSA', schema: z.string().max(2_000).default('') },
  witnessedLogs: { variable: 'ART32_WITNESSED_LOGS', schema: z.string().max(100_000).default('') },
  scanner: { variable: 'ART32_CLAMAV', schema: z.string().max(500).default('') },
  backupRecipients: { variable: 'ART32_BACKUP_RECIPIENTS', schema: z.string().max(20_000).default('') },
  backupTarget: { variable: 'ART32_BACKUP_TARGET', schema: z.string().max(2_000).default('') },
  backupSecondTarget: { variable: 'ART32_BACKUP_SECOND_TARGET', schema: z.string().max(2_000).default('') },
  backupKeep: { variable: 'ART32_BACKUP_KEEP', schema: z.string().max(100).default('7d,5w,12m') },
  backupContinuous: { variable: 'ART32_BACKUP_CONTINUOUS', schema: z.enum(['on', 'off']).default('off') },
  backupLimit: { variable: 'ART32_BACKUP_LIMIT', schema: z.coerce.number().positive().max(100_000).optional() },
  keyVault: { variable: 'ART32_KEY_VAULT', schema: z.url({ protocol: /^https$/ }).optional() },
  metricsPort: { variable: 'ART32_METRICS_PORT', schema: port.optional() },
  metricsHost: { variable: 'ART32_METRICS_HOST', schema: z.string().min(1).default('127.0.0.1') },
  otlp: { variable: 'ART32_OTLP', schema: z.url({ protocol: /^https?$/ }).optional() },
  traceShare: { variable: 'ART32_TRACE_SHARE', schema: z.coerce.number().min(0).max(1).default(0.1) },
  logLevel: { variable: 'ART32_LOG', schema: z.enum(['debug', 'info', 'warn', 'error']).default('info') },
} as const

/** The validated configuration of one installation. */
export interface Config {
  /** Absolute path; holds the embedded database, keys, editions. */
  readonly dataFolder: string
  /** What this process does, of the several that may work on one external database. */
  readonly role: ProcessRole
  readonly host: string
  /** 0 lets the system choose a free one. */
  readonly port: number
  /** The address under which people reach this installation, without a trailing slash; null: http://localhost:PORT. */
  readonly publicUrl: string | null
  /** Where a portal without a database is reached, without a trailing slash; null: public pages are reached where all else is. */
  readonly portalUrl: string | null
  /** Absolute path of the folder that public pages are written to for such a portal; null: they are not. */
  readonly publishedFolder: string | null
  /** Absolute path of the folder in which such a portal puts what is posted to it; null: nothing is looked for. */
  readonly intakeFolder: string | null
  /** An external PostgreSQL 15 or newer instead of the embedded one. */
  readonly databaseUrl: string | null
  /** Servers beside it, on which tenants may lie. */
  readonly databaseServers: readonly ServerSetting[]
  /** How a tenant that is made from now on lies; those that are there stay as they are. */
  readonly layout: Layout
  /** How many tenants at most lie on a server, by its name; one that is not named takes any number. */
  readonly databaseRoom: ReadonlyMap<string, number>
  readonly masterKeyFile: string
  /** Proxies that are believed about the client's address and certificate. */
  readonly trustedProxies: readonly string[]
  /** TLS listeners of art32's own; null: none, the proxy in front does it. */
  readonly tls: TlsConfig | null
  /** How it gets its own certificate, which `tls` then names; null: somebody else does. */
  readonly acme: AcmeSetting | null
  /** In which header a trusted proxy hands on the client's certificate; null: in none. */
  readonly clientCertificateHeader: z.output<typeof certificateHeader> | null
  /** How letters are sent; null: not at all. */
  readonly mail: MailSettings | null
  /** Who is responsible for this installation, as the privacy notice names them: name, address and contact, by semicolons. */
  readonly controller: string | null
  /** The contact of their data protection officer, in the same form. */
  readonly dataProtectionOfficer: string | null
  /** Witnesses that are asked to cosign the ledger of this installation. */
  readonly witnesses: readonly WitnessSetting[]
  /** The authority that stamps the ledger of this installation (RFC 3161); null: none is asked. */
  readonly timeStamps: AuthoritySetting | null
  /** Logs of others whose heads this installation cosigns. */
  readonly witnessedLogs: readonly VerifierKey[]
  /** The ClamAV daemon that looks at uploaded files; null: nobody looks. */
  readonly scanner: ScannerSetting | null
  /** How backups are made and kept. */
  readonly backup: BackupSetting
  readonly masterKey: MasterKeySource
  readonly telemetry: TelemetryConfig
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** How art32 itself speaks TLS. */
export interface TlsConfig {
  readonly certificateFile: string
  readonly keyFile: string
  readonly port: number
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** The port without TLS that sends everybody to the one with it; null: none. */
  readonly redirectPort: number | null
  /** The listener that asks for client certificates; null: none. */
  readonly clientPort: number | null
  /** Authorities that may have issued them; null: any, since only registered ones sign in. */
  readonly clientAuthorityFile: string | null
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
  const kept = readFile(join(dataFolder, 'art32.json'))
  const value = <K extends keyof typeof settings>(key: K): z.output<(typeof settings)[K]['schema']> => {
    const { variable, schema } = settings[key]
    const parsed = schema.safeParse(environment[variable] || kept[key])
    if (!parsed.success)
      throw errors.invalid({ key, variable, problem: parsed.error.issues[0]?.message ?? 'not valid' })
    return parsed.data as z.output<(typeof settings)[K]['schema']>
  }
  const acme = acmeOf()
  return {
    dataFolder,
    role: roleOf(),
    host: value('host'),
    port: value('port'),
    publicUrl: value('publicUrl')?.replace(/\/+$/, '') ?? null,
    portalUrl: value('portalUrl')?.replace(/\/+$/, '') ?? null,
    publishedFolder: folderOf('publishedFolder'),
    intakeFolder: folderOf('intakeFolder'),
    databaseUrl: value('databaseUrl') ?? null,
    ...placesOf(),
    layout: value('layout'),
    masterKeyFile: resolve(value('masterKeyFile') ?? join(dataFolder, 'keys', 'master.key')),
    trustedProxies: value('trustedProxies'),
    tls: tlsOf(acme),
    acme,
    clientCertificateHeader: value('clientCertificateHeader') ?? null,
    mail: mailOf(value('smtpUrl'), value('mailFrom')),
    controller: value('controller') ?? null,
    dataProtectionOfficer: value('dataProtectionOfficer') ?? null,
    witnesses: told('witnesses', witnessesOf),
    timeStamps: told('timeStamps', authorityOf),
    witnessedLogs: told('witnessedLogs', witnessedLogsOf),
    scanner: told('scanner', scannerOf),
    backup: backupOf(),
    masterKey: masterKeySource(environment, value('keyVault') ?? null),
    telemetry: telemetryOf(),
    logLevel: value('logLevel'),
  }

  /** One role of several: the embedded database belongs to one process, and links must lead to the same place from all. */
  function roleOf(): ProcessRole {
    const role = value('role')
    const missing = (key: 'databaseUrl' | 'publicUrl', problem: string) =>
      errors.invalid({ key, variable: settings[key].variable, problem })
    if (role === 'all') return role
    if (value('databaseUrl') === undefined)
      throw missing(
        'databaseUrl',
        `it is missing, and the role ${role} is for several processes on one PostgreSQL server; the embedded one belongs to a single process, without a role`,
      )
    if (value('publicUrl') === undefined)
      throw missing(
        'publicUrl',
        `it is missing, although the role is ${role}; all processes need the one address that people use`,
      )
    return role
  }

  function placesOf(): Pick<Config, 'databaseServers' | 'databaseRoom'> {
    const databaseServers = told('databaseServers', (text) =>
      serversOf(text, (url) => databaseAddress.safeParse(url).error?.issues[0]?.message ?? null),
    )
    const names = [firstServer, ...databaseServers.map(({ name }) => name)]
    return { databaseServers, databaseRoom: told('databaseRoom', (text) => roomOf(text, names)) }
  }

  function backupOf(): BackupSetting {
    const recipients = told('backupRecipients', recipientsOf)
    const place = (key: 'backupTarget' | 'backupSecondTarget') =>
      told(key, (text) => (text === '' ? [] : [targetOf(text, storeKeyOf(environment, key))]))
    const first = place('backupTarget')
    const second = place('backupSecondTarget')
    const missing = (key: 'backupRecipients' | 'backupTarget', problem: string) =>
      errors.invalid({ key, variable: settings[key].variable, problem })
    if (first.length === 0 && second.length > 0) throw missing('backupTarget', 'there is a second place and no first')
    if (recipients.length === 0 && first.length > 0)
      throw missing('backupRecipients', 'it is missing, although a place for backups is set')
    if (recipients.length > 0 && first.length === 0)
      throw missing('backupTarget', 'it is missing, although recipients of backups are set')
    const limit = value('backupLimit')
    const continuous = value('backupContinuous') === 'on'
    const problem = continuous ? whyNotContinuous(first.length > 0) : null
    if (problem !== null)
      throw errors.invalid({ key: 'backupContinuous', variable: settings.backupContinuous.variable, problem })
    return {
      continuous,
      recipients,
      targets: [...first, ...second],
      keep: told('backupKeep', keepOf),
      bytesPerSecond: limit === undefined ? null : limit * 1_048_576,
    }
  }

  /** The log is that of the embedded server, and of all that lies on it. */
  function whyNotContinuous(isSetUp: boolean): string | null {
    if (!isSetUp) return 'no place for backups is set; it needs ART32_BACKUP_TARGET and ART32_BACKUP_RECIPIENTS'
    if (value('databaseUrl') !== undefined)
      return 'ART32_DATABASE_URL names a server of your own; its log is kept by what keeps that server'
    if (value('databaseServers') !== '')
      return 'ART32_DATABASE_SERVERS names servers on which tenants may lie, and one log does not hold them all'
    return null
  }

  function told<T>(
    key:
      | 'witnesses'
      | 'witnessedLogs'
      | 'timeStamps'
      | 'scanner'
      | 'backupRecipients'
      | 'backupTarget'
      | 'backupSecondTarget'
      | 'backupKeep'
      | 'databaseServers'
      | 'databaseRoom',
    read: (text: string) => T,
  ): T {
    try {
      return read(value(key))
    } catch (error) {
      if (!(error instanceof Error) || error instanceof AppError) throw error
      const { variable } = settings[key]
      throw errors.invalid({ key, variable, problem: error.message }, { cause: error })
    }
  }

  function folderOf(key: 'publishedFolder' | 'intakeFolder'): string | null {
    const folder = value(key)
    return folder === undefined ? null : resolve(folder)
  }

  /** Secrets come from the environment only. */
  function telemetryOf(): TelemetryConfig {
    const host = value('metricsHost')
    const token = environment['ART32_METRICS_TOKEN'] || null
    const wrong = (variable: string, problem: string) => errors.invalid({ key: 'metricsHost', variable, problem })
    if (token !== null && token.length < 32) throw wrong('ART32_METRICS_TOKEN', 'it takes 32 characters at least')
    if (token === null && !['127.0.0.1', '::1', 'localhost'].includes(host))
      throw wrong(
        'ART32_METRICS_TOKEN',
        'whoever reaches the port could read it; set a token of 32 characters at least',
      )
    const headers = (environment['ART32_OTLP_HEADERS'] ?? '').split(',').filter((one) => one.trim() !== '')
    return {
      port: value('metricsPort') ?? null,
      host,
      token,
      otlp: value('otlp')?.replace(/\/+$/, '') ?? null,
      otlpHeaders: Object.fromEntries(
        headers.map((one) => [one.split('=', 1)[0]?.trim() ?? '', one.slice(one.indexOf('=') + 1).trim()]),
      ),
      traceShare: value('traceShare'),
    }
  }

  /** Terms are accepted by a word of their own, and by nothing else that is set. */
  function acmeOf(): AcmeSetting | null {
    const wrong = (key: keyof typeof settings, problem: string) =>
      errors.invalid({ key, variable: settings[key].variable, problem })
    const directory = value('acmeDirectory')
    const contact = value('acmeContact') ?? null
    const authorityFile = value('acmeAuthorityFile') ?? null
    const [id, secret] = ['ART32_ACME_KEY_ID', 'ART32_ACME_KEY_SECRET'].map((name) => environment[name] || null)
    if (value('acme') === undefined) {
      if ([directory, contact, authorityFile, id, secret].some((one) => one != null))
        throw wrong('acme', 'it is missing; read the terms of the authority and set it to agreed if you accept them')
      return null
    }
    if (value('tlsCertificateFile') !== undefined || value('tlsKeyFile') !== undefined)
      throw wrong('acme', 'files of a certificate are set, too; take one of both')
    const name = nameOf(value('publicUrl'))
    if (name === null) throw wrong('publicUrl', 'ACME needs https and a name here, such as https://toms.example.com')
    if (value('redirectPort') === undefined)
      throw wrong('redirectPort', 'it is missing; the authority asks for a proof at port 80 of the name')
    if ((id == null) !== (secret == null) || (secret != null && !/^[A-Za-z0-9_-]{16,}=*$/.test(secret)))
      throw wrong('acme', 'ART32_ACME_KEY_ID and ART32_ACME_KEY_SECRET belong together, the secret in base64url')
    return {
      directory: directory ?? usualDirectory,
      name,
      contact,
      binding: id == null || secret == null ? null : { id, secret },
      authorityFile,
      folder: join(dataFolder, 'tls'),
    }
  }

  function tlsOf(acme: AcmeSetting | null): TlsConfig | null {
    const certificateFile = acme ? servedFile(acme.folder) : value('tlsCertificateFile')
    const keyFile = acme ? servedFile(acme.folder) : value('tlsKeyFile')
    const clientPort = value('clientCertificatePort') ?? null
    const clientAuthorityFile = value('clientAuthorityFile') ?? null
    const missing = (key: 'tlsCertificateFile' | 'tlsKeyFile') =>
      errors.invalid({ key, variable: settings[key].variable, problem: 'TLS needs a certificate and its key' })
    const redirectPort = value('redirectPort') ?? null
    if (certificateFile === undefined) {
      if (keyFile !== undefined || clientPort !== null || clientAuthorityFile !== null || redirectPort !== null)
        throw missing('tlsCertificateFile')
      return null
    }
    if (keyFile === undefined) throw missing('tlsKeyFile')
    return {
      certificateFile,
      keyFile,
      port: value('tlsPort'),
      minVersion: value('tlsMinVersion'),
      redirectPort,
      clientPort,
      clientAuthorityFile,
    }
  }
}

/** Keys of buckets come from the environment only; the second place has a key of its own. */
function storeKeyOf(
  environment: Readonly<Record<string, string | undefined>>,
  key: 'backupTarget' | 'backupSecondTarget',
): StoreKey {
  const prefix = key === 'backupTarget' ? 'ART32_BACKUP' : 'ART32_BACKUP_SECOND'
  return { id: environment[`${prefix}_KEY_ID`] || null, secret: environment[`${prefix}_KEY_SECRET`] || null }
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return more.length === 0 && bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
}

function isGuarded(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { hostname, searchParams } = new URL(address)
  const host = searchParams.get('host') ?? hostname.replace(/^\[|\]$/g, '')
  const isHere =
    host === '' || host.startsWith('/') || host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
  return isHere || ['verify-full', 'verify-ca', 'require'].includes(searchParams.get('sslmode') ?? '')
}

/** Server and writer make sense together only. */
function mailOf(url: string | undefined, from: string | undefined): MailSettings | null {
  const missing = (key: 'smtpUrl' | 'mailFrom', other: string) =>
    errors.invalid({ key, variable: settings[key].variable, problem: `it is missing, although ${other} is set` })
  if (url === undefined && from === undefined) return null
  if (from === undefined) throw missing('mailFrom', settings.smtpUrl.variable)
  if (url === undefined) throw missing('smtpUrl', settings.mailFrom.variable)
  return { url, from }
}

function isMailServer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname, pathname, search, hash, username, password } = new URL(text)
  const isBare = (pathname === '' || pathname === '/') && search === '' && hash === ''
  const isWhole = (username === '') === (password === '') && !/%(?![0-9a-f]{2})/i.test(username + password)
  return hostname !== '' && isBare && isWhole
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
