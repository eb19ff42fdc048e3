import { z } from 'zod'
import { DrillEnvelope, checkOf, checks, scopeCheck } from '@art32/probes'
import type { Check } from '@art32/probes'
import { connectionErrors, lacksSettings, listConnections } from '../connection/index.ts'
import { findIndexes, tenantOperation } from '../evidence/index.ts'
import { environments } from '../system/index.ts'
import { checkErrors } from './errors.ts'
import { withNames } from './pseudonym.ts'
import { historyOperations } from './history-operations.ts'
import type { HistoryDependencies } from './history-operations.ts'
import { envelopeOf, factsOf } from './judging.ts'
import { listOutdated, parametersOf, recompute, requestRejudge, wantedOf } from './rejudge.ts'
import { cancelRun, requestRun, resumeRun } from './run.ts'
import { scopeOperations } from './scope-operations.ts'
import { parameterOperations } from './parameter-operations.ts'
import { platformOperations } from './platform-operations.ts'
import { gapsBetween } from './period.ts'
import { listSpans } from './span.ts'
import * as store from './store.ts'

const states = ['pass', 'fail', 'info', 'not-evaluated', 'not-applicable'] as const
const State = z.enum(states)
const Counts = z.record(State, z.int())
const RunState = z.enum(['queued', 'running', 'done', 'interrupted', 'cancelled'])
const Nothing = z.object({})
const OneRun = z.object({ runId: z.uuid() })
const Text = z.object({ en: z.string(), de: z.string() })

/** Worst first, as a line of progress shows it. */
const worstFirst = ['fail', 'not-evaluated', 'pass', 'info', 'not-applicable'] as const

