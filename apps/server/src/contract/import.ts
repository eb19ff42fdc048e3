import { z } from 'zod'
import { readCsv } from '@art32/probes'
import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { contractErrors } from './errors.ts'
import * as store from './store.ts'
import { addContract, addCustomer, changeCustomer } from './terms.ts'
import type { IsPublished } from './terms.ts'
import { contractGiven, customerGiven } from './views.ts'

/** The columns of the file; only the name is needed. */
export const columns = [
  'name',
  'reference',
  'address',
  'contact_name',
  'contact_email',
  'language',
  'representative',
  'dpo',
  'agreement',
  'valid_from',
  'valid_until',
  'edition',
  'sub_processor_days',
  'measure_days',
  'incident_hours',
] as const

/** Most rows of one file. */
const mostRows = 5_000

const Customer = z.object(customerGiven)
const Contract = z.object(contractGiven)

/** What becomes of a row; `same`: the customer is there already, and nothing of it changes. */
export const fates = ['add', 'change', 'same', 'fault'] as const

/** A row of the file, as the preview shows it. */
export interface Planned {
  /** In the file, the head being 1. */
  readonly line: number
  readonly fate: (typeof fates)[number]
  readonly name: string
  readonly reference: string
  /** Whether an agreement comes with it. */
  readonly hasContract: boolean
  /** The columns that are wrong. */
  readonly faults: readonly string[]
  readonly customer: z.output<typeof Customer> | null
  readonly contract: z.output<typeof Contract> | null
  readonly existing: store.CustomerRow | null
}

/**
 * Reads a file of customers and says what each row would do; changes nothing. Known customers are those with the same number, or
 * without one, the same name.
 *
 * @throws {customer_import.not_csv | customer_import.too_many_rows}
 */
export async function planImport(tx: TenantContext, bytes: Uint8Array, isPublished: IsPublished): Promise<Planned[]> {
  const { head, rows } = read(bytes)
  const at = new Map(head.map((name, index) => [name.trim().toLowerCase(), index]))
  if (!at.has('name')) throw contractErrors.not_csv({ column: 'name' })
  if (rows.length > mostRows) throw contractErrors.too_many_rows({ most: mostRows })
  const known = await store.listCustomers(tx)
  const byReference = new Map(known.filter((one) => one.reference !== '').map((one) => [key(one.reference), one]))
  const byName = Map.groupBy(known, (one) => key(one.name))
  const today = await todayOf(tx)
  const editions = new Map<number, boolean>()
  const seen = new Set<string>()
  const plan: Planned[] = []
  for (const [index, row] of rows.entries()) {
    const cell = (name: (typeof columns)[number]) => unescape((row[at.get(name) ?? -1] ?? '').trim())
    const customer = customerIn(cell, tx.tenant.language)
    const contract = cell('agreement') === '' && cell('valid_from') === '' ? null : contractIn(cell, today)
    const faults = [...wrong(customer), ...(contract ? wrong(contract) : [])]
    const terms = contract?.success ? contract.data : null
    if (terms && terms.validUntil !== null && terms.validUntil < terms.validFrom) faults.push('valid_until')
    if (terms && terms.edition !== null) {
      const found = editions.get(terms.edition) ?? (await isPublished(tx, terms.edition))
      editions.set(terms.edition, found)
      if (!found) faults.push('edition')
    }
    const reference = cell('reference')
    const own = reference === '' ? `name ${key(cell('name'))}` : `reference ${key(reference)}`
    // Twice in one file: which one holds, nobody knows.
    if (seen.has(own)) faults.push(reference === '' ? 'name' : 'reference')
    seen.add(own)
    const named = byName.get(key(cell('name'))) ?? []
    if (reference === '' && named.length > 1) faults.push('reference')
    const existing = (reference === '' ? named[0] : byReference.get(key(reference))) ?? null
    plan.push({
      line: index + 2,
      fate: faults.length > 0 ? 'fault' : fateOf(customer.data ?? null, existing),
      name: cell('name').slice(0, 200),
      reference: reference.slice(0, 60),
      hasContract: contract !== null,
      faults: [...new Set(faults)],
      customer: customer.data ?? null,
      contract: terms,
      existing,
    })
  }
  return plan
}

