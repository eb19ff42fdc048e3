import { resolve } from 'node:path'
import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'

/** What the setting of a kiosk may be refused for. */
export const kioskErrors = defineErrors('kiosk', {
  setting: {
    status: 500,
    family: 'refusal',
    en: '{variable}: {problem}.',
    de: '{variable}: {problem}.',
  },
  secret: {
    status: 500,
    family: 'refusal',
    en: '{variable} is set, and a portal holds no secret and no setting of another role. Start it with an environment of its own.',
    de: '{variable} ist gesetzt, und ein Portal hält kein Geheimnis und keine Einstellung einer anderen Rolle. Bitte mit einer eigenen Umgebung starten.',
  },
})

/** Every setting of a kiosk, and its environment variable. */
const settings = {
  publishedFolder: ['ART32_PUBLISHED', z.string().min(1)],
  intakeFolder: ['ART32_INTAKE', z.string().min(1).optional()],
  host: ['ART32_HOST', z.string().min(1).default('127.0.0.1')],
  port: ['ART32_PORT', z.coerce.number().int().min(0).max(65_535).default(3232)],
  trustedProxies: [
    'ART32_TRUSTED_PROXIES',
    z
      .string()
      .default('')
      .transform((text) => text.split(',').map((one) => one.trim()))
      .transform((list) => list.filter((one) => one !== ''))
      .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))),
  ],
  logLevel: ['ART32_LOG', z.enum(['debug', 'info', 'warn', 'error']).default('info')],
} as const

/** What a kiosk is started with. */
export interface KioskConfig {
  /** What is published, to be read. */
  readonly publishedFolder: string
  /** Where what is posted is put; null: no form is taken. */
  readonly intakeFolder: string | null
  readonly host: string
  readonly port: number
  readonly trustedProxies: readonly string[]
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

/** Names by which programs around are given secrets of databases. */
const foreign = /^(?:ART32_|PGPASSWORD$|PGPASSFILE$|PGSERVICEFILE$|DATABASE_URL$)/

/**
 * The configuration, from the environment alone: no file is read.
 *
 * @throws {kiosk.setting | kiosk.secret} also for a setting of another role, since most of those are secrets or lead to one
 */
export function readKioskConfig(environment: Readonly<Record<string, string | undefined>>): KioskConfig {
  const own = Object.values(settings).map(([variable]) => variable) as string[]
  const other = Object.keys(environment).find((name) => foreign.test(name) && !own.includes(name) && environment[name])
  if (other !== undefined) throw kioskErrors.secret({ variable: other })
  const value = <K extends keyof typeof settings>(key: K): z.output<(typeof settings)[K][1]> => {
    const [variable, schema] = settings[key]
    const parsed = schema.safeParse(environment[variable] || undefined)
    if (!parsed.success) throw kioskErrors.setting({ variable, problem: parsed.error.issues[0]?.message ?? 'invalid' })
    return parsed.data as z.output<(typeof settings)[K][1]>
  }
  const intake = value('intakeFolder')
  return {
    publishedFolder: resolve(value('publishedFolder')),
    intakeFolder: intake === undefined ? null : resolve(intake),
    host: value('host'),
    port: value('port'),
    trustedProxies: value('trustedProxies'),
    logLevel: value('logLevel'),
  }
}
