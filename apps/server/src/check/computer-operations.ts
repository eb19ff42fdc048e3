import { InventoryError, Push, collectorFor, collectorNames, readInventory } from '@art32/probes'
import type { Inventory } from '@art32/probes'
import { z } from 'zod'
import { connectionErrors, getConnection, listConnections } from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { environments, renameSystem, systemErrors } from '../system/index.ts'
import { computerErrors } from './computer-errors.ts'
import * as store from './computer-store.ts'
import { receive } from './computer.ts'
import type { Received } from './computer.ts'
import { keepReadings } from './run.ts'
import type { RunDependencies } from './run.ts'

/** What computers need of the rest of the server. */
export interface ComputerDependencies extends Pick<RunDependencies, 'judged'> {
  /** Where computers reach art32. */
  readonly baseUrl: string
}

const Text = z.object({ en: z.string(), de: z.string() })
const largestPush = 1_048_576
const states = ['pass', 'fail', 'info', 'not-evaluated', 'not-applicable'] as const

const View = z.object({
  connectionId: z.uuid(),
  systemId: z.uuid(),
  name: z.string(),
  computer: z.string(),
  environment: z.enum(environments),
  paused: z.boolean(),
  /** Somebody of the tenant knows it: gave it a name, or connected it before it sent anything. */
  declared: z.boolean(),
  /** What it sent last; null before the first time. */
  last: z
    .object({
      at: z.iso.datetime(),
      collector: z.string(),
      system: z.string(),
      skewSeconds: z.int(),
    })
    .nullable(),
  /** Outcomes that are fresh, by state, and how many are not any more. */
  counts: z.record(z.enum(states), z.int()),
  stale: z.int(),
})