/** Takes the file over, all of it or nothing. @throws {customer_import.*} */
export async function takeOver(
  tx: TenantContext,
  bytes: Uint8Array,
  isPublished: IsPublished,
): Promise<{ added: number; changed: number; contracts: number }> {
  const plan = await planImport(tx, bytes, isPublished)
  const faults = plan.filter(({ fate }) => fate === 'fault').length
  if (faults > 0) throw contractErrors.has_faults({ count: faults })
  const done = { added: 0, changed: 0, contracts: 0 }
  for (const { fate, customer, contract, existing } of plan) {
    if (!customer || fate === 'same') continue
    const id = existing?.id ?? (await addCustomer(tx, customer))
    if (existing) await changeCustomer(tx, { ...customer, customerId: id, revision: existing.revision })
    done[existing ? 'changed' : 'added'] += 1
    // Of a customer who is there already, agreements are kept on their page.
    if (!contract || existing) continue
    await addContract(tx, id, contract, isPublished)
    done.contracts += 1
  }
  return done
}

function read(bytes: Uint8Array): { head: readonly string[]; rows: readonly (readonly string[])[] } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const { columns: head, rows } = readCsv(text.replace(/^\uFEFF/, ''))
    return { head, rows }
  } catch {
    throw contractErrors.not_csv({ column: 'name' })
  }
}

/** What was handed out without formulas comes back as it was. */
function unescape(text: string): string {
  return /^'[=+\-@\t]/.test(text) ? text.slice(1) : text
}

type Cell = (name: (typeof columns)[number]) => string

function customerIn(cell: Cell, language: 'en' | 'de') {
  return Customer.safeParse({
    name: cell('name'),
    reference: cell('reference'),
    address: cell('address'),
    contactName: cell('contact_name'),
    contactEmail: cell('contact_email') === '' ? null : cell('contact_email'),
    language: cell('language') === '' ? language : cell('language').toLowerCase(),
    representative: cell('representative'),
    dpo: cell('dpo'),
  })
}

function contractIn(cell: Cell, today: string) {
  const number = (name: Parameters<Cell>[0], usual: number) => (cell(name) === '' ? usual : Number(cell(name)))
  return Contract.safeParse({
    title: cell('agreement') === '' ? 'Art. 28' : cell('agreement'),
    validFrom: cell('valid_from') === '' ? today : cell('valid_from'),
    validUntil: cell('valid_until') === '' ? null : cell('valid_until'),
    edition: cell('edition') === '' ? null : Number(cell('edition')),
    subProcessorDays: number('sub_processor_days', 30),
    measureDays: number('measure_days', 30),
    incidentHours: number('incident_hours', 24),
  })
}

function wrong(parsed: { readonly error?: z.ZodError | undefined }): string[] {
  return (parsed.error?.issues ?? []).map(({ path }) => columnOf(String(path[0] ?? '')))
}

function columnOf(field: string): string {
  return field === 'title' ? 'agreement' : field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function fateOf(
  customer: z.output<typeof Customer> | null,
  existing: store.CustomerRow | null,
): 'add' | 'change' | 'same' | 'fault' {
  if (!customer) return 'fault'
  if (!existing) return 'add'
  const { contact_name: contactName, contact_email: contactEmail, ...row } = existing
  const before: Readonly<Record<string, unknown>> = { ...row, contactName, contactEmail }
  return Object.entries(customer).every(([name, value]) => before[name] === value) ? 'same' : 'change'
}

function key(text: string): string {
  return text.trim().toLowerCase()
}
