/**
 * The real server as a process that tests kill or stop: a throw-away data folder, the embedded PostgreSQL with everything durable.
 * With settings it may also use another PostgreSQL and a mail server.
 * It has one empty tenant, `alpha`, with `home` the installation's own, and with `member` those that others make. It prints one JSON line `{"url": …, "local": …, "tls": …, "token": …}` when it is ready, and with `home` one line for each step of the main job.
 */
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { obeySignals } from '../../apps/cli/src/signals.ts'
import { beginPostgres } from '../../apps/server/src/platform/ahead.ts'

const [, , folder = '', task, settings = '{}'] = process.argv
const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const environment = {
  ART32_DATA: folder,
  ART32_PORT: '0',
  ART32_LOG: 'warn',
  ...(JSON.parse(settings) as Record<string, string>),
}

// In the order of `art32 serve`.
const begun = await beginPostgres(environment)
const { makeHome, readConfig, startServer } = await import('../../apps/server/src/main.ts')
const server = await startServer(readConfig(environment), {
  begun,
  passwordCost: { memoryKiB: 64, passes: 1 },
  // It is asked as fast as it answers.
  limits: { caller: 1_000_000, token: 1_000_000, change: 1_000_000 },
  capacity: { answers: 1_000_000, bodies: 1_000_000, delayMs: 1_000_000 },
})
if (task === 'stay' && (await server.registry.list()).length === 0) {
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
}
obeySignals(server)
flushCompileCache()
say({ url: server.url, local: server.local, tls: server.ports.tls, token: await server.issueSetupToken() })
if (task === 'home') {
  await makeHome(server, (step) => say({ step }))
  say({ step: 'done' })
}
