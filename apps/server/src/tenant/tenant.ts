import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { nameIn } from '../platform/index.ts'
import type { Layout } from '../platform/index.ts'

/** An organisation that uses art32, as the registry in the control database knows it. */
export interface Tenant {
  readonly id: string
  /** Random, 12 base-32 letters: what public places and ledgers say instead of a name. */
  readonly publicId: string
  /** The short name in addresses. */
  readonly slug: string
  readonly name: string
  readonly language: 'en' | 'de'
  /** The origin of its ledger. */
  readonly origin: string
  /** The public key of its ledger, as a C2SP vkey. */
  readonly vkey: string
  /** Whether it rests: it answers nobody, but what it published stays. */
  readonly isSuspended: boolean
  /** Whether it opens only to who has shown a second factor. */
  readonly needsFactor: boolean
  readonly since: Date
}

/** Whether a member who has shown this many factors may come in. */
export function mayEnter({ needsFactor }: Pick<Tenant, 'needsFactor'>, factors: 'one' | 'two'): boolean {
  return !needsFactor || factors === 'two'
}

/** A name that people read: one line, without signs that control how text is shown. */
export const TenantName = z
  .string()
  .trim()
  .min(2)
  .max(200)
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u,
    'Must be one line without control characters',
  )

/** The short name of the installation's own tenant: the one that may look at art32's own machine. */
export const homeSlug = 'this-installation'

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** 60 random bits in base 32. */
export function newPublicId(): string {
  return [...randomBytes(12)].map((byte) => letters[byte % 32] ?? '').join('')
}

/** The origin of a tenant's ledger: no name and no address, so that it can stay for ever. @param number see {@link numbered} */
export function tenantOrigin(installation: string, publicId: string, number = 1): string {
  return numbered(`art32.invalid/${installation}/t/${publicId}`, number)
}

/** The origin of the installation's ledger. @param number see {@link numbered} */
export function instanceOrigin(installation: string, number = 1): string {
  return numbered(`art32.invalid/${installation}/instance`, number)
}

/** The name of the witness that an installation is to others. */
export function witnessName(installation: string): string {
  return `art32.invalid/${installation}/witness`
}

/** The first log bears the name; each one that succeeded it after a restore bears its number behind that. */
function numbered(first: string, number: number): string {
  return number === 1 ? first : `${first}/${number}`
}

/** The number of a log by its origin, of which `first` is the one without. */
export function logNumber(first: string, origin: string): number {
  return origin === first ? 1 : Number(origin.slice(first.length + 1))
}

/** Makes a short name for addresses from a name: `Beispiel GmbH & Co. KG` becomes `beispiel-gmbh-co-kg`. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
  const slug = plain
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 60)
    .replace(/-$/, '')
  return slug.length >= 2 ? slug : `tenant-${newPublicId().slice(0, 4)}`
}

/** The name of a tenant's database, or of its schema, and of the login role that may open nothing else. */
export function databaseOf(publicId: string, layout: Layout): string {
  return nameIn(layout, publicId)
}
