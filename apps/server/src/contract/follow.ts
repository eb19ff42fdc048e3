import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { followAgreement } from '../incident/index.ts'
import { isInForce } from './contract.ts'
import { listInForce } from './look.ts'
import * as store from './store.ts'
import type { ContractRow, CustomerRow } from './store.ts'

/** Has incidents run by the agreements in force with a customer. */
export async function followCustomer(tx: TenantContext, customerId: string): Promise<void> {
  const customer = await store.getCustomer(tx, customerId)
  await follow(tx, customer, await store.listContracts(tx, customerId), await todayOf(tx))
}

/** The same of all customers: agreements begin and end by days, without anybody's doing. */
export async function followCustomers(tx: TenantContext): Promise<void> {
  const today = await todayOf(tx)
  const contracts = Map.groupBy(await store.listContracts(tx), ({ customer_id: id }) => id)
  for (const customer of await store.listCustomers(tx))
    await follow(tx, customer, contracts.get(customer.id) ?? [], today)
}

async function follow(
  tx: TenantContext,
  customer: CustomerRow,
  contracts: readonly ContractRow[],
  today: string,
): Promise<void> {
  const hours = contracts.filter((row) => isInForce(row, today)).map((row) => row.incident_hours)
  await followAgreement(tx, {
    customerId: customer.id,
    name: customer.name,
    contact: customer.contact_email ?? '',
    language: customer.language,
    hours: hours.length === 0 ? null : Math.min(...hours),
  })
}

/** In how many days customers are told before a processor changes: the longest of their agreements, by mail address in lower case. */
export async function listNoticeDays(tx: TenantContext): Promise<ReadonlyMap<string, number>> {
  const days = new Map<string, number>()
  for (const { contract, customer } of await listInForce(tx)) {
    const address = customer.contact_email?.toLowerCase()
    if (address !== undefined) days.set(address, Math.max(days.get(address) ?? 0, contract.sub_processor_days))
  }
  return days
}
