import type { TenantContext } from '../evidence/index.ts'
import { chainOf } from './processor.ts'
import * as store from './store.ts'
import { placeNames, transferText } from './words.ts'

/** A sub-processor as the annex of a contract names it. */
export interface SubProcessor {
  readonly name: string
  readonly address: string
  /** A function, a page or mailbox; with the name of a person only for customers. */
  readonly contact: string
  /** What it does, with which data, where. */
  readonly processing: string
}

/**
 * Who processes on the tenant's own contract, for the list of sub-processors.
 *
 * @param audience whether names of contact persons are in it; to the public nothing that the tenant does not publish
 * @param language in which countries are named
 */
export async function listSubProcessors(
  tx: TenantContext,
  audience: 'public' | 'customers',
  language: 'en' | 'de',
): Promise<SubProcessor[]> {
  if (audience === 'public' && !(await store.findSetting(tx)).isPublic) return []
  const rows = (await store.listProcessors(tx)).filter((row) => row.state === 'active' && row.contract_of === 'us')
  const seen = audience === 'public' ? rows.filter((row) => row.is_public) : rows
  return chainOf(seen).map(({ row }) => ({
    name: row.name,
    address: row.address,
    contact: [...(audience === 'customers' ? [row.contact_name] : []), row.contact_function, row.contact_at]
      .filter((text) => text !== '')
      .join(', '),
    processing: [
      row.purpose,
      row.services,
      row.data_categories.join(', '),
      [placeNames(row.places, language), row.place_note].join(' ').trim(),
    ]
      .filter((text) => text !== '')
      .join(' · '),
  }))
}

/** An active processor on the tenant's own contract, as a privacy notice that chose it names it. */
export async function listNamed(
  tx: TenantContext,
): Promise<{ id: string; name: string; places: readonly string[]; transfer: Readonly<Record<'en' | 'de', string>> }[]> {
  return (await store.listProcessors(tx))
    .filter((row) => row.state === 'active')
    .map(({ id, name, places, transfer, transfer_note: note }) => ({
      id,
      name,
      places,
      transfer: {
        en: transfer === 'none' ? '' : transferText({ places, transfer, note }, 'en'),
        de: transfer === 'none' ? '' : transferText({ places, transfer, note }, 'de'),
      },
    }))
}
