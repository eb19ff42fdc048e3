import type { TenantContext } from '../evidence/index.ts'
import * as notices from './store-notice.ts'

/** What the agreements in force with a customer say of telling it. */
export interface Agreed {
  readonly customerId: string
  readonly name: string
  /** Where a notice goes; empty: to nobody by mail, so somebody tells it another way. */
  readonly contact: string
  readonly language: 'en' | 'de'
  /** The shortest period of its agreements, in hours; null: none is in force. */
  readonly hours: number | null
}

/**
 * Has the list of controllers say what a customer's agreements say, so that a case runs by the clock of the contract. A
 * controller of this name that somebody wrote down is taken over. Changes nothing where nothing differs.
 */
export async function followAgreement(tx: TenantContext, agreed: Agreed): Promise<void> {
  const known = await notices.findFollowing(tx, agreed)
  if (agreed.hours === null) {
    if (!known || known.ended_at !== null) return
    await notices.endController(tx, known.id)
    await changed(tx, { controller: known.id, customer: agreed.customerId, ended: true })
    return
  }
  const { name, contact, language, hours } = agreed
  const row = { id: known?.id ?? tx.newId(), name, contact, language, clock_hours: hours }
  // Two customers may have one name; the controllers that letters go to may not.
  const toldApart = `${name} (${agreed.customerId.slice(0, 8)})`
  const isSame =
    known !== undefined &&
    known.ended_at === null &&
    [name, toldApart].includes(known.name) &&
    (['contact', 'language', 'clock_hours'] as const).every((field) => known[field] === row[field])
  if (!isSame && !(await notices.saveController(tx, row))) await notices.saveController(tx, { ...row, name: toldApart })
  await notices.setCustomer(tx, row.id, agreed.customerId)
  if (!isSame) await changed(tx, { controller: row.id, customer: agreed.customerId, name, hours, language })
}

async function changed(tx: TenantContext, after: object): Promise<void> {
  await tx.append({
    type: 'incident.changed',
    about: { kind: 'tenant', id: tx.tenant.id },
    code: 'controller',
    content: { after },
  })
}
