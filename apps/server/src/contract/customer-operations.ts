import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import { csvOf, tenantOperation } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { agreementErrors, contractErrors } from './errors.ts'
import { columns, fates, planImport, takeOver } from './import.ts'
import { countListed, listed, pageOfCustomers } from './list.ts'
import { customersPaper, customersTable } from './papers.ts'
import * as store from './store.ts'
import { addCustomer, changeCustomer } from './terms.ts'
import type { IsPublished } from './terms.ts'
import {
  ContractView,
  customerGiven,
  CustomerListed,
  CustomerView,
  MatterView,
  viewCustomer,
  viewListed,
} from './views.ts'
import { showContracts } from './look.ts'
import { Line } from './text.ts'

const pageSize = 50
const importErrors = [contractErrors.not_csv, contractErrors.too_many_rows]

/** What can be done with customers. */
export function customerOperations({ isPublished }: { readonly isPublished: IsPublished }) {
  return [
    tenantOperation({
      id: 'customer.list',
      summary: 'Lists customers with the agreement that counts, and what is open under their agreements',
      needs: 'ledger:read',
      input: z.object({
        of: z.enum(listed).default('all'),
        find: Line(100).default(''),
        /** The last customer of the page before. */
        after: z.uuid().optional(),
      }),
      output: z.object({
        customers: z.array(CustomerListed),
        counts: z.record(z.string(), z.int()),
        isMore: z.boolean(),
        today: z.iso.date(),
      }),
      async run({ of, find, after = null }, tx) {
        const today = await todayOf(tx)
        const rows = await pageOfCustomers(tx, today, { of, find, after, most: pageSize + 1 })
        return {
          customers: rows.slice(0, pageSize).map(viewListed),
          counts: { ...(await countListed(tx, today)) },
          isMore: rows.length > pageSize,
          today,
        }
      },
    }),
    tenantOperation({
      id: 'customer.show',
      summary: 'Shows a customer with its agreements and everything that happened under them',
      needs: 'ledger:read',
      input: z.object({ customerId: z.uuid() }),
      output: z.object({
        customer: CustomerView,
        contracts: z.array(ContractView),
        matters: z.array(MatterView),
        today: z.iso.date(),
      }),
      refuses: [contractErrors.not_found],
      async run({ customerId }, tx) {
        const customer = await store.getCustomer(tx, customerId)
        return { customer: viewCustomer(customer), ...(await showContracts(tx, customer.id)) }
      },
    }),
    tenantOperation({
      id: 'customer.add',
      summary: 'Adds a customer: the controller on whose behalf data are processed',
      needs: 'register:write',
      changes: true,
      input: z.object(customerGiven),
      output: z.object({ customerId: z.uuid() }),
      refuses: [contractErrors.reference_taken, contractErrors.too_many],
      run: async (given, tx) => ({ customerId: await addCustomer(tx, given) }),
    }),
    tenantOperation({
      id: 'customer.change',
      summary: 'Changes what is written down of a customer',
      needs: 'register:write',
      changes: true,
      input: z.object({ customerId: z.uuid(), revision: z.int(), ...customerGiven }),
      output: z.object({ revision: z.int() }),
      refuses: [contractErrors.not_found, contractErrors.stale, contractErrors.reference_taken],
      run: async (input, tx) => ({ revision: await changeCustomer(tx, input) }),
    }),
    tenantOperation({
      id: 'customer.remove',
      summary: 'Deletes a customer with whom there never was an agreement',
      needs: 'register:write',
      changes: true,
      input: z.object({ customerId: z.uuid() }),
      output: z.object({}),
      refuses: [contractErrors.not_found, contractErrors.has_contracts],
      async run({ customerId }, tx) {
        const row = await store.getCustomer(tx, customerId, true)
        if ((await store.listContracts(tx, row.id)).length > 0) throw contractErrors.has_contracts()
        await store.deleteCustomer(tx, row.id)
        await tx.append({ type: 'customer.deleted', about: { kind: 'customer', id: row.id } })
        return {}
      },
    }),
    tenantOperation({
      id: 'customer.preview',
      summary: 'Reads a CSV file of customers and says what each row would do; changes nothing',
      kind: 'upload',
      needs: 'register:write',
      input: z.object({}),
      output: z.object({
        rows: z.array(
          z.object({
            line: z.int(),
            fate: z.enum(fates),
            name: z.string(),
            reference: z.string(),
            hasContract: z.boolean(),
            faults: z.array(z.string()),
          }),
        ),
        counts: z.record(z.enum(fates), z.int()),
      }),
      refuses: importErrors,
      async run(_, tx) {
        if (!tx.upload) throw bug('an upload without a file')
        const plan = await planImport(tx, tx.upload.bytes, isPublished)
        const of = (fate: (typeof fates)[number]) => plan.filter((row) => row.fate === fate).length
        return {
          // What is wrong comes first.
          rows: plan
            .toSorted((a, b) => Number(b.fate === 'fault') - Number(a.fate === 'fault') || a.line - b.line)
            .slice(0, 200)
            .map(({ customer: _customer, contract: _contract, existing: _existing, faults, ...row }) => ({
              ...row,
              faults: [...faults],
            })),
          counts: { add: of('add'), change: of('change'), same: of('same'), fault: of('fault') },
        }
      },
    }),
    tenantOperation({
      id: 'customer.import',
      summary: 'Takes customers over from a CSV file, all of its rows or none',
      kind: 'upload',
      needs: 'register:write',
      changes: true,
      input: z.object({}),
      output: z.object({ added: z.int(), changed: z.int(), contracts: z.int() }),
      refuses: [
        ...importErrors,
        contractErrors.has_faults,
        contractErrors.too_many,
        contractErrors.reference_taken,
        contractErrors.stale,
        agreementErrors.needs_edition,
      ],
      async run(_, tx) {
        if (!tx.upload) throw bug('an upload without a file')
        return await takeOver(tx, tx.upload.bytes, isPublished)
      },
    }),
    tenantOperation({
      id: 'customer.template',
      summary: 'Hands out an empty CSV file with the columns that an import knows',
      kind: 'download',
      needs: 'register:write',
      input: z.object({}),
      output: z.unknown(),
      run: () =>
        Promise.resolve({
          name: 'customers.csv',
          type: 'text/csv; charset=utf-8',
          bytes: csvOf([
            [...columns],
            [
              'Example Ltd',
              'K-1001',
              '1 Example Road, Example Town',
              'Data protection',
              'privacy@example.com',
              'en',
              '',
              '',
              'Agreement under Art. 28',
              '2026-01-01',
              '',
              '',
              30,
              30,
              24,
            ],
          ]),
        }),
    }),
    tenantOperation({
      id: 'customer.export',
      summary: 'Hands out the customers with their agreements as document or table',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        format: z.enum(['pdf', 'docx', 'csv']).default('csv'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language }, tx) {
        const customers = await store.listCustomers(tx)
        const contracts = await store.listContracts(tx)
        const all = { customers, contracts, today: await todayOf(tx) }
        return await paperDownload({
          tx,
          paper: customersPaper(all, language),
          format,
          name: 'customers',
          table: customersTable(all),
        })
      },
    }),
  ]
}
