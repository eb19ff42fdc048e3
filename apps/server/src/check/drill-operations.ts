import { DrillPush, contradictionIn, readingOfDrill } from '@art32/probes'
import { z } from 'zod'
import { findConnection } from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { drillErrors } from './drill-errors.ts'
import * as store from './drill-store.ts'
import { keepReadings } from './run.ts'
import type { RunDependencies } from './run.ts'

/** What can be done with drills that send their results. */
export function drillOperations({ judged }: Pick<RunDependencies, 'judged'>) {
  return [
    tenantOperation({
      id: 'drill.push',
      summary: 'Takes what a restore drill saw (art32.drill/1), and judges it',
      needs: 'drill:push',
      changes: true,
      input: DrillPush,
      output: z.object({}),
      refuses: [
        drillErrors.unknown,
        drillErrors.contradicts_itself,
        drillErrors.not_newer,
        drillErrors.clock_ahead,
        drillErrors.too_old,
        drillErrors.paused,
      ],
      async run(push, tx) {
        const { connection, seenAt } = await receive(tx, push)
        await keepReadings(tx, [{ connection, reading: readingOfDrill(push, seenAt) }], { judged })
        return {}
      },
    }),
  ]
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** As for computers: beyond, the next true result would be taken for an earlier one. */
const mostAheadMs = 60 * minuteMs
/** A pipeline that kept its result while art32 was away. */
const mostBehindMs = 7 * dayMs

/**
 * Lets a result in that is new and of a drill that somebody connected. Nobody is made known by what he sends: a made-up system
 * with a proven restore would speak for the tenant.
 *
 * @throws {drill.contradicts_itself | drill.unknown | drill.paused | drill.not_newer | drill.clock_ahead | drill.too_old}
 */
async function receive(tx: TenantContext, push: DrillPush): Promise<{ connection: ConnectionRow; seenAt: Date }> {
  const place = contradictionIn(push)
  if (place !== null) throw drillErrors.contradicts_itself({ place })
  await store.lock(tx, push.drill)
  const connection = await findConnection(tx, 'drill', `drill:${push.drill}`)
  if (!connection) throw drillErrors.unknown()
  if (connection.paused) throw drillErrors.paused()
  const sentAt = new Date(push.at)
  const ahead = sentAt.getTime() - tx.now.getTime()
  if (ahead > mostAheadMs) throw drillErrors.clock_ahead({ minutes: Math.floor(ahead / minuteMs) })
  if (-ahead > mostBehindMs) throw drillErrors.too_old({ days: Math.floor(-ahead / dayMs) })
  const last = await store.find(tx, connection.id)
  if (last && sentAt <= last.sent_at) throw drillErrors.not_newer({ at: last.sent_at.toISOString() })
  await store.keep(tx, { connection_id: connection.id, sent_at: sentAt, received_at: tx.now, nonce: push.nonce })
  return { connection, seenAt: ahead > 0 ? tx.now : sentAt }
}
