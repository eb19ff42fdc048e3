import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import type { Check } from '../engine/check.ts'
import { collect } from '../engine/connector.ts'
import { judge } from '../engine/judge.ts'
import type { Reading } from '../engine/reading.ts'
import { listen, testContext } from '../testing/servers.ts'
import type { TestServer } from '../testing/servers.ts'
import { apmAlerting } from './checks/alerting.ts'
import { apmAlive } from './checks/alive.ts'
import { apmSlo } from './checks/slo.ts'
import { prometheus } from './connector.ts'

const find = (names: readonly string[]): string | undefined =>
  names
    .flatMap((name) => ['/usr/bin', '/usr/local/bin'].map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path)
        return true
      } catch {
        return false
      }
    })
const programs = { prometheus: find(['prometheus']), alertmanager: find(['prometheus-alertmanager', 'alertmanager']) }
const isInstalled = programs.prometheus !== undefined && programs.alertmanager !== undefined

const folder = mkdtempSync(join(tmpdir(), 'art32-prometheus-'))
const started: ChildProcess[] = []
let receiver: TestServer | undefined
let settings: { baseUrl: string; alertmanagerUrl: string; receiverUrl: string } | undefined

async function freePort(): Promise<number> {
  const { port, close } = await listen(createSocketServer())
  await close()
  return port
}
const start = (program: string | undefined, args: string[]) =>
  started.push(spawn(program ?? '', args, { cwd: folder, stdio: 'ignore' }))
const write = (name: string, lines: string[]) => writeFileSync(join(folder, name), lines.join('\n'))

/** The receiver of the guide: notes when the watchdog came. */
function startReceiver(): Promise<TestServer> {
  let receivedAt: string | null = null
  const server = createServer((request, response) => {
    if (request.method === 'POST') receivedAt = new Date().toISOString()
    request.resume()
    response.end(JSON.stringify({ receivedAt }))
  })
  return listen(server)
}

beforeAll(async () => {
  if (!isInstalled) return
  receiver = await startReceiver()
  const ports = { prometheus: await freePort(), alertmanager: await freePort() }
  write('alertmanager.yml', [
    'route: {receiver: watchdog, group_wait: 100ms, group_interval: 1s, repeat_interval: 1s}',
    'receivers:',
    `  - {name: watchdog, webhook_configs: [{url: "http://127.0.0.1:${receiver.port}/"}]}`,
  ])
  write('rules.yml', [
    'groups:',
    '  - name: all',
    '    rules:',
    '      - {alert: Watchdog, expr: vector(1)}',
    '      - {record: probe_success, expr: up}',
  ])
  write('prometheus.yml', [
    'global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}',
    'rule_files: [rules.yml]',
    `alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:${ports.alertmanager}"]}]}]}`,
    'scrape_configs:',
    `  - {job_name: here, static_configs: [{targets: ["127.0.0.1:${ports.prometheus}"]}]}`,
    '  - {job_name: gone, static_configs: [{targets: ["127.0.0.1:1"]}]}',
  ])
  start(programs.alertmanager, [
    '--config.file=alertmanager.yml',
    '--storage.path=alertmanager',
    `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
    '--cluster.listen-address=',
  ])
  start(programs.prometheus, [
    '--config.file=prometheus.yml',
    '--storage.tsdb.path=data',
    '--rules.alert.resend-delay=1s',
    `--web.listen-address=127.0.0.1:${ports.prometheus}`,
  ])
  settings = {
    baseUrl: `http://127.0.0.1:${ports.prometheus}`,
    alertmanagerUrl: `http://127.0.0.1:${ports.alertmanager}`,
    receiverUrl: `http://127.0.0.1:${receiver.port}/watchdog`,
  }
})

afterAll(async () => {
  await Promise.all(
    started.map(async (child) => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }),
  )
  await receiver?.close()
  rmSync(folder, { recursive: true, force: true })
})

const look = () =>
  collect(
    prometheus,
    settings,
    testContext({ budgets: openBudgets(), limits: { silenceMs: 3_000, answerBytes: 1_048_576 } }),
  )
const says = (check: Check, reading: Reading) =>
  judge(check, reading, { system: 'test', now: new Date() }).map(
    ({ subject, state, say }) => `${subject} ${state} ${say.key}`,
  )

/** Looks until a check says what is expected, or the patience is over. */
async function until(check: Check, expected: readonly string[]): Promise<void> {
  let last: string[] = []
  for (let turn = 0; turn < 50; turn += 1) {
    last = says(check, await look())
    if (JSON.stringify(last) === JSON.stringify(expected)) return
    await sleep(200)
  }
  expect(last).toEqual(expected)
}

describe.skipIf(!isInstalled)('a real Prometheus with Alertmanager (needs both programs installed)', () => {
  it('has one target that answers and one that does not', async () => {
    await until(apmAlive, ['gone fail down', 'here pass up'])
  })

  it('delivers the watchdog to its receiver', async () => {
    await until(apmAlerting, ['arrival pass arrived', 'route pass routed', 'source pass firing'])
  })

  it('has too little to say about thirty days', async () => {
    const outcomes = says(apmSlo, await look())
    expect(outcomes.map((outcome) => outcome.replace(/127\S+/, 'at'))).toEqual([
      'gone at fail missed',
      'here at info young',
    ])
  })

  it('is found out when somebody silences the watchdog', async () => {
    const silence = {
      matchers: [{ name: 'alertname', value: 'Watchdog', isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 600_000).toISOString(),
      createdBy: 'test',
      comment: 'for the test',
    }
    await fetch(`${settings?.alertmanagerUrl}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(silence),
    })
    await until(apmAlerting, ['arrival pass arrived', 'route fail held', 'source pass firing'])
  })
})
