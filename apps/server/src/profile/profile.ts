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
export async function findProfile({ sql }: TenantContext): Promise<Profile> {
  const { rows: contacts } = await sql.query<SecurityContact>(
    `select contacts, encryption, policy, languages, expires_on::text as "expiresOn" from security_contact`,
  )
  const { rows: certificates } = await sql.query<HeldCertificate>(
    `select id, name, issuer, number, scope, url, valid_from::text as "validFrom", valid_until::text as "validUntil"
     from held_certificate order by valid_until < current_date, name, valid_until desc, id`,
  )
  return { contact: contacts[0] ?? null, certificates }
}

/**
 * The contact as a file of RFC 9116. Its values were checked when they were entered: none holds a line break.
 *
 * @param canonical where this very file lies
 */
export function securityTxt(contact: SecurityContact, canonical: string): string {
  const lines = [
    ...contact.contacts.map((one) => `Contact: ${one}`),
    `Expires: ${contact.expiresOn}T23:59:59Z`,
    ...(contact.encryption === null ? [] : [`Encryption: ${contact.encryption}`]),
    ...(contact.languages.length === 0 ? [] : [`Preferred-Languages: ${contact.languages.join(', ')}`]),
    ...(contact.policy === null ? [] : [`Policy: ${contact.policy}`]),
    `Canonical: ${canonical}`,
  ]
  return `${lines.join('\n')}\n`
}
