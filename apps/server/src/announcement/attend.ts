import { agreeTo, getContract } from '../contract/index.ts'
import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import * as store from './store.ts'

/**
 * Notes that the days to object are over. Where the agreement says that silence agrees, the newer edition is agreed to from then on.
 * Any number of times, by any number of processes.
 */
export async function attendNotices(tx: TenantContext): Promise<void> {
  const today = await todayOf(tx)
  for (const notice of await store.listSilent(tx, today)) {
    await store.saveNotice(tx, { ...notice, outcome: 'silent', outcome_on: today })
    await tx.append({
      type: 'announcement.answered',
      about: { kind: 'announcement', id: notice.announcement_id },
      code: 'silent',
      content: { content: { contract: notice.contract_id, objectBy: notice.object_by } },
      by: 'system',
    })
    const contract = await getContract(tx, notice.contract_id)
    if (contract.silence_consents && notice.edition !== null) await agreeTo(tx, contract.id, notice.edition, 'silence')
  }
}