/** What can be done with computers that send their facts. */
export function computerOperations({ judged, baseUrl }: ComputerDependencies) {
  return [
    tenantOperation({
      id: 'computer.push',
      summary: 'Takes the facts that a computer says about itself (art32.host/1), and judges them',
      needs: 'facts:push',
      changes: true,
      input: Push,
      output: z.object({ isNew: z.boolean(), skewSeconds: z.int() }),
      refuses: [
        computerErrors.not_newer,
        computerErrors.clock_ahead,
        computerErrors.too_old,
        computerErrors.paused,
        computerErrors.too_many_new,
        computerErrors.too_large,
      ],
      async run(push, tx) {
        if (Buffer.byteLength(JSON.stringify(push)) > largestPush) throw computerErrors.too_large()
        const received = await receive(tx, push)
        await keepReadings(tx, [received], { judged })
        return { isNew: received.isNew, skewSeconds: received.skewSeconds }
      },
    }),
    tenantOperation({
      id: 'computer.import',
      summary:
        'Reads an export of osquery or Intune, or facts that a collector wrote to a file; each computer is judged',
      kind: 'upload',
      needs: 'connection:write',
      changes: true,
      input: z.object({
        /** When the file was exported: for a report that does not say it. */
        exportedAt: z.iso.datetime().optional(),
      }),
      output: z.object({
        source: z.enum(['osquery', 'intune', 'art32']),
        taken: z.int(),
        isNew: z.int(),
        /** What was not taken, by its place in the file. */
        refused: z.array(z.object({ place: Text, problem: Text })),
      }),
      refuses: [computerErrors.unreadable],
      async run({ exportedAt }, tx) {
        const { source, computers } = inventoryOf(tx, exportedAt === undefined ? null : new Date(exportedAt))
        const taken: Received[] = []
        const refused: { place: z.output<typeof Text>; problem: z.output<typeof Text> }[] = []
        for (const one of computers) {
          const result = 'lacks' in one ? lacking(one.lacks) : await tryToReceive(tx, one.push)
          if ('connection' in result) taken.push(result)
          else refused.push({ place: placeOf(one.place), problem: result })
        }
        await keepReadings(tx, taken, { judged })
        return { source, taken: taken.length, isNew: taken.filter(({ isNew }) => isNew).length, refused }
      },
    }),
    tenantOperation({
      id: 'computer.list',
      summary: 'Lists the computers that send their facts: when each last did, and what was judged',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({ computers: z.array(View) }),
      run: async (_, tx) => ({ computers: await listComputers(tx) }),
    }),
    tenantOperation({
      id: 'computer.name',
      summary: 'Gives a computer a name, and by that says that it is known',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid(), name: z.string().trim().min(1).max(200) }),
      output: z.object({}),
      refuses: [connectionErrors.not_found, systemErrors.not_found, systemErrors.name_taken],
      async run({ connectionId, name }, tx) {
        const connection = await getConnection(tx, connectionId)
        if (connection.connector !== 'computer') throw connectionErrors.not_found()
        await renameSystem(tx, connection.system_id, name)
        await store.declare(tx, connectionId)
        await tx.append({
          type: 'connection.changed',
          about: { kind: 'connection', id: connectionId },
          code: 'declared',
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'computer.collector',
      summary:
        'Hands out the collector for computers without Node; it knows this address and tenant, and never a token',
      kind: 'download',
      needs: 'register:read',
      input: z.object({ file: z.enum(collectorNames) }),
      output: z.unknown(),
      run: ({ file }, tx) =>
        Promise.resolve({
          name: file,
          type: 'text/plain; charset=utf-8',
          bytes: Buffer.from(collectorFor(file, baseUrl, tx.tenant.slug), 'utf8'),
        }),
    }),
  ]
}

/** @throws {computer.unreadable} */
function inventoryOf({ upload }: TenantContext, exported: Date | null): Inventory {
  try {
    return readInventory(upload?.bytes ?? new Uint8Array(), exported)
  } catch (error) {
    if (error instanceof InventoryError) throw computerErrors.unreadable({ problem: error.message }, { cause: error })
    throw error
  }
}

const placeWords: Readonly<Record<string, string>> = { line: 'Zeile', entry: 'Eintrag', computer: 'Rechner' }

/** `line 3` in both languages. */
function placeOf(place: string): z.output<typeof Text> {
  return { en: place, de: place.replace(/^[a-z]+/, (word) => placeWords[word] ?? word) }
}

const lacking = (what: string) => ({ en: `It lacks ${what}.`, de: `Es fehlt: ${what}.` })

/** It decides before it saves anything, so the others of the file are not touched by a refusal. */
async function tryToReceive(tx: TenantContext, push: Push): Promise<Received | z.output<typeof Text>> {
  try {
    return await receive(tx, push)
  } catch (error) {
    if (error instanceof AppError && error.definition.family === 'refusal')
      return { en: error.say('en'), de: error.say('de') }
    throw error
  }
}

async function listComputers(tx: TenantContext): Promise<z.input<typeof View>[]> {
  const sent = new Map((await store.list(tx)).map((row) => [row.connection_id, row]))
  const outcomes = Map.groupBy(await store.listOutcomes(tx), ({ system_id: system }) => system)
  const connections = (await listConnections(tx)).filter(({ connector }) => connector === 'computer')
  return connections.map((row) => viewOf(row, sent.get(row.id), outcomes.get(row.system_id) ?? [], tx.now))
}

function viewOf(
  connection: ConnectionRow,
  sent: store.ComputerRow | undefined,
  outcomes: Awaited<ReturnType<typeof store.listOutcomes>>,
  now: Date,
): z.input<typeof View> {
  const fresh = outcomes.filter((one) => one.fresh_until >= now)
  const counts = { pass: 0, fail: 0, info: 0, 'not-evaluated': 0, 'not-applicable': 0 }
  for (const { state } of fresh) counts[state]++
  return {
    connectionId: connection.id,
    systemId: connection.system_id,
    name: connection.system_name,
    computer: connection.target.slice('computer:'.length),
    environment: connection.environment,
    paused: connection.paused,
    declared: sent?.is_declared ?? true,
    last: sent
      ? {
          at: sent.sent_at.toISOString(),
          collector: sent.collector,
          system: sent.system,
          skewSeconds: sent.skew_s,
        }
      : null,
    counts,
    stale: outcomes.length - fresh.length,
  }
}
