import { DrillSent, contradictionIn, readDrillSent, readingOfDrill } from '@art32/probes'
import type { DrillEnvelope, DrillPush, SignedDrill } from '@art32/probes'
import { z } from 'zod'
import { findConnection, listConnections } from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { drillErrors } from './drill-errors.ts'
import { audienceOf, isSameDrillKey, openDrill, readDrillKey, verifyDrill } from './drill-signature.ts'
import type { VerifiedDrill } from './drill-signature.ts'
import * as store from './drill-store.ts'
import { keepReadings } from './run.ts'
import type { RunDependencies } from './run.ts'

/** What operations on drills need besides a tenant. */
interface DrillDependencies extends Pick<RunDependencies, 'judged'> {
  /** The address of the installation, for which results are signed. */
  readonly baseUrl: string
}

/** Of a change over, two and those of the other machines; more is a list that nobody looks through. */
const mostKeys = 10

const KeyInput = z.object({
  /** The name under which the drill is connected. */
  drill: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  /** The public key, as `art32 drill key` prints it. */
  publicKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9+/=.-]{1,300}$/),
})

/** What can be done with drills that send their results. */
export function drillOperations({ judged, baseUrl }: DrillDependencies) {
  return [
    tenantOperation({
      id: 'drill.push',
      summary: 'Takes what a restore drill saw (art32.drill/1, or a signed envelope of it), and judges it',
      needs: 'drill:push',
      changes: true,
      input: DrillSent,
      output: z.object({
        /** The key that signed it, as name+id; null: it was not signed. */
        signedBy: z.string().nullable(),
      }),
      refuses: [
        drillErrors.unknown,
        drillErrors.contradicts_itself,
        drillErrors.not_newer,
        drillErrors.clock_ahead,
        drillErrors.too_old,
        drillErrors.paused,
        drillErrors.not_signed,
        drillErrors.no_key,
        drillErrors.wrong_signature,
        drillErrors.other_audience,
        drillErrors.bad_envelope,
      ],
      async run(sent, tx) {
        const { push, connection, seenAt, verified } = await receive(tx, sent, baseUrl)
        const reading = readingOfDrill(push, seenAt, verified?.signing ?? null)
        await keepReadings(tx, [{ connection, reading, evidence: verified?.evidence ?? null }], { judged })
        return { signedBy: verified?.signing.by ?? null }
      },
    }),
    tenantOperation({
      id: 'drill.list',
      summary: 'Lists the restore drills that are connected, with the public keys by which their results are signed',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        /** For whom results have to be signed. */
        audience: z.object({ server: z.string(), tenant: z.string() }),
        drills: z.array(
          z.object({
            connectionId: z.uuid(),
            drill: z.string(),
            systemName: z.string(),
            /** When the last result that was taken ended, by the clock of its machine; null: none was. */
            sentAt: z.iso.datetime().nullable(),
            /** Empty: results need not be signed. */
            keys: z.array(
              z.object({
                key: z.string(),
                addedAt: z.iso.datetime(),
                /** When a result signed by it was last taken. */
                usedAt: z.iso.datetime().nullable(),
              }),
            ),
          }),
        ),
      }),
      async run(_, tx) {
        const keys = await store.listKeys(tx, null)
        const sent = new Map((await store.list(tx)).map((row) => [row.connection_id, row.sent_at]))
        return {
          audience: audienceOf(tx, baseUrl),
          drills: (await listConnections(tx))
            .filter(({ connector }) => connector === 'drill')
            .map((row) => ({
              connectionId: row.id,
              drill: row.target.replace(/^drill:/, ''),
              systemName: row.system_name,
              sentAt: sent.get(row.id)?.toISOString() ?? null,
              keys: keys
                .filter((one) => one.connection_id === row.id)
                .map(({ key, added_at: added, used_at: used }) => ({
                  key,
                  addedAt: added.toISOString(),
                  usedAt: used?.toISOString() ?? null,
                })),
            })),
        }
      },
    }),
    tenantOperation({
      id: 'drill.key_add',
      summary: 'Enters a public key at a restore drill; from the first one on, its results have to be signed',
      needs: 'connection:write',
      changes: true,
      input: KeyInput,
      output: z.object({ keys: z.int() }),
      refuses: [
        drillErrors.unknown,
        drillErrors.private_key,
        drillErrors.bad_key,
        drillErrors.weak_key,
        drillErrors.key_known,
        drillErrors.too_many_keys,
      ],
      async run({ drill, publicKey }, tx) {
        const key = readDrillKey(publicKey)
        const connection = await lockedDrill(tx, drill)
        const known = await store.listKeys(tx, connection.id)
        if (known.some((one) => isSameDrillKey(one.key, key))) throw drillErrors.key_known()
        if (known.length >= mostKeys) throw drillErrors.too_many_keys({ most: mostKeys })
        await store.addKey(tx, connection.id, key)
        await tx.append({
          type: 'connection.changed',
          about: { kind: 'connection', id: connection.id },
          code: 'key-added',
          content: { after: { key } },
        })
        return { keys: known.length + 1 }
      },
    }),
    tenantOperation({
      id: 'drill.key_remove',
      summary: 'Removes a public key from a restore drill; without any, its results need not be signed',
      needs: 'connection:write',
      changes: true,
      input: KeyInput,
      output: z.object({ keys: z.int() }),
      refuses: [drillErrors.unknown, drillErrors.key_not_found],
      async run({ drill, publicKey: key }, tx) {
        const connection = await lockedDrill(tx, drill)
        if (!(await store.removeKey(tx, connection.id, key))) throw drillErrors.key_not_found()
        await tx.append({
          type: 'connection.changed',
          about: { kind: 'connection', id: connection.id },
          code: 'key-removed',
          content: { before: { key } },
        })
        return { keys: (await store.listKeys(tx, connection.id)).length }
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

/** The connection of a drill, with no result and no change of keys beside this one. @throws {drill.unknown} */
async function lockedDrill(tx: TenantContext, drill: string): Promise<ConnectionRow> {
  await store.lock(tx, drill)
  const connection = await findConnection(tx, 'drill', `drill:${drill}`)
  if (!connection) throw drillErrors.unknown()
  return connection
}

/** A result that was let in. */
interface Received {
  readonly push: DrillPush
  readonly connection: ConnectionRow
  readonly seenAt: Date
  /** Null: it was not signed. */
  readonly verified: VerifiedDrill | null
}

/**
 * Lets a result in that is new and of a drill that somebody connected, signed where that drill has keys. Nobody is made known by what he
 * sends: a made-up system with a proven restore would speak for the tenant.
 *
 * @throws {drill.bad_envelope | drill.unknown | drill.not_signed | drill.no_key | drill.wrong_signature | drill.other_audience |
 *   drill.contradicts_itself | drill.paused | drill.not_newer | drill.clock_ahead | drill.too_old}
 */
async function receive(tx: TenantContext, sent: DrillSent, baseUrl: string): Promise<Received> {
  const read = readDrillSent(sent)
  const { push, signed } = 'push' in read ? { push: read.push, signed: null } : signedIn(read.envelope)
  const connection = await lockedDrill(tx, push.drill)
  const keys = (await store.listKeys(tx, connection.id)).map(({ key }) => key)
  if (!signed && keys.length > 0) throw drillErrors.not_signed()
  const verified = signed && verifyDrill(signed.envelope, signed.push, keys, audienceOf(tx, baseUrl))
  const seenAt = await letIn(tx, connection, push)
  if (verified) await store.noteUse(tx, connection.id, verified.key)
  return { push, connection, seenAt, verified }
}

function signedIn(envelope: DrillEnvelope): {
  push: DrillPush
  signed: { envelope: DrillEnvelope; push: SignedDrill }
} {
  const push = openDrill(envelope)
  return { push, signed: { envelope, push } }
}

/** @returns when it counts as seen */
async function letIn(tx: TenantContext, connection: ConnectionRow, push: DrillPush): Promise<Date> {
  const place = contradictionIn(push)
  if (place !== null) throw drillErrors.contradicts_itself({ place })
  if (connection.paused) throw drillErrors.paused()
  const sentAt = new Date(push.at)
  const ahead = sentAt.getTime() - tx.now.getTime()
  if (ahead > mostAheadMs) throw drillErrors.clock_ahead({ minutes: Math.floor(ahead / minuteMs) })
  if (-ahead > mostBehindMs) throw drillErrors.too_old({ days: Math.floor(-ahead / dayMs) })
  const last = await store.find(tx, connection.id)
  if (last && sentAt <= last.sent_at) throw drillErrors.not_newer({ at: last.sent_at.toISOString() })
  await store.keep(tx, { connection_id: connection.id, sent_at: sentAt, received_at: tx.now, nonce: push.nonce })
  return ahead > 0 ? tx.now : sentAt
}
