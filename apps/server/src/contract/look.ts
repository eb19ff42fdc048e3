import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listFiles } from '../file/index.ts'
import { isInForce } from './contract.ts'
import * as store from './store.ts'
import type { ContractRow, CustomerRow } from './store.ts'
import { viewContract, viewMatter } from './views.ts'

/** The agreements with a customer and what happened under them, in a fixed number of queries. */
export async function showContracts(tx: TenantContext, customerId: string) {
  const today = await todayOf(tx)
  const contracts = await store.listContracts(tx, customerId)
  const ids = contracts.map(({ id }) => id)
  const matters = await store.listMatters(tx, ids)
  const steps = Map.groupBy(
    await store.listSteps(
      tx,
      matters.map(({ id }) => id),
    ),
    (step) => step.matter_id,
  )
  const files = await listFiles(tx, 'contract', [...ids, ...matters.map(({ id }) => id)])
  return {
    contracts: contracts.map((row) => viewContract(row, today, files.get(row.id))),
    matters: matters.map((row) => viewMatter(row, today, steps.get(row.id) ?? [], files.get(row.id))),
    today,
  }
}

/** An agreement that holds today, with its customer: whoever is to be told of something, and within which period. */
export interface InForce {
  readonly contract: ContractRow
  readonly customer: CustomerRow
}

/** Every agreement that holds today, by the name of the customer. */
export async function listInForce(tx: TenantContext): Promise<InForce[]> {
  const today = await todayOf(tx)
  const customers = new Map((await store.listCustomers(tx)).map((row) => [row.id, row]))
  const found = (await store.listContracts(tx))
    .filter((row) => isInForce(row, today))
    .flatMap((contract): InForce[] => {
      const customer = customers.get(contract.customer_id)
      return customer ? [{ contract, customer }] : []
    })
  return found.toSorted((a, b) => (a.customer.name.toLowerCase() < b.customer.name.toLowerCase() ? -1 : 1))
}

/** The numbers of the editions that customers agreed to and that hold today, the earliest first. */
export async function listAgreed(tx: TenantContext): Promise<number[]> {
  const today = await todayOf(tx)
  const numbers = (await store.listContracts(tx))
    .filter((row) => isInForce(row, today))
    .flatMap(({ edition }) => edition ?? [])
  return [...new Set(numbers)].toSorted((a, b) => a - b)
}

/** Records that a customer agreed to a newer edition. An older one never takes its place by itself. */
export async function agreeTo(
  tx: TenantContext,
  contractId: string,
  edition: number,
  code: 'accepted' | 'silence',
): Promise<void> {
  const row = await store.getContract(tx, contractId, true)
  if (row.ended_on !== null || (row.edition ?? 0) >= edition) return
  await store.saveContract(tx, { ...row, edition, revision: row.revision + 1 })
  await tx.append({
    type: 'agreement.changed',
    about: { kind: 'contract', id: row.id },
    code,
    content: { before: { edition: row.edition }, after: { edition } },
    ...(code === 'silence' ? { by: 'system' as const } : {}),
  })
}
