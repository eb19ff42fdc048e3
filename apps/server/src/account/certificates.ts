import { X509Certificate, createHash, randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { SignedIn } from './account.ts'
import { accountErrors } from './errors.ts'
import { changeAs } from './transaction.ts'

/** A registered certificate as its owner sees it. */
export interface AccountCertificate {
  readonly id: string
  readonly name: string
  /** SHA-256 of the DER in hexadecimal. */
  readonly fingerprint: string
  readonly notAfter: Date
  readonly since: Date
  /** To the hour; null before the first use. */
  readonly lastUse: Date | null
}

/** TLS client certificates that sign accounts in. */
export interface Certificates {
  /**
   * Whom a certificate signs in, unless it has run out or was removed.
   *
   * @param der the certificate; that whoever sends it has its key was shown by a TLS handshake
   */
  find(der: Uint8Array): Promise<SignedIn | null>
  list(accountId: string): Promise<AccountCertificate[]>
  /** @throws {account.certificate_unreadable | _expired | _authority | _weak | _taken} */
  add(accountId: string, wish: { name: string; pem: string }): Promise<AccountCertificate>
  /** @returns whether it was there */
  remove(accountId: string, certificateId: string): Promise<boolean>
  /** Removes every certificate of an account at once. */
  endAll(accountId: string): Promise<void>
}

interface Row {
  readonly id: string
  readonly name: string
  readonly fingerprint: Buffer
  readonly not_after: Date
  readonly since: Date
  readonly last_use: Date | null
}

/**
 * Opens the certificates. Each is known by the hash of its whole DER and not by its subject: another certificate with the
 * same names, by whatever authority, is another one.
 */
export function openCertificates(pool: Pool, now: () => Date): Certificates {
  return {
    async find(der) {
      const at = now()
      const { rows } = await pool.query<Row & { account_id: string; account_name: string; email: string }>(
        `select c.id, c.last_use, c.account_id, a.name as account_name, a.email
         from account_certificate c join account a on a.id = c.account_id
         where c.fingerprint = $1 and c.not_after > $2`,
        [digest(der), at],
      )
      const row = rows[0]
      if (!row) return null
      const hourAgo = new Date(at.getTime() - 3_600_000)
      if (row.last_use === null || row.last_use < hourAgo)
        await pool.query('update account_certificate set last_use = $2 where id = $1', [row.id, at])
      return {
        // One factor, whatever guards its key.
        account: { id: row.account_id, name: row.account_name, email: row.email, factors: 'one', through: null },
        means: { kind: 'certificate', certificateId: row.id },
      }
    },
    async list(accountId) {
      const { rows } = await pool.query<Row>(
        `select id, name, fingerprint, not_after, since, last_use from account_certificate where account_id = $1
         order by since, id`,
        [accountId],
      )
      return rows.map(certificateOf)
    },
    async add(accountId, { name, pem }) {
      const certificate = read(pem, now())
      const row = {
        id: randomUUID(),
        name,
        fingerprint: digest(certificate.raw),
        not_after: certificate.validToDate,
        since: now(),
        last_use: null,
      }
      const added = await changeAs(pool, accountId, (db) =>
        db.query(
          `insert into account_certificate (id, fingerprint, account_id, name, not_after, since)
           values ($1, $2, $3, $4, $5, $6) on conflict (fingerprint) do nothing`,
          [row.id, row.fingerprint, accountId, name, row.not_after, row.since],
        ),
      )
      if (added.rowCount === 0) throw accountErrors.certificate_taken()
      return certificateOf(row)
    },
    async remove(accountId, certificateId) {
      const values = [certificateId, accountId]
      const removed = await changeAs(pool, accountId, (db) =>
        db.query('delete from account_certificate where id = $1 and account_id = $2', values),
      )
      return removed.rowCount === 1
    },
    async endAll(accountId) {
      await pool.query('delete from account_certificate where account_id = $1', [accountId])
    },
  }
}

/** A certificate that may sign somebody in: readable, in force, not an authority's, with a key of today's strength. */
function read(pem: string, at: Date): X509Certificate {
  // A file with the private key beside it is a mistake that must not travel further than here.
  if (pem.includes('PRIVATE KEY')) throw accountErrors.certificate_with_key()
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pem)
  } catch (cause) {
    throw accountErrors.certificate_unreadable({}, { cause })
  }
  if (certificate.validToDate <= at || certificate.validFromDate > at) throw accountErrors.certificate_expired()
  if (certificate.ca) throw accountErrors.certificate_authority()
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey
  const isStrong =
    type === 'ed25519' ||
    (type === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '')) ||
    ((type === 'rsa' || type === 'rsa-pss') && (details?.modulusLength ?? 0) >= 2048)
  if (!isStrong) throw accountErrors.certificate_weak()
  return certificate
}

function certificateOf({ id, name, fingerprint, not_after: notAfter, since, last_use: lastUse }: Row) {
  return { id, name, fingerprint: fingerprint.toString('hex'), notAfter, since, lastUse }
}

function digest(der: Uint8Array): Buffer {
  return createHash('sha256').update(der).digest()
}