/** What can be done with checks, runs and outcomes. */
export function checkOperations(dependencies: HistoryDependencies) {
  return [
    ...historyOperations(dependencies),
    ...scopeOperations(dependencies),
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
            /** All that deliver the facts it judges. */
            connectors: z.array(z.string()),
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
          checks: [...checks.map(viewOf), viewOf({ ...scopeCheck, also: [] })],
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
      refuses: [
        checkErrors.nothing_connected,
        connectionErrors.not_found,
        connectionErrors.sends,
        connectionErrors.enter_again,
      ],
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
        state: RunState,
        /** Whether it ended early and something is left to look at. */
        canResume: z.boolean(),
        connections: z.int(),
        finished: z.int(),
        outcomes: Counts,
        lines: z.array(
          z.object({
            connectionId: z.uuid(),
            systemName: z.string(),
            connector: z.string(),
            /** `left`: the run ended before it came to it. */
            state: z.enum(['waiting', 'running', 'done', 'left']),
            worst: State.nullable(),
          }),
        ),
      }),
      refuses: [checkErrors.run_not_found],
      async run({ runId }, tx) {
        const { state, connection_ids: ids, environments: looked, looking } = await store.getRun(tx, runId)
        const connections = new Map((await listConnections(tx)).map((row) => [row.id, row]))
        const readings = new Map((await store.listReadings(tx, runId)).map((row) => [row.connection_id, row.id]))
        const outcomes = await store.listStates(tx, runId)
        const byReading = Map.groupBy(outcomes, (row) => row.reading_id)
        const isOver = state !== 'queued' && state !== 'running'
        const lines = ids.flatMap((id) => {
          const connection = connections.get(id)
          if (!connection) return []
          const reading = readings.get(id)
          const own = reading === undefined ? [] : (byReading.get(reading) ?? []).map((row) => row.state)
          return {
            connectionId: id,
            systemName: connection.system_name,
            connector: connection.connector,
            state: reading !== undefined ? 'done' : isOver ? 'left' : looking.includes(id) ? 'running' : 'waiting',
            worst: worstFirst.find((one) => own.includes(one)) ?? null,
          } as const
        })
        return {
          done: isOver,
          runId,
          environments: looked,
          state,
          canResume: (state === 'cancelled' || state === 'interrupted') && lines.some((one) => one.state === 'left'),
          connections: ids.length,
          finished: readings.size,
          outcomes: count(outcomes.map((row) => row.state)),
          lines,
        }
      },
    }),
    tenantOperation({
      id: 'run.list',
      summary: 'Lists the latest runs',
      needs: 'register:read',
      input: Nothing,
      output: z.object({
        runs: z.array(
          z.object({
            runId: z.uuid(),
            state: RunState,
            environments: z.array(z.enum(environments)),
            connections: z.int(),
            finished: z.int(),
            requestedAt: z.iso.datetime(),
            finishedAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
      async run(_, tx) {
        return {
          runs: (await store.listRuns(tx, 20)).map((row) => ({
            runId: row.id,
            state: row.state,
            environments: row.environments,
            connections: row.connection_ids.length,
            finished: row.finished,
            requestedAt: row.requested_at.toISOString(),
            finishedAt: row.finished_at?.toISOString() ?? null,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'run.cancel',
      summary: 'Cancels a run; what was collected stays',
      needs: 'check:run',
      changes: true,
      input: OneRun,
      output: Nothing,
      refuses: [checkErrors.run_not_found, checkErrors.run_over],
      async run({ runId }, tx) {
        await cancelRun(tx, runId)
        return {}
      },
    }),
    tenantOperation({
      id: 'run.resume',
      summary: 'Goes on with a run that was cancelled or interrupted, with the systems that are left',
      needs: 'check:run',
      changes: true,
      input: OneRun,
      output: Nothing,
      refuses: [checkErrors.run_not_found, checkErrors.run_not_ended, checkErrors.nothing_left],
      async run({ runId }, tx) {
        await resumeRun(tx, runId)
        return {}
      },
    }),
    tenantOperation({
      id: 'check.outdated',
      summary: 'Counts the last looks that were judged by other versions of checks than this release has',
      needs: 'register:read',
      input: Nothing,
      output: z.object({
        connections: z.int(),
        checks: z.array(z.object({ id: z.string(), version: z.int(), title: Text, connections: z.int() })),
      }),
      async run(_, tx) {
        const outdated = await listOutdated(tx)
        const byCheck = Map.groupBy(
          outdated.flatMap(({ checks: own }) => own),
          (check) => check,
        )
        return {
          connections: outdated.length,
          checks: [...byCheck].map(([{ id, version, title }, all]) => ({
            id,
            version,
            title,
            connections: all.length,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'check.rejudge',
      summary: 'Judges the last looks once more by the checks of this release, from stored facts: asks nobody anything',
      needs: 'check:run',
      changes: true,
      input: Nothing,
      output: z.object({ connections: z.int() }),
      run: async (_, tx) => ({ connections: (await requestRejudge(tx)).length }),
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
            /** Of the check, when it judged. */
            version: z.int(),
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
            version: row.check_version,
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
        /** When a look was due and none was made, the oldest first; never filled afterwards. */
        gaps: z.array(z.object({ from: z.iso.datetime(), until: z.iso.datetime() })),
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
          gaps: gapsBetween(spans, tx.now).map(({ from, until }) => ({
            from: from.toISOString(),
            until: until.toISOString(),
          })),
        }
      },
    }),
    tenantOperation({
      id: 'outcome.recompute',
      summary:
        'Computes a past verdict once more from the facts of that day, as far as the check of that day runs here',
      needs: 'register:read',
      input: z.object({ outcomeId: z.uuid() }),
      output: z.object({
        by: z.enum(['computed', 'other-code', 'other-version', 'no-check']),
        version: z.int(),
        running: z.int().nullable(),
        release: z.string().nullable(),
        holds: z.boolean(),
        same: z.boolean().nullable(),
        state: z.string().nullable(),
        subjects: z.array(z.object({ subject: z.string(), state: z.string(), say: Text })),
      }),
      refuses: [checkErrors.outcome_not_found, checkErrors.facts_gone],
      async run({ outcomeId }, tx) {
        const { subjects, ...rest } = await recompute(tx, outcomeId)
        return { ...rest, subjects: [...subjects] }
      },
    }),
    tenantOperation({
      id: 'outcome.facts',
      summary: 'Shows the facts that led to an outcome, and its leaf in the ledger',
      needs: 'register:read',
      input: z.object({ outcomeId: z.uuid() }),
      output: z.object({
        facts: z.unknown(),
        /** By what it was judged: with these a release that has this version computes it again. */
        check: z.string(),
        version: z.int(),
        parameters: z.record(z.string(), z.unknown()),
        judgedAt: z.iso.datetime(),
        state: State,
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
        /** What whoever sent the facts signed, as it came, and the public key: art32 drill verify takes it. Null: it was not signed. */
        signed: z.object({ envelope: DrillEnvelope, key: z.string() }).nullable(),
      }),
      refuses: [checkErrors.outcome_not_found, checkErrors.facts_gone],
      async run({ outcomeId }, tx) {
        const { facts, ...row } = await store.getReadingOf(tx, outcomeId)
        if (!facts) throw checkErrors.facts_gone()
        const outcome = await store.getOutcome(tx, outcomeId)
        const check = checkOf(outcome.check_id)
        const indexes = await findIndexes(tx.sql, [row.commitment])
        return {
          facts: await withNames(tx, factsOf(tx, { ...row, facts })),
          check: outcome.check_id,
          version: outcome.check_version,
          parameters: check ? await parametersOf(tx, check, outcome) : wantedOf(outcome),
          judgedAt: (outcome.judged_at ?? outcome.at).toISOString(),
          state: outcome.state,
          at: row.at.toISOString(),
          hash: row.facts_hash.toString('hex'),
          requests: [...row.requests],
          index: indexes.get(row.commitment.toString('base64')) ?? null,
          signed: envelopeOf(tx, row),
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

/** A check, as pages list it. */
function viewOf({
  id,
  connector,
  also,
  title,
  why,
  remedy,
  severity,
  serves,
}: Pick<Check, 'id' | 'connector' | 'title' | 'why' | 'remedy' | 'severity' | 'serves'> & {
  readonly also?: readonly string[]
}) {
  return {
    id,
    connector,
    connectors: [connector, ...(also ?? [])],
    title,
    why,
    remedy,
    severity,
    serves: serves.map(({ measure, as }) => ({ measure, as })),
  }
}
