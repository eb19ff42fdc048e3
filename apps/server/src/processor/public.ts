import type { TenantContext } from '../evidence/index.ts'
import { listChanges } from './change-store.ts'
import type { ChangeRow } from './change-store.ts'
import { chainOf } from './processor.ts'
import type { Transfer } from './processor.ts'
import * as store from './store.ts'
import type { ProcessorRow } from './store.ts'

/** A processor as everybody may see it: no person, no paper. */
export interface PublicProcessor {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly purpose: string
  readonly services: string
  readonly dataCategories: readonly string[]
  readonly places: readonly string[]
  readonly placeNote: string
  readonly transfer: Transfer
  readonly transferNote: string
  readonly since: string | null
  /** How far down the chain; 0: engaged by the tenant, or by its customer. */
  readonly depth: number
  readonly contractOf: 'us' | 'customer'
}

/** A change as everybody may see it. */
export interface PublicChange {
  readonly id: string
  readonly kind: ChangeRow['kind']
  readonly name: string
  readonly replaces: string | null
  readonly purpose: string
  readonly places: readonly string[]
  readonly reason: string
  readonly announcedAt: Date
  readonly holdsFrom: string
  readonly state: ChangeRow['state']
  readonly settledAt: Date | null
}

/** What the public page says of processors; null where the tenant does not publish it. */
export interface PublicList {
  readonly processors: readonly PublicProcessor[]
  readonly changes: readonly PublicChange[]
  /** How many days before it holds a change is announced. */
  readonly noticeDays: number
}

/** The list as it holds now, and every change of those who stand in it. */
export async function publicList(tx: TenantContext): Promise<PublicList | null> {
  const { isPublic, noticeDays } = await store.findSetting(tx)
  if (!isPublic) return null
  const rows = (await store.listProcessors(tx)).filter((row) => row.is_public)
  return {
    processors: chainOf(rows.filter(({ state }) => state === 'active')).map(({ row, depth }) => shown(row, depth)),
    changes: changesOf(await listChanges(tx), rows),
    noticeDays,
  }
}

/** Every change, the newest first; null where the tenant does not publish it. */
export async function changedList(tx: TenantContext): Promise<readonly PublicChange[] | null> {
  return (await publicList(tx))?.changes ?? null
}

function shown(row: ProcessorRow, depth: number): PublicProcessor {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    purpose: row.purpose,
    services: row.services,
    dataCategories: row.data_categories,
    places: row.places,
    placeNote: row.place_note,
    transfer: row.transfer,
    transferNote: row.transfer_note,
    since: row.since,
    depth,
    contractOf: row.contract_of,
  }
}

function changesOf(changes: readonly ChangeRow[], rows: readonly ProcessorRow[]): PublicChange[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return changes.flatMap((change): PublicChange[] => {
    const row = byId.get(change.processor_id)
    if (!row) return []
    return [
      {
        id: change.id,
        kind: change.kind,
        name: row.name,
        replaces: (change.replaces_id === null ? undefined : byId.get(change.replaces_id))?.name ?? null,
        purpose: row.purpose,
        places: row.places,
        reason: change.reason,
        announcedAt: change.announced_at,
        holdsFrom: change.holds_from,
        state: change.state,
        settledAt: change.settled_at,
      },
    ]
  })
}
