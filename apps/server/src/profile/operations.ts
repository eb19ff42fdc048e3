import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import { profileErrors } from './errors.ts'
import { findProfile } from './profile.ts'

/** Most certificates that a tenant shows. */
const mostCertificates = 50

const Nothing = z.object({})
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text), 'must be one line')
/** An address that a reader is led to: nothing that a browser would run. */
const Address = z
  .url({ protocol: /^https$/ })
  .max(500)
  .refine((text) => !/\s|\p{Cc}/u.test(text), 'holds a space')
const Contact = z.union([
  Address,
  z
    .string()
    .max(330)
    .regex(/^mailto:[^\s@<>,;:"'()[\]\\]+@[^\s@<>,;:"'()[\]\\]+$/, 'is no mail address'),
  z.string().regex(/^tel:\+[0-9-]{5,20}$/, 'is no telephone number such as tel:+49-30-5550'),
])
const reason = z.string().trim().min(1).max(500)

const Certificate = z.object({
  /** Such as `ISO/IEC 27001:2022`. */
  name: line(200),
  issuer: line(200),
  number: line(100).nullable().default(null),
  /** What it covers. */
  scope: line(500).nullable().default(null),
  /** Where whoever issued it shows it. */
  url: Address.nullable().default(null),
  validFrom: z.iso.date().nullable().default(null),
  validUntil: z.iso.date(),
})

const SecurityContact = z.object({
  contacts: z.array(Contact).min(1).max(5),
  encryption: Address.nullable().default(null),
  policy: Address.nullable().default(null),
  /** BCP 47, such as `de`. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))
    .max(10)
    .default([]),
  /** RFC 9116 §2.5.5 recommends less than a year ahead. */
  expiresOn: z.iso.date(),
})

/** What a tenant says about itself on its public page. */
export function profileOperations() {
  return [
    tenantOperation({
      id: 'profile.show',
      summary: 'Shows the security contact and the certificates of the public page',
      needs: 'register:read',
      input: Nothing,
      output: z.object({
        contact: SecurityContact.nullable(),
        certificates: z.array(Certificate.extend({ certificateId: z.uuid(), isExpired: z.boolean() })),
      }),
      async run(_, tx) {
        const { contact, certificates } = await findProfile(tx)
        const today = await todayOf(tx)
        return {
          contact: contact && { ...contact, contacts: [...contact.contacts], languages: [...contact.languages] },
          certificates: certificates.map(({ id, ...one }) => ({
            ...one,
            certificateId: id,
            isExpired: one.validUntil < today,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'profile.set_contact',
      summary: 'Sets where to report a weakness; the public page and security.txt show it',
      needs: 'register:write',
      changes: true,
      input: SecurityContact.extend({ reason }),
      output: Nothing,
      async run({ reason: why, ...contact }, tx) {
        const { contact: before } = await findProfile(tx)
        await tx.sql.query(
          `insert into security_contact (id, contacts, encryption, policy, languages, expires_on, changed_at)
           values (1, $1, $2, $3, $4, $5, $6)
           on conflict (id) do update set contacts = excluded.contacts, encryption = excluded.encryption,
             policy = excluded.policy, languages = excluded.languages, expires_on = excluded.expires_on,
             changed_at = excluded.changed_at`,
          [contact.contacts, contact.encryption, contact.policy, contact.languages, contact.expiresOn, tx.now],
        )
        await tx.append({
          type: 'contact.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          content: { before, after: contact, reason: why },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'profile.remove_contact',
      summary: 'Takes the security contact off the public page',
      needs: 'register:write',
      changes: true,
      input: z.object({ reason }),
      output: Nothing,
      async run({ reason: why }, tx) {
        const { contact: before } = await findProfile(tx)
        await tx.sql.query('delete from security_contact')
        await tx.append({
          type: 'contact.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          content: { before, after: null, reason: why },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'profile.add_certificate',
      summary: 'Shows a certificate or report of somebody else on the public page',
      needs: 'register:write',
      changes: true,
      input: Certificate.extend({ reason }),
      output: z.object({ certificateId: z.uuid() }),
      refuses: [profileErrors.bad_span, profileErrors.too_many],
      async run({ reason: why, ...certificate }, tx) {
        const { name, issuer, number, scope, url, validFrom, validUntil } = certificate
        if (validFrom !== null && validFrom > validUntil) throw profileErrors.bad_span()
        const { certificates } = await findProfile(tx)
        if (certificates.length >= mostCertificates) throw profileErrors.too_many({ most: mostCertificates })
        const id = tx.newId()
        await tx.sql.query(
          `insert into held_certificate (id, name, issuer, number, scope, url, valid_from, valid_until, added_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, name, issuer, number, scope, url, validFrom, validUntil, tx.now],
        )
        await tx.append({
          type: 'certificate.added',
          about: { kind: 'certificate', id },
          content: { after: certificate, reason: why },
        })
        return { certificateId: id }
      },
    }),
    tenantOperation({
      id: 'profile.remove_certificate',
      summary: 'Takes a certificate off the public page',
      needs: 'register:write',
      changes: true,
      input: z.object({ certificateId: z.uuid(), reason }),
      output: Nothing,
      refuses: [profileErrors.no_certificate],
      async run({ certificateId, reason: why }, tx) {
        const before = (await findProfile(tx)).certificates.find(({ id }) => id === certificateId)
        if (!before) throw profileErrors.no_certificate()
        await tx.sql.query('delete from held_certificate where id = $1', [certificateId])
        await tx.append({
          type: 'certificate.removed',
          about: { kind: 'certificate', id: certificateId },
          content: { before, reason: why },
        })
        return {}
      },
    }),
  ]
}
