import { z } from 'zod'
import { operationsFor } from '../kernel/index.ts'
import type { AccountCertificate, Certificates } from './certificates.ts'
import { accountErrors } from './errors.ts'
import type { OwnContext } from './operations.ts'

const ownOperation = operationsFor<OwnContext>('installation')
const View = z.object({
  certificateId: z.uuid(),
  name: z.string(),
  fingerprint: z.string(),
  notAfter: z.iso.datetime(),
  since: z.iso.datetime(),
  lastUse: z.iso.datetime().nullable(),
})

const viewOf = ({ id, name, fingerprint, notAfter, since, lastUse }: AccountCertificate): z.input<typeof View> => ({
  certificateId: id,
  name,
  fingerprint,
  notAfter: notAfter.toISOString(),
  since: since.toISOString(),
  lastUse: lastUse?.toISOString() ?? null,
})

/** A person's own TLS client certificates. */
export function certificateOperations({ certificates }: { certificates: Certificates }) {
  return [
    ownOperation({
      id: 'certificate.list',
      summary: 'Lists the TLS client certificates that sign the caller in',
      needs: null,
      input: z.object({}),
      output: z.object({ certificates: z.array(View) }),
      async run(_, { account }) {
        return { certificates: account ? (await certificates.list(account.id)).map(viewOf) : [] }
      },
    }),
    ownOperation({
      id: 'certificate.add',
      summary: 'Lets a TLS client certificate sign the caller in',
      needs: null,
      changes: true,
      input: z.object({ name: z.string().trim().min(1).max(100), pem: z.string().min(1).max(20_000) }),
      output: View,
      refuses: [
        accountErrors.certificate_unreadable,
        accountErrors.certificate_with_key,
        accountErrors.certificate_expired,
        accountErrors.certificate_authority,
        accountErrors.certificate_weak,
        accountErrors.certificate_taken,
      ],
      async run(wish, { account }) {
        if (!account) throw accountErrors.certificate_unknown()
        return viewOf(await certificates.add(account.id, wish))
      },
    }),
    ownOperation({
      id: 'certificate.remove',
      summary: 'Removes a TLS client certificate; it signs nobody in from then on',
      needs: null,
      changes: true,
      input: z.object({ certificateId: z.uuid() }),
      output: z.object({}),
      refuses: [accountErrors.certificate_unknown],
      async run({ certificateId }, { account }) {
        if (!account || !(await certificates.remove(account.id, certificateId)))
          throw accountErrors.certificate_unknown()
        return {}
      },
    }),
  ]
}
