import { z } from 'zod'
import { checks } from '@art32/probes'
import { connectionErrors, lacksSettings, listConnections } from '../connection/index.ts'
import { findIndexes, tenantOperation } from '../evidence/index.ts'
import { environments } from '../system/index.ts'
import { checkErrors } from './errors.ts'
import { withNames } from './pseudonym.ts'
import { parameterOperations } from './parameter-operations.ts'
import { platformOperations } from './platform-operations.ts'
import { factsOf, requestRun } from './run.ts'
import type { RunDependencies } from './run.ts'
import { listSpans } from './span.ts'
import * as store from './store.ts'

const states = ['pass', 'fail', 'info', 'not-evaluated', 'not-applicable'] as const
const State = z.enum(states)
const Counts = z.record(State, z.int())
const Text = z.object({ en: z.string(), de: z.string() })

/** Worst first, as a line of progress shows it. */
const worstFirst = ['fail', 'not-evaluated', 'pass', 'info', 'not-applicable'] as const

/** What can be done with checks, runs and outcomes. */
export function checkOperations(dependencies: Pick<RunDependencies, 'judged'>) {
  return [
    ...platformOperations(dependencies),
    ...parameterOperations(dependencies),
    tenantOperation({
      id: 'check.list',
      summary: 'Lists every check of this release',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        checks: z.array(
          z.object({
            id: z.string(),
            connector: z.string(),
            title: Text,
            why: Text,
            remedy: Text,
            severity: z.enum(['low', 'medium', 'high', 'critical']),
            serves: z.array(z.object({ measure: z.string(), as: z.enum(['proves', 'supports']) })),
          }),
        ),
      }),
      run: () =>
        Promise.resolve({
          checks: checks.map(({ id, connector, title, why, remedy, severity, serves }) => ({
            id,
            connector,
            title,
            why,
            remedy,
            severity,
            serves: serves.map(({ measure, as }) => ({ measure, as })),
          })),
        }),
    }),
    tenantOperation({
      id: 'check.run',
      summary: 'Looks at connections now (none named: all of the environments, by default of production)',
      needs: 'check:run',
      changes: true,
      input: z.object({
        connectionIds: z.array(z.uuid()).max(1_000).default([]),
        environments: z.array(z.enum(environments)).min(1).max(environments.length).default(['production']),
      }),
      output: z.object({ runId: z.uuid() }),
      refuses: [checkErrors.nothing_connected, connectionErrors.not_found, connectionErrors.enter_again],
      run: async (input, tx) => ({ runId: await requestRun(tx, input.connectionIds, input.environments) }),
    }),
    tenantOperation({
      id: 'run.watch',
      summary: 'Follows a run until it is done',
      kind: 'stream',
      needs: 'register:read',
      input: z.object({ runId: z.uuid() }),
      output: z.object({
        done: z.boolean(),
        runId: z.uuid(),
        environments: z.array(z.enum(environments)),
        state: z.enum(['queued', 'running', 'done', 'interrupted']),
        connections: z.int(),
        finished: z.int(),
        outcomes: Counts,
        lines: z.array(
          z.object({
            connectionId: z.uuid(),
            systemName: z.string(),
            connector: z.string(),
            state: z.enum(['waiting', 'running', 'done']),
            worst: State.nullable(),
          }),
        ),
      }),
      refuses: [checkErrors.run_not_found],
      async run({ runId }, tx) {
        const { state, connection_ids: ids, environments: looked } = await store.getRun(tx, runId)
        const connections = new Map((await listConnections(tx)).map((row) => [row.id, row]))
        const readings = new Map((await store.listReadings(tx, runId)).map((row) => [row.connection_id, row.id]))
        const outcomes = await store.listStates(tx, runId)
        const byReading = Map.groupBy(outcomes, (row) => row.reading_id)
        return {
          done: state === 'done' || state === 'interrupted',
          runId,
          environments: looked,
          state,
          connections: ids.length,
          finished: readings.size,
          outcomes: count(outcomes.map((row) => row.state)),
          lines: ids.flatMap((id) => {
            const connection = connections.get(id)
            if (!connection) return []
            const reading = readings.get(id)
            const own = reading === undefined ? [] : (byReading.get(reading) ?? []).map((row) => row.state)
            return {
              connectionId: id,
              systemName: connection.system_name,
              connector: connection.connector,
              state:
                reading !== undefined
                  ? ('done' as const)
                  : state === 'running'
                    ? ('running' as const)
                    : ('waiting' as const),
              worst: worstFirst.find((one) => own.includes(one)) ?? null,
            }
          }),
        }
      },
    }),
    tenantOperation({
      id: 'connection.list',
      summary: 'Lists connections with their last look',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        connections: z.array(
          z.object({
            id: z.uuid(),
            systemId: z.uuid(),
            systemName: z.string(),
            environment: z.enum(environments),
            connector: z.string(),
            target: z.string(),
            /** Whether its settings have to be entered again after an import. */
            enterAgain: z.boolean(),
            every: z.string(),
            paused: z.boolean(),
            nextAt: z.iso.datetime(),
            last: z.object({ at: z.iso.datetime(), read: z.enum(['ok', 'no']), why: z.string().nullable() }).nullable(),
            counts: Counts,
          }),
        ),
      }),
      async run(_, tx) {
        const looks = new Map((await store.listLastLooks(tx)).map((look) => [look.connection_id, look]))
        return {
          connections: (await listConnections(tx)).map((row) => {
            const look = looks.get(row.id)
            return {
              id: row.id,
              systemId: row.system_id,
              systemName: row.system_name,
              environment: row.environment,
              connector: row.connector,
              target: row.target,
              enterAgain: lacksSettings(row),
              every: row.every,
              paused: row.paused,
              nextAt: row.next_at.toISOString(),
              last: look ? { at: look.at.toISOString(), read: look.read, why: look.why } : null,
              counts: count(look?.states ?? []),
            }
          }),
        }
      },
    }),
    tenantOperation({
      id: 'outcome.list',
      summary: 'Lists the latest outcomes by check, system and parameters',
      needs: 'register:read',
      input: z.object({ systemId: z.uuid().optional(), checkId: z.string().max(100).optional() }),
      output: z.object({
        outcomes: z.array(
          z.object({
            id: z.uuid(),
            check: z.string(),
            systemId: z.uuid(),
            systemName: z.string(),
            state: State,
            reason: z.string().nullable(),
            at: z.iso.datetime(),
            freshUntil: z.iso.datetime(),
            subjects: z.array(z.object({ subject: z.string(), state: z.string(), say: Text })),
            /** With what it was judged. */
            parameters: z.record(z.string(), z.unknown()),
            /** Which of them people declared. */
            declared: z.array(z.string()),
          }),
        ),
      }),
      async run(filter, tx) {
        const rows = await store.listLatest(tx, filter)
        const subjects = await withNames(
          tx,
          rows.map((row) => row.subjects),
        )
        return {
          outcomes: rows.map((row, i) => ({
            id: row.id,
            check: row.check_id,
            systemId: row.system_id,
            systemName: row.system_name,
            state: row.state,
            reason: row.reason,
            at: row.at.toISOString(),
            freshUntil: row.fresh_until.toISOString(),
            subjects: subjects[i] ?? [],
            // Written by this module as canonical JSON of an object.
            parameters: { ...(JSON.parse(row.parameters) as Record<string, unknown>), ...row.declared },
            declared: Object.keys(row.declared),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'outcome.history',
      summary: 'Shows how long a verdict held in the last twelve months: in spans, and by days',
      needs: 'register:read',
      input: z.object({ outcomeId: z.uuid() }),
      output: z.object({
        days: z.object({ held: z.int(), failed: z.int(), unseen: z.int() }),
        spans: z.array(
          z.object({
            state: State,
            reason: z.string().nullable(),
            from: z.iso.datetime(),
            until: z.iso.datetime(),
          }),
        ),
      }),
      refuses: [checkErrors.outcome_not_found],
      async run({ outcomeId }, tx) {
        const outcome = await store.getOutcome(tx, outcomeId)
        const { days, spans } = await listSpans(tx, {
          checkId: outcome.check_id,
          systemId: outcome.system_id,
          parameters: outcome.parameters,
        })
        return {
          days,
          spans: spans.map(({ state, reason, from_at: from, until_at: until }) => ({
            state,
            reason,
            from: from.toISOString(),
            until: until.toISOString(),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'outcome.facts',
      summary: 'Shows the facts that led to an outcome, and its leaf in the ledger',
      needs: 'register:read',
      input: z.object({ outcomeId: z.uuid() }),
      output: z.object({
        facts: z.unknown(),
        at: z.iso.datetime(),
        hash: z.string(),
        index: z.int().nullable(),
        /** What was asked of others for it, without parameters and credentials. */
        requests: z.array(
          z.object({
            method: z.string(),
            host: z.string(),
            path: z.string(),
            status: z.int().nullable(),
            times: z.int(),
          }),
        ),
      }),
      refuses: [checkErrors.outcome_not_found, checkErrors.facts_gone],
      async run({ outcomeId }, tx) {
        const { facts, ...row } = await store.getReadingOf(tx, outcomeId)
        if (!facts) throw checkErrors.facts_gone()
        const indexes = await findIndexes(tx.sql, [row.commitment])
        return {
          facts: await withNames(tx, factsOf(tx, { ...row, facts })),
          at: row.at.toISOString(),
          hash: row.facts_hash.toString('hex'),
          requests: [...row.requests],
          index: indexes.get(row.commitment.toString('base64')) ?? null,
        }
      },
    }),
  ]
}

function count(values: readonly (typeof states)[number][]): Record<(typeof states)[number], number> {
  const counts = { pass: 0, fail: 0, info: 0, 'not-evaluated': 0, 'not-applicable': 0 }
  for (const value of values) counts[value]++
  return counts
}
