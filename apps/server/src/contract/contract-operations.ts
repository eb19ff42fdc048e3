import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { attachFiles, fileErrors } from '../file/index.ts'
import { agreementErrors, contractErrors, matterErrors } from './errors.ts'
import * as store from './store.ts'
import { addContract, changeContract, confirmContract, endContract } from './terms.ts'
import type { IsPublished } from './terms.ts'
import { Day, Line } from './text.ts'
import { contractGiven } from './views.ts'

const wrongTerms = [agreementErrors.bad_days, agreementErrors.needs_edition, agreementErrors.no_such_measure]
const wrongFiles = [fileErrors.not_found, fileErrors.removed, fileErrors.too_many]
const Reason = Line(1_000).pipe(z.string().min(3))

/** What can be done with the agreements with customers. */
export function contractOperations({ isPublished }: { readonly isPublished: IsPublished }) {
  return [
    tenantOperation({
      id: 'contract.add',
      summary: 'Adds an agreement with a customer: its days, the edition agreed, and the periods that it names',
      needs: 'register:write',
      changes: true,
      input: z.object({ customerId: z.uuid(), ...contractGiven }),
      output: z.object({ contractId: z.uuid() }),
      refuses: [contractErrors.not_found, ...wrongTerms],
      run: async ({ customerId, ...given }, tx) => ({
        contractId: await addContract(tx, customerId, given, isPublished),
      }),
    }),
    tenantOperation({
      id: 'contract.change',
      summary: 'Changes what is written down of an agreement, such as its last day or the edition agreed',
      needs: 'register:write',
      changes: true,
      input: z.object({ contractId: z.uuid(), revision: z.int(), ...contractGiven }),
      output: z.object({ revision: z.int() }),
      refuses: [agreementErrors.not_found, agreementErrors.stale, agreementErrors.ended, ...wrongTerms],
      run: async (input, tx) => ({ revision: await changeContract(tx, input, isPublished) }),
    }),
    tenantOperation({
      id: 'contract.attach',
      summary: 'Puts the signed agreement or an annex on file',
      needs: 'register:write',
      changes: true,
      input: z.object({ contractId: z.uuid(), fileIds: z.array(z.uuid()).min(1).max(20) }),
      output: z.object({}),
      refuses: [agreementErrors.not_found, ...wrongFiles],
      async run({ contractId, fileIds }, tx) {
        const row = await store.getContract(tx, contractId, true)
        const files = await attachFiles(tx, { kind: 'contract', id: row.id }, fileIds)
        await tx.append({
          type: 'agreement.changed',
          about: { kind: 'contract', id: row.id },
          code: 'file',
          content: { content: { files: files.map(({ sha256 }) => sha256) } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'contract.confirm',
      summary: 'Says that both sides signed the agreement on file; measures rest on it until its last day',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ contractId: z.uuid() }),
      output: z.object({}),
      refuses: [agreementErrors.not_found, agreementErrors.ended, agreementErrors.over, agreementErrors.no_file],
      async run({ contractId }, tx) {
        await confirmContract(tx, contractId)
        return {}
      },
    }),
    tenantOperation({
      id: 'contract.end',
      summary: 'Ends an agreement on a day; the return or deletion of the data is then to be done',
      needs: 'register:write',
      changes: true,
      input: z.object({ contractId: z.uuid(), endedOn: Day, reason: Reason }),
      output: z.object({ matterId: z.uuid() }),
      refuses: [agreementErrors.not_found, agreementErrors.ended, agreementErrors.bad_days, matterErrors.wrong_fields],
      run: async (input, tx) => ({ matterId: await endContract(tx, input) }),
    }),
  ]
}
