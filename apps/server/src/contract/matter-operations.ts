import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { fileErrors } from '../file/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { agreementErrors, contractErrors, matterErrors } from './errors.ts'
import { openMatter, stepMatter } from './happen.ts'
import { showContracts } from './look.ts'
import { matterKinds, matters } from './matter.ts'
import { certificatePaper, mattersTable, recordPaper } from './papers.ts'
import * as store from './store.ts'
import { Day, Lines } from './text.ts'
import { MatterView } from './views.ts'

const Both = z.object({ en: z.string(), de: z.string() })
const Asked = z.object({
  id: z.string(),
  kind: z.enum(['line', 'text', 'day', 'choice']),
  label: Both,
  required: z.boolean(),
  options: z.array(z.object({ id: z.string(), label: Both })).optional(),
})
const wrongFiles = [fileErrors.not_found, fileErrors.removed, fileErrors.too_many]
const Said = z.record(z.string().max(40), Lines(4_000)).default({})
const FileIds = z.array(z.uuid()).max(20).default([])

/** Whether there is an audit room of this id: known further right. */
export type IsRoom = (tx: TenantContext, roomId: string) => Promise<boolean>

/** What can be done with what happens under agreements. */
export function matterOperations({ isRoom }: { readonly isRoom: IsRoom }) {
  return [
    tenantOperation({
      id: 'matter.kinds',
      summary: 'Lists what may happen under an agreement, with what is written down at each step',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        kinds: z.array(
          z.object({
            kind: z.enum(matterKinds),
            label: Both,
            about: Both,
            opened: Both,
            steps: z.array(
              z.object({ id: z.string(), label: Both, act: Both, asks: z.array(Asked), next: z.array(z.string()) }),
            ),
          }),
        ),
      }),
      run: () =>
        Promise.resolve({
          kinds: matterKinds.map((kind) => {
            const { label, about, opened, steps } = matters[kind]
            return {
              kind,
              label,
              about,
              opened,
              steps: steps.map(({ asks, next, ...step }) => ({
                ...step,
                next: [...next],
                asks: asks.map(({ options, ...asked }) => ({
                  ...asked,
                  ...(options === undefined ? {} : { options: [...options] }),
                })),
              })),
            }
          }),
        }),
    }),
    tenantOperation({
      id: 'matter.list',
      summary: 'Lists what is open under the agreements with all customers, the most urgent first',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        matters: z.array(
          MatterView.pick({
            matterId: true,
            kind: true,
            state: true,
            openedOn: true,
            dueOn: true,
            isOverdue: true,
          }).extend({ customerId: z.uuid(), customer: z.string() }),
        ),
        today: z.iso.date(),
      }),
      async run(_, tx) {
        const today = await todayOf(tx)
        return {
          matters: (await store.listOpenMatters(tx, 200)).map((row) => ({
            matterId: row.id,
            kind: row.kind,
            state: row.state,
            openedOn: row.opened_on,
            dueOn: row.due_on,
            isOverdue: row.due_on !== null && row.due_on < today,
            customerId: row.customer_id,
            customer: row.customer,
          })),
          today,
        }
      },
    }),
    tenantOperation({
      id: 'matter.open',
      summary:
        'Writes down what happens under an agreement: an instruction, a request passed on, an audit, more than the default',
      needs: 'register:write',
      changes: true,
      input: z.object({
        contractId: z.uuid(),
        kind: z.enum(['instruction', 'request', 'audit', 'allowance']),
        openedOn: Day,
        /** What was written down, by the id of the field as `matter.kinds` names it. */
        said: Said,
        /** An audit room for it. */
        roomId: z.uuid().nullable().default(null),
        fileIds: FileIds,
      }),
      output: z.object({ matterId: z.uuid() }),
      refuses: [
        agreementErrors.not_found,
        matterErrors.wrong_fields,
        matterErrors.to_come,
        matterErrors.no_room,
        ...wrongFiles,
      ],
      async run({ contractId, ...given }, tx) {
        const contract = await store.getContract(tx, contractId, true)
        if (given.openedOn > (await todayOf(tx))) throw matterErrors.to_come()
        if (given.roomId !== null && !(await isRoom(tx, given.roomId))) throw matterErrors.no_room()
        return { matterId: await openMatter(tx, contract, given) }
      },
    }),
    tenantOperation({
      id: 'matter.step',
      summary: 'Writes down what came next; what was written before stays',
      needs: 'register:write',
      changes: true,
      input: z.object({ matterId: z.uuid(), state: z.string().max(40), onDay: Day, said: Said, fileIds: FileIds }),
      output: z.object({}),
      refuses: [
        matterErrors.not_found,
        matterErrors.not_possible,
        matterErrors.to_come,
        matterErrors.wrong_fields,
        ...wrongFiles,
      ],
      async run(input, tx) {
        await stepMatter(tx, input)
        return {}
      },
    }),
    tenantOperation({
      id: 'matter.certificate',
      summary: 'Hands out the certificate that the data of a customer were returned or deleted (Art. 28(3)(g))',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        matterId: z.uuid(),
        format: z.enum(['pdf', 'docx', 'json']).default('pdf'),
        /** Left out: the language of the customer. */
        language: z.enum(['en', 'de']).optional(),
      }),
      output: z.unknown(),
      refuses: [matterErrors.not_found, matterErrors.not_done, ...Object.values(paperErrors)],
      async run({ matterId, format, language }, tx) {
        const matter = await store.getMatter(tx, matterId)
        if (matter.kind !== 'return' || matter.closed_on === null) throw matterErrors.not_done()
        const contract = await store.getContract(tx, matter.contract_id)
        const customer = await store.getCustomer(tx, contract.customer_id)
        const steps = await store.listSteps(tx, [matter.id])
        return await paperDownload({
          tx,
          paper: certificatePaper({ matter, contract, customer, steps }, tx.tenant.name, language ?? customer.language),
          format,
          name: 'deletion-certificate',
        })
      },
    }),
    tenantOperation({
      id: 'matter.export',
      summary: 'Hands out everything that happened under the agreements with a customer, as document or table',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        customerId: z.uuid(),
        format: z.enum(['pdf', 'docx', 'csv']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [contractErrors.not_found, ...Object.values(paperErrors)],
      async run({ customerId, format, language }, tx) {
        const customer = await store.getCustomer(tx, customerId)
        const shown = await showContracts(tx, customer.id)
        return await paperDownload({
          tx,
          paper: recordPaper(customer, shown, language),
          format,
          name: 'customer-record',
          table: mattersTable(shown.matters, language),
        })
      },
    }),
  ]
}
