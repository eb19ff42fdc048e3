import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { archiveOf } from './archive.ts'
import { incidentErrors } from './errors.ts'
import { newToken } from './link.ts'
import * as store from './store.ts'
import * as cases from './store-case.ts'

const Id = { incidentId: z.uuid() }
const mostLinks = 50

/** A case outside: as one file, and by links that end. */
export function shareOperations({ baseUrl }: { readonly baseUrl: string }) {
  return [
    tenantOperation({
      id: 'incident.archive',
      summary: 'Hands out a whole incident as one file: records, notices, evidence files and the proofs of the ledger',
      kind: 'download',
      needs: 'ledger:read',
      settled: true,
      input: z.object(Id),
      output: z.unknown(),
      refuses: [incidentErrors.not_found],
      run: async ({ incidentId }, tx) => await archiveOf(tx, await store.getIncident(tx, incidentId)),
    }),
    tenantOperation({
      id: 'incident.share',
      summary: 'Makes a link by which somebody outside reads an incident and takes it along, until it ends',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, label: z.string().trim().min(2).max(200), hours: z.int().min(1).max(2_160) }),
      output: z.object({
        /** Shown only now. */
        url: z.string(),
        endsAt: z.iso.datetime(),
      }),
      refuses: [incidentErrors.not_found, incidentErrors.too_many],
      async run({ incidentId, label, hours }, tx) {
        await store.getIncident(tx, incidentId)
        if ((await cases.listLinks(tx, incidentId)).length >= mostLinks)
          throw incidentErrors.too_many({ most: mostLinks })
        const { token, hash } = newToken()
        const ends = new Date(tx.now.getTime() + hours * 3_600_000)
        const id = tx.newId()
        await cases.addLink(tx, { id, incident_id: incidentId, label, ends_at: ends }, hash)
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'shared',
          content: { after: { link: id, label, until: ends.toISOString() } },
        })
        return { url: `${baseUrl}/trust/${tx.tenant.slug}/incident/${token}`, endsAt: ends.toISOString() }
      },
    }),
    tenantOperation({
      id: 'incident.end_share',
      summary: 'Ends a link to an incident at once',
      needs: 'incident:write',
      changes: true,
      input: z.object({ linkId: z.uuid() }),
      output: z.object({}),
      refuses: [incidentErrors.link_not_found],
      async run({ linkId }, tx) {
        const incidentId = await cases.endLink(tx, linkId)
        if (incidentId === undefined) throw incidentErrors.link_not_found()
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'share-ended',
          content: { after: { link: linkId } },
        })
        return {}
      },
    }),
  ]
}
