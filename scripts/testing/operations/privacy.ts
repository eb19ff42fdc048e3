import { testPassword } from '../server.ts'
import type { Row } from './row.ts'
import type { Me } from './world.ts'

const about = (me: Me) => ({ id: me.accountId, person: me.accountId })

/** The notice, what ran out, the own data, and who changed what. */
export const privacyRows = {
  'notice.show': {},
  'retention.list': {},
  'retention.show': { by: 'operator' },
  'retention.run_now': { by: 'operator', noLeaf: 'it only wakes the queue; the run itself records what it deleted' },
  'account.export': {},
  'account.leaving': {},
  'account.delete': {
    input: ({ email }) => ({ confirm: email, password: testPassword }),
    leaves: { tenant: ['access.revoked'], instance: ['account.deleted', 'account.erased'] },
  },
  'history.list': { input: about, filters: ['id', 'person'] },
  'history.export': { input: (me) => ({ ...about(me), format: 'json' }), filters: ['id', 'person'] },
} satisfies Record<string, Row>
