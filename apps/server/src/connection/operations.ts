import { connectors, formOf } from '@art32/probes'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { environments, systemErrors } from '../system/index.ts'
import { changeSettings, connect, lacksSettings, move, schedule, sendsItself, termsOf } from './connection.ts'
import { connectionErrors } from './errors.ts'
import * as store from './store.ts'

const Nothing = z.object({})
const Text = z.object({ en: z.string(), de: z.string() })
/** By the name of the field; the connector's own schema parses them. */
const Settings = z.record(z.string().max(60), z.unknown())

/** What can be done with connections. @param mayBeLocal whether a tenant may look at art32's own machine */
export function connectionOperations({ mayBeLocal }: { mayBeLocal: (tenant: Tenant) => boolean }) {
  return [
    tenantOperation({
      id: 'connector.list',
      summary: 'Lists what can be connected: the settings, and the least privileges with the reason for each',
      needs: 'register:read',
      input: Nothing,
      output: z.object({
        connectors: z.array(
          z.object({
            id: z.string(),
            title: Text,
            about: Text,
            needs: z.array(z.object({ privilege: z.string(), reason: Text })),
            fields: z.array(
              z.object({
                name: z.string(),
                kind: z.enum(['text', 'number', 'switch', 'choice', 'lines', 'rows', 'json']),
                label: Text,
                help: Text.optional(),
                unit: z.string().optional(),
                required: z.boolean(),
                secret: z.boolean(),
                choices: z.array(z.string()),
                columns: z.array(z.object({ name: z.string(), label: Text, kind: z.enum(['text', 'day']) })),
                preset: z.union([z.string(), z.number(), z.boolean()]).nullable(),
              }),
            ),
          }),
        ),
      }),
      run: () =>
        Promise.resolve({
          connectors: connectors.map((one) => ({
            id: one.id,
            title: one.title,
            about: one.about,
            needs: [...one.needs],
            fields: formOf(one).map((field) => ({
              ...field,
              choices: [...field.choices],
              columns: [...field.columns],
            })),
          })),
        }),
    }),
    tenantOperation({
      id: 'connection.add',
      summary: 'Connects a system by its address, to be looked at daily',
      needs: 'connection:write',
      changes: true,
      input: z.object({
        /** An address as people write it; or a connector with its settings. */
        target: z.string().trim().min(1).max(2_000).optional(),
        connector: z.string().max(40).optional(),
        settings: Settings.optional(),
        name: z.string().trim().min(1).max(200).optional(),
        environment: z.enum(environments).optional(),
      }),
      output: z.object({ connections: z.array(z.uuid()) }),
      refuses: [
        connectionErrors.bad_target,
        connectionErrors.bad_settings,
        connectionErrors.exists,
        connectionErrors.local_only,
        connectionErrors.other_environment,
        connectionErrors.shared_secret,
        systemErrors.other_environment,
      ],
      run: async (input, tx) => ({ connections: await connect(tx, input, mayBeLocal(tx.tenant)) }),
    }),
    tenantOperation({
      id: 'connection.enter',
      summary: 'Enters the settings of a connection anew, for example a secret that was changed',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid(), settings: Settings }),
      output: Nothing,
      refuses: [
        connectionErrors.not_found,
        connectionErrors.bad_settings,
        connectionErrors.other_target,
        connectionErrors.shared_secret,
      ],
      async run({ connectionId, settings }, tx) {
        await changeSettings(tx, connectionId, settings)
        return {}
      },
    }),
    tenantOperation({
      id: 'system.move',
      summary: 'Moves a system with its connections to another environment, with a reason',
      needs: 'connection:write',
      changes: true,
      input: z.object({
        systemId: z.uuid(),
        environment: z.enum(environments),
        reason: z.string().trim().min(3).max(1_000),
      }),
      output: Nothing,
      refuses: [systemErrors.not_found, connectionErrors.shared_secret],
      async run(input, tx) {
        await move(tx, input)
        return {}
      },
    }),
    tenantOperation({
      id: 'connection.pause',
      summary: 'Pauses or resumes a connection',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid(), paused: z.boolean() }),
      output: Nothing,
      refuses: [connectionErrors.not_found, connectionErrors.enter_again],
      async run({ connectionId, paused }, tx) {
        const before = await store.get(tx, connectionId)
        if (lacksSettings(before) && !paused && !sendsItself(before)) throw connectionErrors.enter_again()
        await store.setPaused(tx, connectionId, paused)
        await tx.append({
          type: 'connection.changed',
          about: { kind: 'connection', id: connectionId },
          code: paused ? 'paused' : 'resumed',
          content: { before: { paused: before.paused }, after: { paused } },
        })
        if (!paused && !sendsItself(before)) await schedule(tx, connectionId, tx.now)
        return {}
      },
    }),
    tenantOperation({
      id: 'connection.remove',
      summary: 'Removes a connection with its sealed settings; outcomes and ledger stay',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid() }),
      output: Nothing,
      refuses: [connectionErrors.not_found],
      async run({ connectionId }, tx) {
        const before = await store.get(tx, connectionId)
        await store.remove(tx, connectionId)
        await tx.append({
          type: 'connection.deleted',
          about: { kind: 'connection', id: connectionId },
          content: { before: termsOf(before) },
        })
        return {}
      },
    }),
  ]
}
