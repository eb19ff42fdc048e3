import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { announce, decideObjection, object, withdrawChange } from './change.ts'
import type { Periods } from './change.ts'
import { listChanges, listDeliveries, listObjections } from './change-store.ts'
import { processorErrors } from './errors.ts'
import * as store from './store.ts'
import { ChangeView, viewChange } from './views.ts'

const Day = z.iso.date()
const Reason = z.string().trim().min(3).max(1_000)

/** Changes of processors: announced, told, objected to. */
export function changeOperations({ periods }: { readonly periods: Periods }) {
  return [
    tenantOperation({
      id: 'processor.changes',
      summary: 'Lists announced changes of processors, who was told when, and what was objected',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ changes: z.array(ChangeView) }),
      async run(_, tx) {
        const changes = await listChanges(tx)
        const names = new Map((await store.listProcessors(tx)).map(({ id, name }) => [id, name]))
        const deliveries = await listDeliveries(
          tx,
          changes.map(({ id }) => id),
        )
        const objections = await listObjections(tx)
        return { changes: changes.map((row) => viewChange(row, { names, deliveries, objections })) }
      },
    }),
    tenantOperation({
      id: 'processor.announce',
      summary: 'Announces that a processor is added, replaced or removed, to whoever follows the public page',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        kind: z.enum(['add', 'replace', 'remove']),
        processorId: z.uuid(),
        /** For a replacement: who goes. */
        replacesId: z.uuid().optional(),
        reason: Reason,
        /** Left out: as soon as the longest period of notice allows. */
        holdsFrom: Day.optional(),
      }),
      output: z.object({ changeId: z.uuid(), holdsFrom: Day }),
      refuses: [
        processorErrors.not_found,
        processorErrors.not_planned,
        processorErrors.announced_already,
        processorErrors.too_soon,
      ],
      async run({ kind, processorId, replacesId, reason, holdsFrom }, tx) {
        if ((kind === 'replace') !== (replacesId !== undefined) || replacesId === processorId)
          throw processorErrors.not_planned()
        return await announce(tx, { kind, processorId, replacesId: replacesId ?? null, reason, holdsFrom }, periods)
      },
    }),
    tenantOperation({
      id: 'processor.withdraw_change',
      summary: 'Takes an announced change back, with a reason',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ changeId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [processorErrors.change_not_found, processorErrors.settled],
      async run({ changeId, reason }, tx) {
        await withdrawChange(tx, changeId, reason)
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.object',
      summary: 'Records that a customer objects to a change; it does not hold while an objection is open',
      needs: 'register:write',
      changes: true,
      input: z.object({
        changeId: z.uuid(),
        customer: z.string().trim().min(1).max(200),
        grounds: z.string().trim().max(4_000).default(''),
        receivedOn: Day,
        /** The last day for it by the customer's contract; left out: the latest that was told. */
        objectUntil: Day.optional(),
      }),
      output: z.object({ objectionId: z.uuid(), objectUntil: Day, isInTime: z.boolean() }),
      refuses: [processorErrors.change_not_found, processorErrors.settled],
      run: async ({ changeId, customer, grounds, receivedOn, objectUntil }, tx) =>
        await object(tx, {
          change_id: changeId,
          customer,
          grounds,
          received_on: receivedOn,
          object_until: objectUntil,
        }),
    }),
    tenantOperation({
      id: 'processor.decide_objection',
      summary: 'Records what came of an objection; one that is upheld takes the change back',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        objectionId: z.uuid(),
        outcome: z.enum(['upheld', 'remedied', 'rejected', 'withdrawn']),
        reason: Reason,
      }),
      output: z.object({}),
      refuses: [processorErrors.objection_not_found, processorErrors.decided],
      async run({ objectionId, outcome, reason }, tx) {
        await decideObjection(tx, objectionId, outcome, reason)
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.configure',
      summary:
        'Says whether the public page lists sub-processors, and how many days before it holds a change is announced',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ isPublic: z.boolean(), noticeDays: z.int().min(1).max(365) }),
      output: z.object({}),
      async run(wanted, tx) {
        const before = await store.findSetting(tx)
        await store.saveSetting(tx, wanted)
        await tx.append({
          type: 'processor.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'setting',
          content: { before, after: wanted },
        })
        return {}
      },
    }),
  ]
}
