import { longDay } from '@art32/press'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import type { Letter, Mailer } from '../platform/index.ts'
import { newToken } from './link.ts'
import type { DisclosureRow } from './store.ts'

/** The queue of answers that are to be sent. */
export const disclosureQueue = 'disclosure-letter'

/** A job of that queue: ids only, and no token. */
export interface DisclosureJob {
  readonly tenantId: string
  readonly disclosureId: string
}

/**
 * Sends the answer to a request. The token is made only here, so that it lies in no queue and nobody but the reader of the
 * letter ever has it; a second try makes another one, and the first ends.
 */
export async function sendDisclosure(
  { tenantId, disclosureId }: DisclosureJob,
  { tenants, baseUrl, mailer }: { tenants: Tenants; baseUrl: string; mailer: Mailer },
): Promise<void> {
  const letter = await tenants.asSystem(tenantId, async (tx) => {
    const { rows } = await tx.sql.query<DisclosureRow>(
      `select * from disclosure where id = $1 and (state = 'declined' or (state = 'granted' and ends_at > $2)) for update`,
      [disclosureId, tx.now],
    )
    const row = rows[0]
    if (!row) return null
    const link = row.state === 'granted' ? `${await makeLink(tx, row.id, baseUrl)}?language=${row.language}` : null
    return { ...letterOf(tx.tenant.name, row, link), to: row.email, language: row.language, id: row.id }
  })
  if (letter) await mailer.send(letter)
}

/** Gives a request a new link; the one before ends. */
export async function makeLink({ sql, tenant }: TenantContext, id: string, baseUrl: string): Promise<string> {
  const { token, hash } = newToken()
  await sql.query('update disclosure set token_hash = $2 where id = $1', [id, hash])
  return `${baseUrl}/trust/${tenant.slug}/link/${token}`
}

function letterOf(
  tenant: string,
  { name, language, ends_at, answer }: DisclosureRow,
  link: string | null,
): Omit<Letter, 'to' | 'language'> {
  const day = longDay(ends_at.toISOString(), language)
  if (language === 'en')
    return link === null
      ? {
          subject: `Your request to ${tenant}`,
          paragraphs: [
            `Hello ${name},`,
            `You asked ${tenant} for documents. You do not get them.`,
            ...(answer === null ? [] : [`${tenant} says: ${answer}`]),
          ],
        }
      : {
          subject: `Your documents from ${tenant}`,
          paragraphs: [
            `Hello ${name},`,
            `${tenant} gives you what you asked for. The link is for you alone and ends on ${day}.`,
            'If you asked for nothing, there is nothing to do.',
          ],
          action: { label: 'See the documents', url: link },
        }
  return link === null
    ? {
        subject: `Ihre Anfrage an ${tenant}`,
        paragraphs: [
          `Guten Tag ${name},`,
          `Sie haben ${tenant} um Unterlagen gebeten. Diese werden Ihnen nicht herausgegeben.`,
          ...(answer === null ? [] : [`${tenant} schreibt dazu: ${answer}`]),
        ],
      }
    : {
        subject: `Ihre Unterlagen von ${tenant}`,
        paragraphs: [
          `Guten Tag ${name},`,
          `${tenant} gibt Ihnen heraus, worum Sie gebeten haben. Der Link ist nur für Sie und endet am ${day}.`,
          'Wenn Sie um nichts gebeten haben, ist nichts zu tun.',
        ],
        action: { label: 'Unterlagen ansehen', url: link },
      }
}
