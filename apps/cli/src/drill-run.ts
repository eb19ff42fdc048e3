import { readFileSync } from 'node:fs'
import type { Envelope } from '@art32/ledger'
import { nameOfKey, verifierKey } from '@art32/ledger'
import { checkOf, judge, PlanError, readingOfDrill, readPlan, rollUp, runDrill } from '@art32/probes'
import type { DrillPush, DrillResult, Outcome, Plan } from '@art32/probes'
import { startThrowAway } from '@art32/server'
import { audienceOf, drillSigner, keyVariable, signDrill } from './drill-key.ts'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import { clean, hang, type Terminal } from './terminal.ts'
import { checkWritable, writeWhole } from './whole-file.ts'

/** Options of `art32 drill run`. */
export interface DrillRunOptions {
  /** The server to send to. */
  readonly push?: string
  readonly tenant?: string
  /** The public address of that server, for which the result is signed, where it is sent to another one. */
  readonly audience?: string
  /** A file with the private key, instead of the variable. */
  readonly signingKey?: string
  readonly output?: string
  readonly json?: boolean
}

/**
 * Restores a backup by a plan, compares what came back, and prints, keeps or sends what was seen.
 *
 * @returns the exit status: 0 passed, 1 failed, 3 it could not look
 * @throws {Refusal} (2) the plan cannot be used; (1) the server refused what was sent
 */
export async function drillRun(
  file: string,
  options: DrillRunOptions,
  version: string,
  terminal: Terminal,
): Promise<0 | 1 | 3> {
  const { push: server, tenant, output, json } = options
  if (server !== undefined && tenant === undefined)
    throw new Refusal('--push sends into a tenant: name it, --tenant example.')
  const signing = await signingOf(options, terminal)
  const plan = planIn(file, withoutKey(terminal))
  // Whoever has no token, or nowhere to write, is told before an hour of restoring.
  if (output !== undefined) await checkWritable(output, '--output')
  const remote = server === undefined ? undefined : await Remote.open(server, terminal)
  const { push, heard } = await restoring(plan, `art32 ${version}`, terminal)
  const sent = signing?.sign(push) ?? push
  const outcomes = judged(push, signing?.by ?? null)
  if (json === true) terminal.out(`${JSON.stringify(push, null, 2)}\n`)
  else terminal.out(told(push, outcomes, terminal.columns))
  // It may quote what was backed up: for whoever watches, and nobody else.
  if (heard !== undefined && terminal.isLive) terminal.err(hang('  ', heard, terminal.columns))
  if (output !== undefined) await writeWhole(output, [`${JSON.stringify(sent, null, 2)}\n`], '--output')
  if (remote && tenant !== undefined) await send(remote, tenant, sent, terminal)
  const state = rollUp(outcomes)
  return state === 'pass' ? 0 : state === 'fail' ? 1 : 3
}

/** How a result is signed that leaves this machine or is kept; undefined: it does neither, or there is no key. */
async function signingOf({ push, tenant, audience, signingKey, output }: DrillRunOptions, terminal: Terminal) {
  const signer = await drillSigner(signingKey, terminal)
  if (signer === undefined && audience !== undefined)
    throw new Refusal(`--audience is for results that are signed: set ${keyVariable}, or name --signing-key.`)
  if (signer === undefined || (push === undefined && output === undefined)) return undefined
  const whom = audienceOf(audience ?? push, tenant)
  return {
    by: nameOfKey(verifierKey(nodeCrypto, signer)),
    sign: (one: DrillPush): Envelope => signDrill(one, whom, signer),
  }
}

/** A plan names variables that programs then get: the key that signs is none of them. */
function withoutKey(terminal: Terminal): Terminal {
  const { [keyVariable]: _key, ...environment } = terminal.environment
  return { ...terminal, environment }
}

function planIn(file: string, terminal: Terminal): Plan {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Refusal(`${clean(file)} cannot be read.`, 2, { cause: error })
  }
  try {
    return readPlan(text, terminal.environment)
  } catch (error) {
    throw error instanceof PlanError ? new Refusal(error.message, 2, { cause: error }) : error
  }
}

/** Ended by a person or a pipeline, it still removes what it restored. */
async function restoring(plan: Plan, collector: string, terminal: Terminal): Promise<DrillResult> {
  const ended = new AbortController()
  const end = () => ended.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  try {
    return await runDrill(plan, {
      now: () => new Date(),
      elapsed: () => performance.now(),
      startServer: startThrowAway,
      environment: terminal.environment,
      collector,
      signal: ended.signal,
      tell: (step) => terminal.err(`${step} …\n`),
    })
  } catch (error) {
    if (ended.signal.aborted) throw new Refusal('The drill was ended. What it had restored is removed.')
    if (error instanceof PlanError) throw new Refusal(error.message, 2, { cause: error })
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(signal, end)
  }
}

/** As the server judges it, without what documents promise beyond the plan. */
function judged(push: DrillPush, signedBy: string | null): Outcome[] {
  const check = checkOf('backup.restore-proven')
  if (check === undefined) throw new Error('the check of drills is gone')
  const now = new Date(push.at)
  const signing = signedBy === null ? null : { by: signedBy }
  return judge(check, readingOfDrill(push, now, signing), { system: `drill:${push.drill}`, now })
}

const marks: Readonly<Record<string, string>> = { pass: '✓', fail: '✗', info: '·' }

function told({ drill }: DrillPush, outcomes: readonly Outcome[], columns: number): string {
  const state = rollUp(outcomes)
  const verdict = state === 'pass' ? 'passed' : state === 'fail' ? 'failed' : 'could not look'
  const lines = outcomes.map(({ state: one, subject, say }) =>
    hang(`${marks[one] ?? '?'} `, subject === '*' ? say.en : `${subject}: ${say.en}`, columns),
  )
  return `drill ${drill}: ${verdict}\n${lines.join('')}`
}

async function send(remote: Remote, tenant: string, sent: DrillPush | Envelope, terminal: Terminal): Promise<void> {
  await remote.send(`/api/tenants/${encodeURIComponent(tenant)}/drill/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  terminal.err('payload' in sent ? 'Sent, signed.\n' : 'Sent.\n')
}
