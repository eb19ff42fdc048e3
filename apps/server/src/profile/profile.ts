import { addDays, todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** Where to report a weakness, in the fields of RFC 9116. */
export interface SecurityContact {
  /** `mailto:`, `https:` or `tel:`, the preferred one first. */
  readonly contacts: readonly string[]
  /** Address of a key to encrypt with. */
  readonly encryption: string | null
  /** Address of the policy on disclosure. */
  readonly policy: string | null
  readonly languages: readonly string[]
  /** The day after which nobody should rely on it. */
  readonly expiresOn: string
}

/** A certificate or report of somebody else about the tenant. */
export interface HeldCertificate {
  readonly id: string
  readonly name: string
  readonly issuer: string
  readonly number: string | null
  readonly scope: string | null
  readonly url: string | null
  readonly validFrom: string | null
  /** The last day on which it counts. */
  readonly validUntil: string
}

/** What a tenant says about itself. */
export interface Profile {
  readonly contact: SecurityContact | null
  /** Those that still count first, by name. */
  readonly certificates: readonly HeldCertificate[]
}

/** The profile as it is now. */
export async function findProfile(tx: TenantContext): Promise<Profile> {
  const { rows: contacts } = await tx.sql.query<SecurityContact>(
    `select contacts, encryption, policy, languages, expires_on::text as "expiresOn" from security_contact`,
  )
  const { rows: certificates } = await tx.sql.query<HeldCertificate>(
    `select id, name, issuer, number, scope, url, valid_from::text as "validFrom", valid_until::text as "validUntil"
     from held_certificate order by valid_until < $1, name, valid_until desc, id`,
    [await todayOf(tx)],
  )
  return { contact: contacts[0] ?? null, certificates }
}

/** Where else a weakness can be reported, and where the very file lies. */
export interface SecurityPlaces {
  /** The form of the public page; null: it is closed. */
  readonly formUrl: string | null
  /** Metadata of advisories in CSAF; null: there are none. */
  readonly csafUrl: string | null
  readonly canonical: string
  readonly today: string
}

/** The form works as long as the server does; whoever keeps the file is to look again after so many days. */
const formDays = 90

/**
 * The contact as a file of RFC 9116, the form first. Its values were checked when they were entered: none holds a line break.
 * Contacts that nobody is to rely on any more are left out where the form stands for them; alone they stay, as expired.
 *
 * @returns null where there is nowhere to report
 */
export function securityTxt(contact: SecurityContact | null, places: SecurityPlaces): string | null {
  const { formUrl, csafUrl, canonical, today } = places
  if (contact === null && formUrl === null) return null
  const known = contact !== null && (formUrl === null || contact.expiresOn >= today) ? contact : null
  const lines = [
    ...[...(formUrl === null ? [] : [formUrl]), ...(known?.contacts ?? [])].map((one) => `Contact: ${one}`),
    `Expires: ${known?.expiresOn ?? addDays(today, formDays)}T23:59:59Z`,
    ...(known === null || known.encryption === null ? [] : [`Encryption: ${known.encryption}`]),
    ...(known === null || known.languages.length === 0 ? [] : [`Preferred-Languages: ${known.languages.join(', ')}`]),
    ...(known === null || known.policy === null ? [] : [`Policy: ${known.policy}`]),
    ...(csafUrl === null ? [] : [`CSAF: ${csafUrl}`]),
    `Canonical: ${canonical}`,
  ]
  return `${lines.join('\n')}\n`
}
